//! Journeys share browsers, origins and sandboxes: the next one finds no traces of the one before.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use switchboard_e2e::{
    Browser, Journey, Scheme, Size, button, checkbox, eventually, journey, journeys_in_turn,
    region, table, title,
};

use crate::steps::{ORGANISATION, connect_to_stay};

/// Leaves something of every kind that a page can store, and a database that is open with an upgrade pending.
const SPILL: &str = "return (async () => {
    const request = indexedDB.open('switchboard');
    const database = window.held = await new Promise((done) => { request.onsuccess = () => done(request.result); });
    indexedDB.open('switchboard', database.version + 1);
    await new Promise((done) => { indexedDB.open('another', 3).onsuccess = done; });
    localStorage.setItem('switchboard/1/preferences', JSON.stringify({ theme: 'dark', density: 'compact' }));
    sessionStorage.setItem('spilt', '1');
    document.cookie = 'spilt=1; max-age=3600';
    window.name = 'spilt';
    history.pushState({}, '', '/settings');
    const cache = await caches.open('switchboard/spilt');
    await cache.put('/', new Response('spilt', { headers: { 'content-type': 'text/html' } }));
    const rules = { createScriptURL: (url) => url };
    const policy = window.trustedTypes?.createPolicy('switchboard', rules) ?? rules;
    await navigator.serviceWorker.register(policy.createScriptURL('/sw.js'));
    console.error('spilt');
})()";

/// Returns what a page finds.
const FOUND: &str = "return (async () => ({
    local: Object.keys(localStorage), session: Object.keys(sessionStorage), cookie: document.cookie, name: window.name,
    databases: (await indexedDB.databases()).map(({ name }) => name), caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length, online: navigator.onLine,
    dark: matchMedia('(prefers-color-scheme: dark)').matches, still: matchMedia('(prefers-reduced-motion: reduce)').matches,
    size: [innerWidth, innerHeight],
}))()";

/// A page of the panel's origin on which none of its code runs. It has no icon, and WebKit shows it with a style that
/// the policy forbids.
const BARE: &str = "/sandbox";

#[test]
fn journey_finds_nothing_of_the_one_before_it() -> Result<()> {
    journeys_in_turn(spill, find_nothing)
}

#[test]
fn journey_is_online_after_one_that_was_not() -> Result<()> {
    let go_offline = async |it: &Journey| {
        it.page.expect_in_console("favicon.ico");
        it.page.open(BARE).await?;
        it.sandbox.forget_violations()?;
        if it.settings.browser == Browser::Chromium {
            let offline = json!({ "offline": true, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0 });
            let method = "Network.emulateNetworkConditions";
            it.page.cdp(method, offline).await?;
            ensure!(it.page.open(BARE).await.is_err(), "it is online");
        }
        Ok(())
    };
    journeys_in_turn(go_offline, find_nothing)
}

#[test]
fn browser_that_ended_is_told_from_one_that_lives() -> Result<()> {
    journey(async |it| {
        if it.settings.browser != Browser::Chromium {
            // No other driver has a command for it.
            return Ok(());
        }
        let other = it.another_browser().await?;
        other.open("/connect").await?;
        ensure!(!other.browser_has_ended(), "It ended");
        let _ = other.cdp("Browser.crash", json!({})).await;
        eventually(async || {
            ensure!(other.browser_has_ended(), "It lives on");
            Ok(())
        })
        .await?;
        ensure!(!it.page.browser_has_ended(), "This one ended, too");
        Ok(())
    })
}

async fn spill(it: &Journey) -> Result<()> {
    it.page.expect_in_console("");
    connect_to_stay(it, &it.sandbox.url(), it.sandbox.token()).await?;
    it.sandbox.seed(3, 2)?;
    it.page.open_in_new_tab("/connect").await?;
    it.page.open(BARE).await?;
    it.page.script(SPILL, &[]).await?;
    // A run is in progress when the journey ends.
    it.page.switch_to_tab(0).await?;
    let slow = json!({ "method": "PUT", "path": "operator/update", "fault": "delay", "ms": 1_000 });
    it.sandbox.inject_fault(&[slow])?;
    it.page.open("/operators").await?;
    it.page.click(checkbox("Select all")).await?;
    it.page.click(button("Deactivate")).await?;
    it.page.see(region("Bulk run")).await?;
    it.page.put_on_clipboard("spilt").await?;
    it.page.forbid_clipboard().await?;
    it.page.prefer(Scheme::Dark).await?;
    it.page.resize(Size::TELEPHONE).await?;
    it.sandbox.forget_violations()
}

async fn find_nothing(it: &Journey) -> Result<()> {
    it.page.expect_in_console("favicon.ico");
    ensure!(it.sandbox.calls()?.is_empty(), "The log is not empty");
    ensure!(it.sandbox.rules()?.is_empty(), "There are faults");
    ensure!(it.sandbox.violations()?.is_empty(), "There are reports");
    it.page.open(BARE).await?;
    let nothing = json!({
        "local": [], "session": [], "cookie": "", "name": "", "databases": [], "caches": [], "workers": 0,
        "online": true, "dark": false, "still": false, "size": [1440, 900],
    });
    let found = it.page.script(FOUND, &[]).await?;
    it.sandbox.forget_violations()?;
    ensure!(found == nothing, "The browser holds {found}");
    it.page.open("/operators").await?;
    it.page.see(title("Connect")).await?;
    it.page.click(button("Open the sandbox")).await?;
    it.page.see(table("Operators")).await?;
    it.page.see_text("12 operators").await?;
    it.page.see_no(region("Bulk run")).await?;
    ensure!(
        it.page.clipboard().await? == "nothing",
        "The clipboard holds something"
    );
    // Pending calls have ended, one way or the other, and changed nothing.
    let list = "auth/addon/live_chat/operator/list";
    let fresh = it.sandbox.ask("GET", list, &Value::Null)?;
    it.sandbox.reset()?;
    let demo = it.sandbox.ask("GET", list, &Value::Null)?;
    ensure!(fresh == demo, "The database holds {fresh}, not {demo}");
    ensure!(
        it.sandbox
            .count("PUT", "auth/addon/live_chat/operator/update")?
            == 0,
        "The run goes on"
    );
    ensure!(
        it.page.switch_to_tab(1).await.is_err(),
        "There are two tabs"
    );
    it.page.open("/organisation").await?;
    it.page.see(title(ORGANISATION)).await
}
