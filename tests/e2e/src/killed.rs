//! Kills a browser with all its processes, and starts another one with the same profile.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::{Map, Value, json};

use crate::browser::Browser;
use crate::driver::Driver;
use crate::eventually::eventually;
use crate::journey::Journey;
use crate::page::Page;
use crate::scratch;
use crate::screen::Size;

/// A profile that outlives its browsers.
#[derive(Debug)]
pub struct Profile(tempfile::TempDir);

impl Profile {
    /// Creates an empty one.
    ///
    /// # Errors
    /// When its folder cannot be created.
    pub fn new() -> Result<Self> {
        let folder = tempfile::Builder::new()
            .prefix("switchboard-profile-")
            .tempdir_in(scratch::folder())?;
        Ok(Self(folder))
    }
}

impl Journey {
    /// Opens a page in a browser with this profile. The caller checks its console.
    ///
    /// # Errors
    /// When the browser does not start.
    pub async fn browser_with(&self, profile: &Profile) -> Result<Page> {
        self.page.tell("start a browser with the profile of before");
        let settings = &self.settings;
        let capabilities = settings.browser.capabilities(&settings.program);
        let capabilities = with_profile(settings.browser, capabilities, profile.0.path())?;
        let driver = Driver::start_as(settings, capabilities).await?;
        let page = Page::elsewhere(driver, &self.page);
        page.resize(Size::DESK).await?;
        Ok(page)
    }

    /// Kills the browser of this page without time to write anything.
    ///
    /// # Errors
    /// When it does not die.
    pub async fn kill(&self, page: Page, profile: &Profile) -> Result<()> {
        self.page.tell("kill the browser");
        let all = processes_of(profile.0.path())?;
        ensure!(!all.is_empty(), "There is no browser with this profile.");
        for process in &all {
            // A process that has ended with the others is fine.
            let _ = kill(*process, Signal::SIGKILL);
        }
        eventually(async || {
            let left = processes_of(profile.0.path())?;
            ensure!(left.is_empty(), "It lives on: {left:?}");
            Ok(())
        })
        .await?;
        drop(page);
        Ok(())
    }
}

/// Returns the capabilities of a session that uses this folder as its profile.
fn with_profile(
    browser: Browser,
    mut capabilities: Map<String, Value>,
    folder: &Path,
) -> Result<Map<String, Value>> {
    let folder = folder.to_str().context("No folder that can be named.")?;
    let (options, arguments) = match browser {
        Browser::Chromium => (
            "goog:chromeOptions",
            vec![json!(format!("--user-data-dir={folder}"))],
        ),
        Browser::Firefox => {
            // After a crash the browser must not ask whether to restore the session.
            let preferences = &mut capabilities["moz:firefoxOptions"]["prefs"];
            preferences["toolkit.startup.max_resumed_crashes"] = json!(-1);
            preferences["browser.sessionstore.resume_from_crash"] = json!(false);
            ("moz:firefoxOptions", vec![json!("-profile"), json!(folder)])
        }
        Browser::WebKit => bail!("A browser that WebKit's driver starts keeps nothing."),
    };
    let all = capabilities[options]["args"].as_array_mut();
    all.context("It has no arguments.")?.extend(arguments);
    Ok(capabilities)
}

/// Returns the browser's processes: those with its profile on the command line, then their descendants.
fn processes_of(profile: &Path) -> Result<Vec<Pid>> {
    let profile = profile.to_string_lossy();
    let mut parents = Vec::new();
    let mut found = BTreeSet::new();
    for entry in fs::read_dir("/proc")? {
        let name = entry?.file_name();
        let Some(id) = name.to_str().and_then(|name| name.parse::<i32>().ok()) else {
            continue;
        };
        // Fails for a process that has just ended.
        let read = |file: &str| fs::read(format!("/proc/{id}/{file}")).unwrap_or_default();
        // A zombie process has an empty command line.
        let command = read("cmdline");
        if String::from_utf8_lossy(&command).contains(&*profile) {
            found.insert(id);
        }
        let standing = String::from_utf8_lossy(&read("stat")).into_owned();
        // The name in parentheses may contain any character; the state and the parent follow it.
        let after = standing.rsplit_once(") ").map(|(_, after)| after);
        let mut words = after.unwrap_or_default().split(' ');
        if let (Some(state), Some(Ok(parent))) = (words.next(), words.next().map(str::parse::<i32>))
            && state != "Z"
        {
            parents.push((id, parent));
        }
    }
    loop {
        let before = found.len();
        for (id, parent) in &parents {
            if found.contains(parent) {
                found.insert(*id);
            }
        }
        if found.len() == before {
            return Ok(found.into_iter().map(Pid::from_raw).collect());
        }
    }
}
