//! Browsers and their drivers. The distribution provides matching versions of both; only Firefox's driver comes from
//! elsewhere.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::ValueEnum;

use crate::project::Project;
use crate::tools::cargo_tool::{self, CargoTool};
use crate::tools::pins::Pins;
use crate::tools::{Found, apt, path};

/// A browser that the tests can drive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Browser {
    /// Chromium
    Chromium,
    /// Firefox
    Firefox,
    /// WebKitGTK
    #[value(name = "webkit")]
    WebKit,
}

/// A browser with the matching driver.
#[derive(Debug)]
pub struct Driven {
    /// The browser.
    pub browser: PathBuf,
    /// The WebDriver server.
    pub driver: PathBuf,
}

/// The version shown for a program that is not asked for it.
const UNASKED: &str = "as it comes";

impl Browser {
    /// Returns its name for display.
    pub fn title(self) -> &'static str {
        match self {
            Self::Chromium => "Chromium",
            Self::Firefox => "Firefox",
            Self::WebKit => "WebKitGTK",
        }
    }

    /// Returns its name in commands.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// Returns the environment variables for the browser and its driver, which are read, and passed to the tests.
    pub fn variables(self) -> (&'static str, &'static str) {
        match self {
            Self::Chromium => ("CHROMIUM", "CHROMEDRIVER"),
            Self::Firefox => ("FIREFOX", "GECKODRIVER"),
            Self::WebKit => ("MINIBROWSER", "WEBKITWEBDRIVER"),
        }
    }

    /// Returns the packages that provide it.
    pub fn packages(self, pins: &Pins) -> &[String] {
        match self {
            Self::Chromium => &pins.apt.chromium,
            Self::Firefox => &pins.apt.firefox,
            Self::WebKit => &pins.apt.webkit,
        }
    }

    /// Returns the browser that its variable names, or the first on PATH.
    pub fn find(self) -> Option<Found> {
        let variable = self.variables().0;
        match self {
            Self::Chromium => found(
                variable,
                &[
                    "chromium",
                    "chromium-browser",
                    "google-chrome",
                    "google-chrome-stable",
                ],
            ),
            Self::Firefox => found(variable, &["firefox-esr", "firefox"]),
            Self::WebKit => match std::env::var_os(variable) {
                Some(path) => unasked(PathBuf::from(path)),
                None => mini_browsers().into_iter().find_map(unasked),
            },
        }
    }

    /// Returns the driver that its variable names, or the first on PATH, or the one that an earlier run installed.
    pub fn find_driver(self, project: &Project, pins: &Pins) -> Option<Found> {
        let variable = self.variables().1;
        match self {
            Self::Chromium => found(variable, &["chromedriver"]),
            Self::Firefox => match std::env::var_os(variable) {
                Some(path) => path::probe(Path::new(&path)),
                None => CargoTool::geckodriver(pins).find(project),
            },
            Self::WebKit => match std::env::var_os(variable) {
                Some(path) => unasked(PathBuf::from(path)),
                None => path::find("WebKitWebDriver").and_then(unasked),
            },
        }
    }

    /// Returns the missing programs other than browser and driver.
    pub fn missing_helpers(self) -> Vec<&'static str> {
        let helpers: &[&str] = match self {
            Self::WebKit => &["Xvfb", "xsettingsd"],
            Self::Chromium | Self::Firefox => &[],
        };
        let missing = helpers.iter().filter(|name| path::find(name).is_none());
        missing.copied().collect()
    }

    /// Finds the browser with its driver and helpers, or installs what is missing if that is possible without asking.
    pub fn ensure(self, project: &Project, pins: &Pins) -> Result<Driven> {
        let packages_bring_driver = self != Self::Firefox;
        let is_missing = || {
            self.find().is_none()
                || (packages_bring_driver && self.find_driver(project, pins).is_none())
                || !self.missing_helpers().is_empty()
        };
        apt::ensure(project, self.packages(pins), self.title(), is_missing)?;
        if !packages_bring_driver && self.find_driver(project, pins).is_none() {
            cargo_tool::ensure(project, pins, [CargoTool::geckodriver(pins)])?;
        }
        let (Some(browser), Some(driver)) = (self.find(), self.find_driver(project, pins)) else {
            let (browser, driver) = self.variables();
            bail!(
                "{} or its driver does not run. The variables {browser} and {driver} can name others.",
                self.title()
            );
        };
        // The other two drivers support any version.
        if self == Self::Chromium && path::major(&browser.version) != path::major(&driver.version) {
            bail!(
                "Chromium is {} ({}) and its driver {} ({}): the first numbers must be equal. \
                 Update both, or name others in the variables CHROMIUM and CHROMEDRIVER.",
                browser.version,
                browser.path.display(),
                driver.version,
                driver.path.display(),
            );
        }
        Ok(Driven {
            browser: browser.path,
            driver: driver.path,
        })
    }
}

fn found(variable: &str, names: &[&str]) -> Option<Found> {
    match std::env::var_os(variable) {
        Some(path) => path::probe(&PathBuf::from(path)),
        None => names
            .iter()
            .flat_map(|name| path::all(name))
            .find_map(|candidate| path::probe(&candidate)),
    }
}

/// Returns a program that reports its version only with a display, or not at all.
fn unasked(path: PathBuf) -> Option<Found> {
    path.is_file().then(|| Found {
        version: UNASKED.to_owned(),
        path,
    })
}

/// Returns the paths of WebKitGTK's own browser, which is not on PATH: for every interface and machine, in order.
fn mini_browsers() -> Vec<PathBuf> {
    let libraries = ["/usr/lib", "/usr/libexec", "/usr/lib64"].map(PathBuf::from);
    let below = libraries.iter().flat_map(|folder| {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        entries.map(|entry| entry.path())
    });
    let folders: Vec<PathBuf> = libraries.iter().cloned().chain(below).collect();
    let interfaces = ["webkit2gtk-4.1", "webkitgtk-6.0", "webkit2gtk-4.0"];
    let all = interfaces.iter().flat_map(|interface| {
        folders
            .iter()
            .map(move |folder| folder.join(interface).join("MiniBrowser"))
    });
    all.filter(|path| path.is_file()).collect()
}
