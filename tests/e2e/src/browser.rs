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
}

impl FromStr for Browser {
    type Err = anyhow::Error;

    fn from_str(name: &str) -> Result<Self> {
        match name {
            "chromium" => Ok(Self::Chromium),
            _ => bail!("There are no journeys in {name}: SWITCHBOARD_BROWSER may be chromium."),
        }
    }
}

impl Browser {
    /// The environment's variables that name the browser's program and its driver's.
    pub(crate) fn variables(self) -> (&'static str, &'static str) {
        match self {
            Self::Chromium => ("CHROMIUM", "CHROMEDRIVER"),
        }
    }

    /// The command that starts the driver on a free port.
    pub(crate) fn driver_command(self, driver: &Path) -> Command {
        let mut command = Command::new(driver);
        match self {
            Self::Chromium => command.arg("--port=0"),
        };
        command
    }

    /// The port, when `line` is the one in which the driver says that it is ready.
    pub(crate) fn driver_port(self, line: &str) -> Option<u16> {
        let said = match self {
            Self::Chromium => line.split_once("started successfully on port ")?.1,
        };
        said.trim_end_matches('.').parse().ok()
    }

    /// What a session asks for: headless, a profile of its own, everything that the console says.
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
    }
}
