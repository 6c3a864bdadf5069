//! The packages from npm: wasm-opt and esbuild for a smaller panel, axe-core for the accessibility checks.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::console;
use crate::project::Project;
use crate::tools::cargo_tool::remove_folder;
use crate::tools::{self, Found, logged, path};

/// The npm tools that the build of the panel uses, as far as they are available.
#[derive(Debug, Default, Clone)]
pub struct NpmTools {
    /// Optimises the module for size.
    pub wasm_opt: Option<PathBuf>,
    /// Minifies scripts and style sheets.
    pub esbuild: Option<PathBuf>,
}

/// Returns the folder of the packages.
pub fn folder(project: &Project) -> PathBuf {
    project.tools().join("npm")
}

/// Returns whether the installed packages match the lock file of the checkout.
pub fn is_installed(project: &Project) -> bool {
    let wanted = std::fs::read(manifests(project).join("package-lock.json"));
    let installed = std::fs::read(folder(project).join("package-lock.json"));
    matches!((wanted, installed), (Ok(wanted), Ok(installed)) if wanted == installed)
}

/// Returns the path of the installed `axe.min.js`.
pub fn axe(project: &Project) -> PathBuf {
    modules(project).join("axe-core/axe.min.js")
}

/// Installs the packages unless they are there.
pub fn ensure(project: &Project) -> Result<NpmTools> {
    if !is_installed(project) {
        if path::find("npm").is_none() {
            bail!("npm is not on PATH (it comes with Node.js, https://nodejs.org).");
        }
        let _lock = tools::lock(project, "npm", "Installing from npm")?;
        if !is_installed(project) {
            install(project)?;
        }
    }
    Ok(installed(project))
}

/// Returns the available programs: of the pinned version on PATH, or installed.
pub fn installed(project: &Project) -> NpmTools {
    NpmTools {
        wasm_opt: find(project, "wasm-opt", "binaryen").map(|found| found.path),
        esbuild: find(project, "esbuild", "esbuild").map(|found| found.path),
    }
}

/// Finds the program `name` of `package` in the pinned version.
pub fn find(project: &Project, name: &str, package: &str) -> Option<Found> {
    let pinned = pinned_version(project, package)?;
    let installed = modules(project).join(".bin").join(name);
    path::all(name)
        .chain([installed])
        .filter(|path| path.is_file())
        .find_map(|candidate| {
            // binaryen reports only the first number of its version.
            path::probe(&candidate)
                .filter(|found| found.version == pinned || found.version == path::major(&pinned))
        })
}

/// Returns the pinned version of `package`.
pub fn pinned_version(project: &Project, package: &str) -> Option<String> {
    let text = std::fs::read_to_string(manifests(project).join("package.json")).ok()?;
    let manifest: serde_json::Value = serde_json::from_str(&text).ok()?;
    Some(manifest["devDependencies"][package].as_str()?.to_owned())
}

fn manifests(project: &Project) -> PathBuf {
    project.root.join("crates/xtask/npm")
}

fn modules(project: &Project) -> PathBuf {
    folder(project).join("node_modules")
}

/// Installs under another name and renames at the end, so that an interrupted installation is never mistaken for a
/// complete one.
fn install(project: &Project) -> Result<()> {
    console::step("Installing wasm-opt, esbuild and axe-core from npm into .tools/npm");
    let partial = project.tools().join(".partial-npm");
    remove_folder(&partial)?;
    std::fs::create_dir_all(&partial)?;
    for file in ["package.json", "package-lock.json"] {
        copy(&manifests(project).join(file), &partial.join(file))?;
    }
    let mut npm = Command::new("npm");
    npm.current_dir(&partial)
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        // Without a network this should fail within seconds: serve continues without npm.
        .args([
            "--fetch-retry-mintimeout=1000",
            "--fetch-retry-maxtimeout=5000",
        ]);
    logged::run(&mut npm, &project.tools().join("npm.log"), "npm ci")?;
    let folder = folder(project);
    remove_folder(&folder)?;
    std::fs::rename(&partial, &folder)
        .with_context(|| format!("{} cannot be put in place.", folder.display()))
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    std::fs::copy(from, to).with_context(|| format!("{} cannot be copied.", from.display()))?;
    Ok(())
}
