//! The service worker: a second visit needs no network for the panel itself. A new version is activated completely,
//! at the latest at the second start. No API call goes through the worker.

use anyhow::{Context, Result};
use serde_json::Value;
use switchboard_e2e::{
    Browser, Journey, button, field, integrity, journey, link, navigation, table, title,
};

use crate::panel::{Files, Panel};
use crate::steps::ORGANISATION;

/// Returns the addresses of all cached files, once a worker has cached everything.
const KEPT: &str = "return (async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    if (!registration?.active || registration.installing || registration.waiting) return null;
    const kept = [];
    for (const name of await caches.keys()) for (const request of await (await caches.open(name)).keys()) kept.push(request.url);
    return kept.length ? kept : null;
})()";

/// Returns the names of the caches.
const CACHES: &str = "return caches.keys()";

/// Returns the script of the current page.
const SCRIPT: &str = "return document.querySelector('script[type=module]').src.split('/').pop()";

/// Returns the style sheet of the current page.
const STYLE: &str = "return document.querySelector('link[rel=stylesheet]').href.split('/').pop()";

/// The prefixes and suffixes of the names of the only script and of the only style sheet.
const SCRIPT_FILE: (&str, &str) = ("switchboard-", ".js");
const STYLE_FILE: (&str, &str) = ("main-", ".css");

/// Opens the panel for the first time, and waits until the next visit needs no network.
async fn visit(it: &Journey, panel: &Panel) -> Result<Vec<String>> {
    // The browser's own errors for missing files, and for a missing network.
    for words in ["Failed to load resource", "ERR_", "sw.js"] {
        it.page.expect_in_console(words);
    }
    it.page
        .open(&format!("{}connect", panel.sandbox.url()))
        .await?;
    it.page.see(title("Connect")).await?;
    let kept = match it.page.script_says(KEPT).await {
        // In WebKit a page sometimes never learns the state of a worker; the next page does.
        Err(_) if it.settings.browser == Browser::WebKit => {
            it.page.reload().await?;
            it.page.script_says(KEPT).await?
        }
        kept => kept?,
    };
    Ok(serde_json::from_value(kept)?)
}

/// Serves another version, in which only this file differs: its name, and therefore the page and the worker. Returns
/// the file's old and new name. Writes the files in order of dependency, because a browser may fetch the worker at
/// any time.
fn release(files: &Files, number: u8, (start, end): (&str, &str)) -> Result<(String, String)> {
    let old = files.one(start, end)?;
    let version = format!("{number:016x}");
    let new = format!("{start}{version}{end}");
    let text = files.read(&old)?;
    let changed = format!("{text}\n/* Release {number} */");
    let renamed = |text_with_names: &str| {
        text_with_names
            .replace(&old, &new)
            .replace(&integrity(&text), &integrity(&changed))
    };
    let (page, worker) = (files.read("index.html")?, files.read("sw.js")?);
    let new_page = renamed(&page);
    let is_version =
        |word: &&str| word.len() == 16 && word.bytes().all(|it| it.is_ascii_hexdigit());
    let before = worker.split('"').find(is_version).context("a version")?;
    let worker = renamed(&worker)
        .replace(before, &version)
        .replace(&integrity(&page), &integrity(&new_page));
    files.write(&new, &changed)?;
    files.write("index.html", &new_page)?;
    files.write("sw.js", &worker)?;
    files.remove(&old)?;
    Ok((old, new))
}

#[test]
fn a_second_visit_needs_no_network_for_the_panel_and_asks_the_api_itself() -> Result<()> {
    journey(async |it| {
        let panel = Panel::start(it)?;
        visit(it, &panel).await?;
        panel.take_away(|_| true)?;

        let at = |path: &str| format!("{}{path}", panel.sandbox.url());
        it.page.open(&at("operators?q=ada")).await?;
        it.page.see(title("Connect")).await?;
        it.page.see(field("API base URL")).await?;
        it.page.click(button("Open the sandbox")).await?;
        it.page.see(table("Operators")).await?;

        let calls = panel.sandbox.calls()?.len();
        it.page.reload().await?;
        it.page.see(table("Operators")).await?;
        assert!(
            panel.sandbox.calls()?.len() > calls,
            "the API was not asked"
        );
        // All chunks are there, and every page of the panel.
        for (path, name) in [
            ("settings", "Settings"),
            ("activity", "Activity"),
            ("", ORGANISATION),
        ] {
            it.page.open(&at(path)).await?;
            it.page.see(title(name)).await?;
        }
        // The server answers paths that are no pages of the panel.
        it.page.open(&at("sandbox")).await?;
        it.page.see_text("switchboard-sandbox").await
    })
}

#[test]
fn nothing_is_kept_but_the_files_of_the_panel() -> Result<()> {
    journey(async |it| {
        let panel = Panel::start(it)?;
        visit(it, &panel).await?;
        it.page.click(button("Open the sandbox")).await?;
        it.page.see(title(ORGANISATION)).await?;
        it.page.reload().await?;
        it.page.see(title(ORGANISATION)).await?;
        it.page
            .click(link("Operators").within(navigation("Main")))
            .await?;
        it.page.see(table("Operators")).await?;

        let kept: Vec<String> = serde_json::from_value(it.page.script_says(KEPT).await?)?;
        let files = panel.files().names()?;
        let url = panel.sandbox.url();
        for one in &kept {
            let name = one.strip_prefix(&url).unwrap_or(one);
            assert!(
                name.is_empty() || files.iter().any(|file| file == name),
                "{one}"
            );
        }
        // The page, and every file with a content hash.
        let named = files.iter().filter(|name| {
            let is_plain = !name.ends_with(".br") && !name.ends_with(".gz");
            is_plain && !["index.html", "sw.js", "watch.js"].contains(&name.as_str())
        });
        assert_eq!(kept.len(), named.count() + 1, "{kept:?}");
        Ok(())
    })
}

#[test]
fn a_new_version_is_taken_whole_and_the_old_ones_files_stay_for_open_pages() -> Result<()> {
    journey(async |it| {
        let panel = Panel::start(it)?;
        visit(it, &panel).await?;
        let (old, new) = release(&panel.files(), 2, SCRIPT_FILE)?;

        // The first start may still run the old version: completely, although the server has none of it any more.
        it.page.reload().await?;
        it.page.see(title("Connect")).await?;
        // In WebKitGTK a page sometimes never learns that an `activating` worker has become active, although it
        // answers already.
        let has_new = format!(
            "return (async () => {{ const {{ active, installing, waiting }} = await navigator.serviceWorker.getRegistration();
                return active && !installing && !waiting && Boolean(await caches.match('/{new}')); }})()"
        );
        it.page.script_says(&has_new).await?;
        let of_old = format!("return fetch('/{old}').then((response) => response.status)");
        assert_eq!(it.page.script(&of_old, &[]).await?, 200);

        it.page.reload().await?;
        it.page.see(title("Connect")).await?;
        assert_eq!(
            it.page.script(SCRIPT, &[]).await?,
            Value::from(new.as_str())
        );
        assert_eq!(it.page.script(&of_old, &[]).await?, 200);

        // The version after that deletes the cache of the one before the last.
        release(&panel.files(), 3, SCRIPT_FILE)?;
        it.page.reload().await?;
        it.page.see(title("Connect")).await?;
        let is_gone = format!("return caches.match('/{old}').then((kept) => kept === undefined)");
        it.page.script_says(&is_gone).await?;
        let of_new = format!("return fetch('/{new}').then((response) => response.status)");
        assert_eq!(it.page.script(&of_new, &[]).await?, 200);
        Ok(())
    })
}

#[test]
fn a_release_of_the_style_sheet_alone_is_shown_at_the_second_start() -> Result<()> {
    journey(async |it| {
        let panel = Panel::start(it)?;
        visit(it, &panel).await?;
        let worker = panel.files().read("sw.js")?;
        let (_, new) = release(&panel.files(), 2, STYLE_FILE)?;
        // The server has the new page, but never a new worker: the old one must not cache that page beside its own
        // files.
        panel.files().write("sw.js", &worker)?;

        it.page.reload().await?;
        it.page.see(title("Connect")).await?;
        let dropped = "return caches.match('/').then((kept) => kept === undefined)";
        it.page.script_says(dropped).await?;
        it.page.reload().await?;
        it.page.see(title("Connect")).await?;
        assert_eq!(it.page.script(STYLE, &[]).await?, Value::from(new));
        Ok(())
    })
}

#[test]
fn the_worker_that_turns_it_off_leaves_nothing() -> Result<()> {
    journey(async |it| {
        let panel = Panel::start(it)?;
        visit(it, &panel).await?;
        let off = include_str!("../../../../deploy/sw-off.js");
        panel.files().write("sw.js", off)?;
        it.page.reload().await?;
        it.page.see(title("Connect")).await?;
        it.page
            .script_says("return (async () => !(await navigator.serviceWorker.getRegistrations()).length && !(await caches.keys()).length)()")
            .await?;
        it.page.reload().await?;
        it.page.see(title("Connect")).await?;
        assert_eq!(it.page.script(CACHES, &[]).await?, serde_json::json!([]));
        Ok(())
    })
}
