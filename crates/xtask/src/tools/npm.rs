//! What comes from npm: wasm-opt and esbuild for a smaller panel, axe-core for the accessibility checks.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::console;
use crate::project::Project;
use crate::tools::cargo_tool::remove_folder;
use crate::tools::{self, Found, logged, path};

/// The tools from npm that the build of the panel uses, each where it could be had.
#[derive(Debug, Default, Clone)]
pub struct NpmTools {
    /// Makes the module smaller.
    pub wasm_opt: Option<PathBuf>,
    /// Makes scripts and style sheets smaller.
    pub esbuild: Option<PathBuf>,
}

/// Where the packages are installed.
pub fn folder(project: &Project) -> PathBuf {
    project.tools().join("npm")
}

/// Whether the packages are installed as the lock file of the checkout wants them.
pub fn is_installed(project: &Project) -> bool {
    let wanted = std::fs::read(manifests(project).join("package-lock.json"));
    let installed = std::fs::read(folder(project).join("package-lock.json"));
    matches!((wanted, installed), (Ok(wanted), Ok(installed)) if wanted == installed)
}

/// The installed file `axe.min.js`.
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

/// The programs that are there: of the pinned version on PATH, or installed.
pub fn installed(project: &Project) -> NpmTools {
    NpmTools {
        wasm_opt: find(project, "wasm-opt", "binaryen").map(|found| found.path),
        esbuild: find(project, "esbuild", "esbuild").map(|found| found.path),
    }
}

/// The program `name` of `package` in the pinned version.
pub fn find(project: &Project, name: &str, package: &str) -> Option<Found> {
    let pinned = pinned_version(project, package)?;
    let installed = modules(project).join(".bin").join(name);
    path::all(name)
        .chain([installed])
        .filter(|path| path.is_file())
        .find_map(|candidate| {
            // binaryen tells only the first number of its version.
            path::probe(&candidate)
                .filter(|found| found.version == pinned || found.version == path::major(&pinned))
        })
}

/// The version of `package` that the checkout asks for.
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

/// Installs under another name and renames the whole: what was interrupted is never taken for whole.
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
        // Without a network this should be known in seconds: serve goes on without npm.
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
