//! A storage that is full or blocked, and two tabs that add at once: the embed code is stored, or handed to the user.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use switchboard_e2e::{Journey, alert, button, eventually, field, journey, region, title};

use crate::steps::{
    ADD_DOMAIN, FILL, add_domain, additions_arrived, code_of, connect_to_stay, enter, record_of,
    through_a_barrier,
};

const DOMAIN: &str = "full.acme.example";

#[test]
fn with_not_a_character_of_room_left_the_code_is_in_the_users_hands_and_kept_once_there_is_room()
-> Result<()> {
    journey(async |it| {
        enter(it, "/domains/new").await?;
        let filled = it.page.script(FILL, &[json!(0)]).await?;
        let filled = filled.as_u64().unwrap_or_default();
        assert!(filled > 1_000_000, "{filled}");
        add_domain(it, DOMAIN, "web@acme.example").await?;
        in_the_users_hands(it, DOMAIN).await?;

        // The code is lost: that is reported, and the domain is known.
        it.page
            .script("localStorage.removeItem('filler')", &[])
            .await?;
        it.page.open("/domains/new").await?;
        add_domain(it, "next.acme.example", "web@acme.example").await?;
        it.page.see(title("Embed code")).await?;
        it.page.reload().await?;
        the_code_is_kept(it, &it.sandbox.url(), "next.acme.example").await
    })
}

#[test]
fn with_a_storage_that_is_shut_from_the_start_the_code_is_in_the_users_hands() -> Result<()> {
    journey(async |it| {
        enter(it, "/domains/new").await?;
        for shut in [
            "Object.defineProperty(window, 'localStorage', { configurable: true, get() { throw new DOMException('no', 'SecurityError'); } })",
            "Object.defineProperty(window, 'localStorage', { configurable: true, get() { return null; } })",
            "delete window.localStorage; Storage.prototype.setItem = () => { throw new DOMException('private', 'QuotaExceededError'); }",
        ] {
            it.page.script(shut, &[]).await?;
            let domain = format!("shut-{}.acme.example", shut.len());
            it.page.fill(field("Domain"), &domain).await?;
            it.page
                .fill(field("Contact email"), "web@acme.example")
                .await?;
            it.page.click(button("Add domain")).await?;
            in_the_users_hands(it, &domain).await?;
        }
        Ok(())
    })
}

async fn in_the_users_hands(it: &Journey, domain: &str) -> Result<()> {
    let told = format!("Copy the embed code of {domain} now: it could not be saved");
    it.page.see(alert(told.clone())).await?;
    let both = code_of(&it.sandbox.url(), domain);
    for (part, code) in ["link", "socketLink"].into_iter().zip(both.lines()) {
        let there = region(part).within(region(told.clone()));
        it.page.see_text_in(there, code).await?;
    }
    Ok(())
}

async fn the_code_is_kept(it: &Journey, base_url: &str, domain: &str) -> Result<()> {
    let record = record_of(it, domain).await?.context("not kept")?;
    let code = code_of(base_url, domain);
    let mut lines = code.lines();
    for part in ["link", "socketLink"] {
        let (held, expected) = (&record["embed"][part], json!(lines.next()));
        ensure!(*held == expected, "{domain}: {part} is {held}");
    }
    Ok(())
}

#[test]
fn two_tabs_that_add_at_once_both_keep_what_came_and_say_what_did_not() -> Result<()> {
    journey(async |it| {
        it.page.expect_in_console("Failed to load resource");
        let (server, barrier) = through_a_barrier(it, "POST", ADD_DOMAIN).await?;
        let session = it
            .page
            .script("return JSON.stringify(sessionStorage)", &[])
            .await?;
        it.page.open("/domains/new").await?;
        add_domain(it, "one.acme.example", "web@acme.example").await?;
        // In this order, because the first operation in a tab is slow.
        additions_arrived(it, 1).await?;
        it.page.open_in_new_tab("/connect").await?;
        let take_over = "for (const [key, value] of Object.entries(JSON.parse(arguments[0]))) sessionStorage.setItem(key, value)";
        it.page
            .script(take_over, std::slice::from_ref(&session))
            .await?;
        it.page.open("/domains/new").await?;
        add_domain(it, "two.acme.example", "web@acme.example").await?;
        additions_arrived(it, 2).await?;
        // The same name as in the first tab: the API has it already.
        it.page.open_in_new_tab("/connect").await?;
        it.page.script(take_over, &[session]).await?;
        it.page.open("/domains/new").await?;
        add_domain(it, "one.acme.example", "web@acme.example").await?;
        additions_arrived(it, 3).await?;
        barrier.open();
        // Whichever answer comes first. A code that the first tab has stored by then is named, and stays.
        let is_in_the_list = eventually(async || {
            let text = it.page.text().await?;
            let is_in_the_list = [
                "one.acme.example is already in your list.",
                "one.acme.example exists, and an embed code of it is saved here",
            ]
            .iter()
            .any(|one| text.contains(one));
            let lacks_its_code =
                "one.acme.example already exists, and its embed code is not saved here";
            ensure!(is_in_the_list || text.contains(lacks_its_code), "{text}");
            Ok(is_in_the_list)
        })
        .await?;
        if is_in_the_list {
            // Firefox propagates one tab's writes to the processes of the others with a delay.
            eventually(async || the_code_is_kept(it, &server.url(), "one.acme.example").await)
                .await?;
        }
        it.page.switch_to_tab(1).await?;
        it.page.see(title("Embed code")).await?;
        it.page.switch_to_tab(0).await?;
        it.page.see(title("Embed code")).await?;
        it.page.reload().await?;
        it.page.see(title("Embed code")).await?;
        for domain in ["one.acme.example", "two.acme.example"] {
            the_code_is_kept(it, &server.url(), domain).await?;
        }
        Ok(())
    })
}

#[test]
fn while_one_tab_shows_a_code_that_could_not_be_kept_no_other_says_that_it_did_not_arrive()
-> Result<()> {
    journey(async |it| {
        connect_to_stay(it, &it.sandbox.url(), it.sandbox.token()).await?;
        it.page.open("/domains/new").await?;
        it.page.see(title("Add domain")).await?;
        // Room for the note that a domain is being added, but not for its code.
        let filled = it.page.script(FILL, &[json!(300)]).await?;
        assert!(filled.as_u64() > Some(1_000_000), "{filled}");
        add_domain(it, DOMAIN, "web@acme.example").await?;
        in_the_users_hands(it, DOMAIN).await?;
        let noted = it.page.local_storage().await?;
        let is_note = |key: &String| key.contains("/adding/") && key.ends_with(DOMAIN);
        assert!(noted.keys().any(is_note), "{:?}", noted.keys());

        it.page.open_in_new_tab("/domains").await?;
        it.page.see(title("Domains")).await?;
        let waits = "return navigator.locks.query().then(({ pending }) => pending.some(({ name }) => name.endsWith('full.acme.example')))";
        it.page.script_says(waits).await?;
        let told =
            format!("{DOMAIN} was added, but its embed code did not arrive or could not be saved");
        assert!(!it.page.text().await?.contains(&told));
        // The code was lost with its page: only now is that true.
        it.page.close_tab(0).await?;
        it.page.see(alert(told)).await
    })
}
