//! The browsers that journeys run in, and how each is started. Later differences (emulation, permissions) also branch
//! on [`Browser`], so that another engine is added here.

use std::path::Path;
use std::process::Command;
use std::str::FromStr;

use anyhow::{Result, bail};
use serde_json::{Map, Value, json};

/// A browser engine.
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
    /// Returns its name in the environment variable.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// Returns the environment variables for the paths of the browser and its driver.
    pub(crate) fn variables(self) -> (&'static str, &'static str) {
        match self {
            Self::Chromium => ("CHROMIUM", "CHROMEDRIVER"),
            Self::Firefox => ("FIREFOX", "GECKODRIVER"),
            Self::WebKit => ("MINIBROWSER", "WEBKITWEBDRIVER"),
        }
    }

    /// Returns the command that starts the driver. `port` is a free port, for drivers that cannot find one
    /// themselves.
    pub(crate) fn driver_command(self, driver: &Path, port: u16) -> Command {
        let mut command = Command::new(driver);
        match self {
            Self::Chromium => command.arg("--port=0"),
            // Allows scripts in the browser's own pages, for what the panel's page may not do (reading the clipboard,
            // choosing the colour scheme).
            Self::Firefox => command.args(["--port", "0", "--allow-system-access"]),
            Self::WebKit => command.arg(format!("--port={port}")),
        };
        command
    }

    /// Returns the port if `line` is the one in which the driver or its supervisor says that it is ready.
    pub(crate) fn driver_port(self, line: &str) -> Option<u16> {
        let before = match self {
            Self::Chromium => "started successfully on port ",
            Self::Firefox => "Listening on 127.0.0.1:",
            Self::WebKit => "The driver takes calls on port ",
        };
        let (_, port) = line.split_once(before)?;
        port.trim_end_matches('.').parse().ok()
    }

    /// Returns the capabilities of a session: headless, with a fresh profile, recording the whole console.
    pub(crate) fn capabilities(self, program: &Path) -> Map<String, Value> {
        let capabilities = match self {
            Self::Chromium => json!({
                "browserName": "chrome",
                "goog:chromeOptions": {
                    "binary": program,
                    "args": [
                        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                        "--disable-background-networking", "--disable-component-update", "--disable-sync",
                        // The same fonts and colours on every machine.
                        "--force-color-profile=srgb", "--font-render-hinting=none", "--lang=en-GB",
                    ],
                },
                "goog:loggingPrefs": { "browser": "ALL" },
            }),
            Self::Firefox => json!({
                "browserName": "firefox",
                "moz:firefoxOptions": {
                    "binary": program,
                    // Large enough for a desktop; `screen` handles smaller windows and whole pages.
                    "args": ["-headless", "-width", "1440", "-height", "1020"],
                    "prefs": {
                        "intl.accept_languages": "en-GB, en",
                        "layout.css.prefers-color-scheme.content-override": 1,
                        // As on a phone and on most desktops: scrollbars take no space.
                        "ui.useOverlayScrollbars": 1,
                        "browser.download.folderList": 2,
                        "browser.download.alwaysOpenPanel": false,
                        "browser.download.manager.addToRecentDocs": false,
                        // Shows JSON as an ordinary page: the viewer would hide the page's storage from `reset`.
                        "devtools.jsonview.enabled": false,
                        // How long a click waits for a navigation to begin, in milliseconds: the journeys wait by
                        // themselves.
                        "marionette.navigate-after-click.timeout": 1,
                        // No session is restored.
                        "browser.sessionstore.interval": 3_600_000,
                        "browser.cache.disk.enable": false,
                        "browser.pagethumbnails.capturing_disabled": true,
                        "toolkit.cosmeticAnimations.enabled": false,
                        // No requests to servers other than the panel's.
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
    fn driver_port_is_read_from_its_output() {
        let line = "ChromeDriver was started successfully on port 35591.";
        assert_eq!(Browser::Chromium.driver_port(line), Some(35591));
        let line = "Starting ChromeDriver 156.0.8078.79 on port 0";
        assert_eq!(Browser::Chromium.driver_port(line), None);
        let line = "1795484983920\tgeckodriver\tINFO\tListening on 127.0.0.1:43925";
        assert_eq!(Browser::Firefox.driver_port(line), Some(43925));
    }
}
