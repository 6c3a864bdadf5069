//! The page is closed, reloaded, or dies while a domain is added: at every step the code is stored, or reported as
//! lost.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use switchboard_e2e::{
    Answer, Hold, Interception, Journey, Proxy, Response, alert, button, field, journey, title,
};

use crate::steps::{ASKS, code_of, connect_to_stay, record_of};

const ADD: &str = "auth/addon/live_chat/domain/add";

/// When the page ends.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Step {
    /// After typing, before sending.
    Typed,
    /// After sending, with the call lost in transit: the API never got it.
    Sent,
    /// After the API has added it, with the answer held back.
    Added,
    /// After the answer came, just before the first write of its code.
    Answered,
    /// Just after the first write of the code.
    Stored,
    /// After the code is on the screen.
    Shown,
}

/// How the page ends.
#[derive(Clone, Copy, Debug, PartialEq)]
enum How {
    /// It is reloaded.
    Reloaded,
    /// Its tab is closed, and another one is opened.
    Closed,
}

#[test]
fn wherever_the_page_is_loaded_anew_or_closed_the_code_is_kept_or_told_to_be_lost() -> Result<()> {
    journey(async |it| {
        it.page.expect_in_console("Failed to load resource");
        let proxy = Proxy::start(&it.sandbox)?;
        connect_to_stay(it, &proxy.url(), it.sandbox.token()).await?;
        let mut cells = 0;
        for how in [How::Reloaded, How::Closed] {
            for step in [
                Step::Typed,
                Step::Sent,
                Step::Added,
                Step::Answered,
                Step::Stored,
                Step::Shown,
            ] {
                let domain = format!("{step:?}-{how:?}.acme.example").to_lowercase();
                one(it, &proxy, &domain, step, how)
                    .await
                    .with_context(|| format!("{step:?}, {how:?}"))?;
                cells += 1;
            }
        }
        println!("embed code and a page that ends: {cells} / {cells} cells");
        Ok(())
    })
}

async fn one(it: &Journey, proxy: &Proxy, domain: &str, step: Step, how: How) -> Result<()> {
    it.page.open("/domains/new").await?;
    it.page.fill(field("Domain"), domain).await?;
    it.page
        .fill(field("Contact email"), "web@acme.example")
        .await?;
    let hold = Hold::default();
    match step {
        Step::Typed | Step::Shown => {}
        Step::Sent => proxy.intercept("POST", ADD, lost(&hold)),
        Step::Added => proxy.intercept("POST", ADD, Interception::Hold(hold.clone())),
        Step::Answered | Step::Stored => stop_at_the_code(it, step == Step::Stored).await?,
    }
    if step != Step::Typed {
        it.page.click(button("Add domain")).await?;
    }
    match step {
        Step::Typed => {}
        Step::Sent | Step::Added => {
            hold.holds(1).await?;
            let asks = it.page.script(ASKS, &[]).await?;
            ensure!(asks == json!(true), "The browser asks nothing: {asks}");
        }
        Step::Answered | Step::Stored => drop(it.page.script_says("return window.stopped").await?),
        Step::Shown => it.page.see(title("Embed code")).await?,
    }
    end(it, how).await?;
    hold.let_go();
    proxy.clear_rules();
    it.page.see(title("Domains")).await?;
    match step {
        Step::Typed => ensure!(it.sandbox.domain(domain)?.is_none()),
        Step::Sent => {
            let told = format!("{domain} was not added: the API does not know it");
            it.page.see(alert(told)).await?;
            ensure!(it.sandbox.domain(domain)?.is_none());
        }
        Step::Added | Step::Answered => {
            let told = format!("{domain} was added, but its embed code did not arrive");
            it.page.see(alert(told)).await?;
            let record = record_of(it, domain).await?.context("not known")?;
            ensure!(record["embed"].is_null(), "{record}");
        }
        Step::Stored | Step::Shown => {
            let record = record_of(it, domain).await?.context("not known")?;
            let code = code_of(&proxy.url(), domain);
            ensure!(
                record["embed"]["link"] == json!(code.lines().next()),
                "{record}"
            );
        }
    }
    // Reported once.
    it.page.reload().await?;
    it.page.see(title("Domains")).await?;
    it.page.see_no_text("the page was closed").await
}

/// Stops the page from doing anything once it writes an embed code, as if it had died there.
async fn stop_at_the_code(it: &Journey, after: bool) -> Result<()> {
    let script = "const [after] = arguments, write = Storage.prototype.setItem;
        Storage.prototype.setItem = function (key, text) {
            if (window.stopped) throw new DOMException('dead', 'QuotaExceededError');
            if (!key.startsWith('switchboard/1/code/')) return write.call(this, key, text);
            if (after) write.call(this, key, text);
            window.stopped = true;
            Storage.prototype.removeItem = () => { throw new DOMException('dead'); };
            throw new Error('dead');
        }";
    it.page.script(script, &[json!(after)]).await.map(drop)
}

/// Holds calls, and never forwards them.
fn lost(hold: &Hold) -> Interception {
    let nothing = Response::new(502, "text/plain", "");
    Interception::Answer(Answer::Hold(hold.clone(), nothing))
}

async fn end(it: &Journey, how: How) -> Result<()> {
    match how {
        How::Reloaded => it.page.open("/domains").await,
        How::Closed => {
            // A tab that has not loaded the panel yet: a loaded one does not resolve additions that another tab is
            // still making.
            it.page.open_in_new_tab("about:blank").await?;
            it.page.close_tab(0).await?;
            it.page.open("/domains").await
        }
    }
}
