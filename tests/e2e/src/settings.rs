//! Where the programs and files are that a journey needs. `cargo xtask test journeys` builds them and says so in the environment.

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::browser::Browser;

/// What the environment says.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The sandbox's program (`SWITCHBOARD_SANDBOX`).
    pub sandbox: PathBuf,
    /// The folder of the built panel (`SWITCHBOARD_DIST`).
    pub dist: PathBuf,
    /// Which browser to drive (`SWITCHBOARD_BROWSER`).
    pub browser: Browser,
    /// The browser's program.
    pub program: PathBuf,
    /// The program that drives it.
    pub driver: PathBuf,
    /// The script `axe.min.js` (`SWITCHBOARD_AXE`).
    pub axe: PathBuf,
    /// Where pictures and what is left of a failure go (`SWITCHBOARD_ARTIFACTS`).
    pub artifacts: PathBuf,
}

impl Settings {
    /// Reads the environment.
    ///
    /// # Errors
    /// When something is not said: with a sentence that names the command that does.
    pub fn from_environment() -> Result<Self> {
        let browser: Browser = variable("SWITCHBOARD_BROWSER")?.parse()?;
        let (program, driver) = browser.variables();
        Ok(Self {
            sandbox: variable("SWITCHBOARD_SANDBOX")?.into(),
            dist: variable("SWITCHBOARD_DIST")?.into(),
            browser,
            program: variable(program)?.into(),
            driver: variable(driver)?.into(),
            axe: variable("SWITCHBOARD_AXE")?.into(),
            artifacts: variable("SWITCHBOARD_ARTIFACTS")?.into(),
        })
    }
}

fn variable(name: &str) -> Result<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty()).with_context(|| {
        format!("{name} is not set. Run `cargo xtask test journeys`: it builds what the journeys need and says where it is.")
    })
}
