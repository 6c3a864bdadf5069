//! Tools that are built from crates.io, because no registry has prebuilt ones: Trunk, the wasm-bindgen CLI and
//! geckodriver.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::console;
use crate::project::Project;
use crate::tools::pins::Pins;
use crate::tools::{self, Found, logged, path};

/// One tool of one version.
#[derive(Debug, Clone)]
pub struct CargoTool {
    /// Its name for display, and of its folder in `.tools`.
    pub name: &'static str,
    /// Exact version.
    pub version: String,
    package: &'static str,
    /// The program to call, then those that must be beside it.
    programs: &'static [&'static str],
    arguments: Vec<String>,
}

impl CargoTool {
    /// Returns Trunk, which compiles the panel and calls wasm-bindgen.
    pub fn trunk(pins: &Pins) -> Self {
        Self {
            name: "trunk",
            version: pins.trunk.version.clone(),
            package: "trunk",
            programs: &["trunk"],
            arguments: pins.trunk.install.clone(),
        }
    }

    /// Returns the wasm-bindgen CLI with its test runner.
    pub fn wasm_bindgen(pins: &Pins) -> Self {
        Self {
            name: "wasm-bindgen",
            version: pins.wasm_bindgen.clone(),
            package: "wasm-bindgen-cli",
            programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
            arguments: Vec::new(),
        }
    }

    /// Returns Firefox's driver.
    pub fn geckodriver(pins: &Pins) -> Self {
        Self {
            name: "geckodriver",
            version: pins.geckodriver.version.clone(),
            package: "geckodriver",
            programs: &["geckodriver"],
            arguments: pins.geckodriver.install.clone(),
        }
    }

    /// Finds the tool in the right version: on PATH, or where an earlier run installed it.
    pub fn find(&self, project: &Project) -> Option<Found> {
        let installed = self.folder(project).join("bin").join(self.programs[0]);
        path::all(self.programs[0])
            .chain([installed])
            .find_map(|candidate| self.usable(&candidate))
    }

    fn usable(&self, candidate: &Path) -> Option<Found> {
        let all_right = self.programs.iter().all(|program| {
            path::probe(&candidate.with_file_name(program))
                .is_some_and(|found| found.version == self.version)
        });
        all_right.then(|| Found {
            version: self.version.clone(),
            path: candidate.to_owned(),
        })
    }

    fn folder(&self, project: &Project) -> PathBuf {
        project
            .tools()
            .join(format!("{}-{}", self.name, self.version))
    }

    /// Returns the command that [`install`](Self::install) runs, for display.
    pub fn command(&self) -> String {
        format!("cargo {}", self.cargo_arguments().join(" "))
    }

    fn cargo_arguments(&self) -> Vec<String> {
        let mut arguments: Vec<String> = [
            "install",
            "--locked",
            self.package,
            "--version",
            &self.version,
        ]
        .map(String::from)
        .into();
        arguments.extend(self.arguments.iter().cloned());
        arguments
    }

    /// Builds the tool under another name and renames it at the end, so that an interrupted build is never mistaken
    /// for a complete one. Does nothing if another process has just built it.
    fn install(&self, project: &Project, pins: &Pins) -> Result<PathBuf> {
        let name = format!("{}-{}", self.name, self.version);
        let what = format!("Building {} {}", self.name, self.version);
        let _lock = tools::lock(project, &name, &what)?;
        if let Some(found) = self.find(project) {
            return Ok(found.path);
        }
        let partial = project.tools().join(format!(".partial-{name}"));
        let build = project.tools().join(format!(".build-{name}"));
        let mut cargo = project.cargo();
        cargo
            .args(self.cargo_arguments())
            .args(["--force", "--no-track", "--root"])
            .arg(&partial)
            .env("CARGO_TARGET_DIR", &build)
            .envs(&pins.quick_profile);
        let log = project.tools().join(format!("{name}.log"));
        logged::run(
            &mut cargo,
            &log,
            &format!("building {} {}", self.name, self.version),
        )?;

        let folder = self.folder(project);
        remove_folder(&folder)?;
        std::fs::rename(&partial, &folder)
            .with_context(|| format!("{} cannot be put in place.", folder.display()))?;
        remove_folder(&build)?;
        Ok(folder.join("bin").join(self.programs[0]))
    }
}

/// Finds the tools or builds the missing ones in parallel. Returns the programs in the order of `tools`.
pub fn ensure<const N: usize>(
    project: &Project,
    pins: &Pins,
    tools: [CargoTool; N],
) -> Result<[PathBuf; N]> {
    let found = tools.each_ref().map(|tool| tool.find(project));
    let missing: Vec<String> = (tools.iter().zip(&found))
        .filter(|(_, found)| found.is_none())
        .map(|(tool, _)| format!("{} {}", tool.name, tool.version))
        .collect();
    if !missing.is_empty() {
        console::step(&format!(
            "Building {} into .tools (once; this takes some minutes)",
            missing.join(" and ")
        ));
    }
    let programs = std::thread::scope(|scope| {
        let builds = tools.each_ref().map(|tool| {
            scope.spawn(|| {
                tool.find(project)
                    .map_or_else(|| tool.install(project, pins), |found| Ok(found.path))
            })
        });
        builds.map(|build| {
            build
                .join()
                .unwrap_or_else(|_| Err(anyhow::anyhow!("The build of a tool ended unexpectedly.")))
        })
    });
    let mut all = Vec::with_capacity(N);
    for program in programs {
        all.push(program?);
    }
    all.try_into()
        .map_err(|_| anyhow::anyhow!("A tool was lost."))
}

/// Removes a folder with its content; a missing one is no error.
pub fn remove_folder(folder: &Path) -> Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("{} cannot be removed.", folder.display()))
        }
        _ => Ok(()),
    }
}
