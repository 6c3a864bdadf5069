//! The browsers that journeys run in, and everything that differs between them at the start. What differs later (emulation,
//! permissions) asks [`Browser`] too, so that another engine is added here.

use std::path::Path;
use std::process::Command;
use std::str::FromStr;

use anyhow::{Result, bail};
use serde_json::{Map, Value, json};

/// An engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Browser {
    /// Chromium, driven by chromedriver.
    Chromium,
    /// Firefox, driven by geckodriver.
    Firefox,
    /// WebKitGTK: its MiniBrowser, driven by WebKitWebDriver on a virtual display.
    WebKit,
}

impl FromStr for Browser {
    type Err = anyhow::Error;

    fn from_str(name: &str) -> Result<Self> {
        let all = [Self::Chromium, Self::Firefox, Self::WebKit];
        match all.into_iter().find(|browser| browser.name() == name) {
            Some(browser) => Ok(browser),
            None => bail!(
                "There are no journeys in {name}: SWITCHBOARD_BROWSER may be chromium, firefox or webkit."
            ),
        }
    }
}

impl Browser {
    /// Its name, as the environment's variable has it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// The environment's variables that name the browser's program and its driver's.
    pub(crate) fn variables(self) -> (&'static str, &'static str) {
        match self {
            Self::Chromium => ("CHROMIUM", "CHROMEDRIVER"),
            Self::Firefox => ("FIREFOX", "GECKODRIVER"),
            Self::WebKit => ("MINIBROWSER", "WEBKITWEBDRIVER"),
        }
    }

    /// The command that starts the driver. `port` is one that is free, for those that cannot find one themselves.
    pub(crate) fn driver_command(self, driver: &Path, port: u16) -> Command {
        let mut command = Command::new(driver);
        match self {
            Self::Chromium => command.arg("--port=0"),
            // What the panel's page may not do (reading the clipboard, choosing the scheme) is asked of the browser's own pages.
            Self::Firefox => command.args(["--port", "0", "--allow-system-access"]),
            Self::WebKit => command.arg(format!("--port={port}")),
        };
        command
    }

    /// The port, when `line` is the one in which the driver, or who keeps it, says that it is ready.
    pub(crate) fn driver_port(self, line: &str) -> Option<u16> {
        let before = match self {
            Self::Chromium => "started successfully on port ",
            Self::Firefox => "Listening on 127.0.0.1:",
            Self::WebKit => "The driver takes calls on port ",
        };
        let (_, port) = line.split_once(before)?;
        port.trim_end_matches('.').parse().ok()
    }

    /// What a session asks for: no window that anybody sees, a profile of its own, everything that the console says.
    pub(crate) fn capabilities(self, program: &Path) -> Map<String, Value> {
        let capabilities = match self {
            Self::Chromium => json!({
                "browserName": "chrome",
                "goog:chromeOptions": {
                    "binary": program,
                    "args": [
                        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                        "--disable-background-networking", "--disable-component-update", "--disable-sync",
                        // Fonts and colours as they are everywhere.
                        "--force-color-profile=srgb", "--font-render-hinting=none", "--lang=en-GB",
                    ],
                },
                "goog:loggingPrefs": { "browser": "ALL" },
            }),
            Self::Firefox => json!({
                "browserName": "firefox",
                "moz:firefoxOptions": {
                    "binary": program,
                    // Large enough for a desk: what is smaller, or a whole page, is the business of `screen`.
                    "args": ["-headless", "-width", "1440", "-height", "1020"],
                    "prefs": {
                        "intl.accept_languages": "en-GB, en",
                        "layout.css.prefers-color-scheme.content-override": 1,
                        // As on a telephone, and on most desks: they take no room.
                        "ui.useOverlayScrollbars": 1,
                        "browser.download.folderList": 2,
                        "browser.download.alwaysOpenPanel": false,
                        "browser.download.manager.addToRecentDocs": false,
                        // What answers with JSON is a page like any other: its viewer would keep `reset` from that page's storage.
                        "devtools.jsonview.enabled": false,
                        // A click waits this long for another document to be asked for, in milliseconds: the journeys wait for what they want.
                        "marionette.navigate-after-click.timeout": 1,
                        // Nothing is kept for a next time: there is none.
                        "browser.sessionstore.interval": 3_600_000,
                        "browser.cache.disk.enable": false,
                        "browser.pagethumbnails.capturing_disabled": true,
                        "toolkit.cosmeticAnimations.enabled": false,
                        // No visits to anybody but the panel.
                        "browser.newtabpage.enabled": false,
                        "app.normandy.enabled": false,
                        "services.settings.server": "data:,",
                        "network.captive-portal-service.enabled": false,
                        "network.connectivity-service.enabled": false,
                    },
                },
            }),
            Self::WebKit => json!({
                "webkitgtk:browserOptions": { "binary": program, "args": ["--automation"] },
            }),
        };
        match capabilities {
            Value::Object(map) => map,
            _ => Map::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_read_from_the_line_in_which_the_driver_is_ready() {
        let line = "ChromeDriver was started successfully on port 35591.";
        assert_eq!(Browser::Chromium.driver_port(line), Some(35591));
        let line = "Starting ChromeDriver 156.0.8078.79 on port 0";
        assert_eq!(Browser::Chromium.driver_port(line), None);
        let line = "1795484983920\tgeckodriver\tINFO\tListening on 127.0.0.1:43925";
        assert_eq!(Browser::Firefox.driver_port(line), Some(43925));
    }
}
