//! Chromium and its driver. They come from the distribution, which keeps the two of one version.

use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::project::Project;
use crate::tools::pins::Pins;
use crate::tools::{Found, apt, path};

/// Names under which the browser is known.
const BROWSERS: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// A browser with the driver that fits it.
#[derive(Debug)]
pub struct Chromium {
    /// The browser.
    pub browser: PathBuf,
    /// The WebDriver server.
    pub driver: PathBuf,
}

/// The browser: what the variable `CHROMIUM` names, or the first on PATH.
pub fn find_browser() -> Option<Found> {
    find("CHROMIUM", &BROWSERS)
}

/// The driver: what the variable `CHROMEDRIVER` names, or the first on PATH.
pub fn find_driver() -> Option<Found> {
    find("CHROMEDRIVER", &["chromedriver"])
}

fn find(variable: &str, names: &[&str]) -> Option<Found> {
    match std::env::var_os(variable) {
        Some(path) => path::probe(&PathBuf::from(path)),
        None => names
            .iter()
            .flat_map(|name| path::all(name))
            .find_map(|candidate| path::probe(&candidate)),
    }
}

/// Finds both, or installs them where that needs nobody's leave.
pub fn ensure(project: &Project, pins: &Pins) -> Result<Chromium> {
    if find_browser().is_none() || find_driver().is_none() {
        apt::install(project, &pins.apt.chromium, "Chromium with its driver")?;
    }
    let (Some(browser), Some(driver)) = (find_browser(), find_driver()) else {
        bail!(
            "Chromium or its driver does not run. The variables CHROMIUM and CHROMEDRIVER can name others."
        );
    };
    if path::major(&browser.version) != path::major(&driver.version) {
        bail!(
            "Chromium is {} ({}) and its driver {} ({}): the first numbers must be equal. \
             Update both, or name others in the variables CHROMIUM and CHROMEDRIVER.",
            browser.version,
            browser.path.display(),
            driver.version,
            driver.path.display(),
        );
    }
    Ok(Chromium {
        browser: browser.path,
        driver: driver.path,
    })
}
