//! The paths of the programs and files that a journey needs. `cargo xtask test journeys` builds them and sets the
//! environment variables.

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::browser::Browser;

/// The settings of the environment.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The sandbox's program (`SWITCHBOARD_SANDBOX`).
    pub sandbox: PathBuf,
    /// The folder of the built panel (`SWITCHBOARD_DIST`).
    pub dist: PathBuf,
    /// The browser to drive (`SWITCHBOARD_BROWSER`).
    pub browser: Browser,
    /// The browser's program.
    pub program: PathBuf,
    /// The browser's driver.
    pub driver: PathBuf,
    /// The script `axe.min.js` (`SWITCHBOARD_AXE`).
    pub axe: PathBuf,
    /// The folder for screenshots and other artifacts (`SWITCHBOARD_ARTIFACTS`).
    pub artifacts: PathBuf,
}

impl Settings {
    /// Reads the environment.
    ///
    /// # Errors
    /// When a variable is missing: with a sentence that names the command that sets it.
    pub fn from_environment() -> Result<Self> {
        Self::read(|name| std::env::var(name).ok())
    }

    fn read(environment: impl Fn(&str) -> Option<String>) -> Result<Self> {
        let said = |name: &str| {
            environment(name).filter(|value| !value.is_empty()).with_context(|| {
                format!("{name} is not set. Run `cargo xtask test journeys`: it builds what the journeys need and says where it is.")
            })
        };
        let browser: Browser = said("SWITCHBOARD_BROWSER")?.parse()?;
        let (program, driver) = browser.variables();
        Ok(Self {
            sandbox: said("SWITCHBOARD_SANDBOX")?.into(),
            dist: said("SWITCHBOARD_DIST")?.into(),
            browser,
            program: said(program)?.into(),
            driver: said(driver)?.into(),
            axe: said("SWITCHBOARD_AXE")?.into(),
            artifacts: said("SWITCHBOARD_ARTIFACTS")?.into(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_setting_names_the_command() {
        let nothing = |_: &str| None;
        let empty = |_: &str| Some(String::new());
        for told in [Settings::read(nothing), Settings::read(empty)] {
            let told = told.unwrap_err().to_string();
            assert!(told.contains("Run `cargo xtask test journeys`"), "{told}");
        }
    }

    #[test]
    fn unsupported_browser_is_named() {
        let told = Settings::read(|_| Some("netscape".to_owned())).unwrap_err();
        assert!(told.to_string().contains("netscape"), "{told}");
    }
}
