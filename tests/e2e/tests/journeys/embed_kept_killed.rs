//! The browser is killed while a domain is added: after the next start the code is there, or reported as lost.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use switchboard_e2e::{
    Answer, Browser, Hold, Interception, Journey, Page, Profile, Proxy, Response, alert, button,
    dialog, eventually, field, journey, title,
};

use crate::steps::{ORGANISATION, add_domain, code_of, enter, record_in};

const ADD: &str = "auth/addon/live_chat/domain/add";

/// How often the browser is killed right after a code was reported as saved. More on demand: `SWITCHBOARD_KILLS=100`.
const KILLS: usize = 3;

/// When the browser is killed.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Step {
    /// As soon as the button is pressed.
    Pressed,
    /// After the call was lost in transit: the API never got it.
    Sent,
    /// After the API has added it, with the answer held back.
    Added,
    /// After the answer came, with the page stopped before it stores anything.
    Answered,
    /// After the code is on the screen, with a disk that does not answer.
    Shown,
    /// After the code was reported as saved.
    Kept,
}

#[test]
fn whenever_the_browser_is_killed_the_code_is_there_or_said_to_be_lost() -> Result<()> {
    journey(async |it| {
        if it.settings.browser == Browser::WebKit {
            println!("WebKit's driver gives no profile that outlives its browser: none is killed.");
            return Ok(());
        }
        let proxy = Proxy::start(&it.sandbox)?;
        let profile = Profile::new()?;
        let mut page = it.browser_with(&profile).await?;
        connect(it, &page, &proxy).await?;
        let asked = std::env::var("SWITCHBOARD_KILLS").ok();
        let kills = asked.and_then(|asked| asked.parse().ok()).unwrap_or(KILLS);
        let mut steps = vec![
            Step::Pressed,
            Step::Sent,
            Step::Added,
            Step::Answered,
            Step::Shown,
        ];
        steps.extend(std::iter::repeat_n(Step::Kept, kills));
        let (mut kept, mut told) = (Vec::new(), 0);
        for (number, step) in steps.iter().enumerate() {
            let domain = format!("kill-{number}.acme.example");
            let hold = Hold::default();
            add_until(&page, &proxy, &hold, &domain, *step)
                .await
                .with_context(|| format!("{step:?}"))?;
            it.kill(page, &profile).await?;
            hold.let_go();
            proxy.clear_rules();
            page = it.browser_with(&profile).await?;
            connect(it, &page, &proxy).await?;
            let is_held = ending(it, &page, &proxy, &domain, *step)
                .await
                .with_context(|| format!("{step:?}"))?;
            if is_held {
                kept.push(domain);
            } else {
                told += 1;
            }
            // Nor is an earlier one lost.
            for domain in &kept {
                sees_code(&page, &proxy, domain).await?;
            }
        }
        println!(
            "embed code and a browser that is killed: {} kills, {} codes kept, {told} told to be missing, 0 lost",
            steps.len(),
            kept.len(),
        );
        Ok(())
    })
}

async fn connect(it: &Journey, page: &Page, proxy: &Proxy) -> Result<()> {
    page.open("/connect").await?;
    page.fill(field("API base URL"), &proxy.url()).await?;
    page.fill(field("API token"), it.sandbox.token()).await?;
    page.click(button("Connect")).await?;
    page.see(title(ORGANISATION)).await
}

async fn add_until(
    page: &Page,
    proxy: &Proxy,
    hold: &Hold,
    domain: &str,
    step: Step,
) -> Result<()> {
    page.open("/domains/new").await?;
    match step {
        Step::Sent => {
            let nothing = Response::new(502, "text/plain", "");
            let lost = Interception::Answer(Answer::Hold(hold.clone(), nothing));
            proxy.intercept("POST", ADD, lost);
        }
        Step::Added | Step::Shown => proxy.intercept("POST", ADD, Interception::Hold(hold.clone())),
        Step::Answered => drop(page.script(STOP_AT_THE_CODE, &[]).await?),
        Step::Pressed | Step::Kept => {}
    }
    page.fill(field("Domain"), domain).await?;
    page.fill(field("Contact email"), "web@acme.example")
        .await?;
    page.click(button("Add domain")).await?;
    match step {
        Step::Pressed => Ok(()),
        Step::Sent | Step::Added => hold.holds(1).await,
        Step::Answered => page.script_says("return window.stopped").await.map(drop),
        Step::Shown => {
            hold.holds(1).await?;
            page.script(SILENT_DISK, &[]).await?;
            hold.let_go();
            page.see(title("Embed code")).await?;
            // It is not reported as saved, and stays on the screen.
            page.see(alert(format!(
                "The embed code of {domain} is in this browser, but perhaps not on disk yet"
            )))
            .await
        }
        Step::Kept => {
            let told = format!("{domain} was added, and its embed code is saved in this browser.");
            page.see_text(&told).await
        }
    }
}

/// Stops the page from doing anything once it would store an embed code.
const STOP_AT_THE_CODE: &str = "const write = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key, text) {
        if (window.stopped || key.startsWith('switchboard/1/code/')) {
            window.stopped = true;
            Storage.prototype.removeItem = () => { throw new DOMException('dead'); };
            throw new Error('dead');
        }
        write.call(this, key, text);
    }";

/// Stops all transactions from now on.
const SILENT_DISK: &str =
    "const silent = new Proxy({}, { get: () => () => silent, set: () => true });
    IDBDatabase.prototype.transaction = () => silent";

/// Checks the outcome in the next browser. Returns whether the code is there.
async fn ending(
    it: &Journey,
    page: &Page,
    proxy: &Proxy,
    domain: &str,
    step: Step,
) -> Result<bool> {
    let missing =
        format!("{domain} was added, but its embed code did not arrive or could not be saved");
    match step {
        Step::Kept => {
            sees_code(page, proxy, domain).await?;
            page.see_no_text(&missing).await?;
            Ok(true)
        }
        Step::Sent => {
            let told = format!("{domain} was not added: the API does not know it");
            page.see(alert(told)).await?;
            ensure!(it.sandbox.domain(domain)?.is_none(), "it was added");
            Ok(false)
        }
        Step::Added | Step::Answered => {
            page.see(alert(missing)).await?;
            let record = record_in(page, domain).await?.context("not known")?;
            ensure!(record["embed"].is_null(), "{record}");
            Ok(false)
        }
        // Which of the two depends on what the browser had written by itself; not both, and not neither.
        Step::Pressed | Step::Shown => {
            if it.sandbox.domain(domain)?.is_none() {
                return Ok(false);
            }
            let mut is_held = false;
            eventually(async || {
                is_held = holds_code(page, proxy, domain).await?;
                let is_told = page.text().await?.contains(&missing);
                ensure!(is_held != is_told, "held: {is_held}, told: {is_told}");
                Ok(())
            })
            .await?;
            Ok(is_held)
        }
    }
}

/// Returns whether the browser has the exact code of a domain.
async fn holds_code(page: &Page, proxy: &Proxy, domain: &str) -> Result<bool> {
    let code = code_of(&proxy.url(), domain);
    let mut lines = code.lines();
    let record = record_in(page, domain).await?.unwrap_or_default();
    Ok(record["embed"]["link"] == json!(lines.next())
        && record["embed"]["socketLink"] == json!(lines.next()))
}

async fn sees_code(page: &Page, proxy: &Proxy, domain: &str) -> Result<()> {
    eventually(async || {
        ensure!(holds_code(page, proxy, domain).await?, "{domain} is lost");
        Ok(())
    })
    .await
}

#[test]
fn what_the_storage_has_lost_comes_back_from_disk_and_what_was_forgotten_does_not() -> Result<()> {
    journey(async |it| {
        enter(it, "/domains/new").await?;
        for domain in ["kept.acme.example", "forgotten.acme.example"] {
            it.page.open("/domains/new").await?;
            add_domain(it, domain, "web@acme.example").await?;
            let told = format!("{domain} was added, and its embed code is saved in this browser.");
            it.page.see_text(&told).await?;
        }
        it.page.open("/domains").await?;
        it.page.see_text("forgotten.acme.example").await?;
        // The page ends before the change reaches the disk.
        it.page.script(SILENT_DISK, &[]).await?;
        it.page
            .click(button("Forget: forgotten.acme.example"))
            .await?;
        it.page
            .click(button("Forget domain and code").within(dialog("Forget domain")))
            .await?;
        it.page
            .see_text("forgotten.acme.example is no longer in your list")
            .await?;
        let is_silent =
            "return !IDBDatabase.prototype.transaction.toString().includes('native code')";
        ensure!(
            it.page.script(is_silent, &[]).await? == json!(true),
            "the disk was not silent"
        );
        // A killed browser may lose its last writes.
        let lose = "for (const key of Object.keys(localStorage)) if (key.endsWith('kept.acme.example')) localStorage.removeItem(key);
            return Object.keys(localStorage).some((key) => key.includes('kept.acme'))";
        ensure!(it.page.script(lose, &[]).await? == json!(false));
        it.page.reload().await?;
        it.page.see_text("kept.acme.example").await?;
        let record = record_in(&it.page, "kept.acme.example").await?;
        let code = code_of(&it.sandbox.url(), "kept.acme.example");
        ensure!(record.context("not known")?["embed"]["link"] == json!(code.lines().next()));
        it.page.see_no_text("forgotten.acme.example").await?;
        // Nothing of it is left, including its tombstone.
        eventually(async || {
            let (storage, disk) = (it.page.local_storage().await?, it.page.databases().await?);
            let mut left = storage.keys().chain(disk.keys());
            ensure!(
                !left.any(|key| key.contains("forgotten.acme")),
                "{storage:?}, {disk:?}"
            );
            ensure!(disk.keys().any(|key| key.contains("kept.acme")), "{disk:?}");
            Ok(())
        })
        .await
    })
}
