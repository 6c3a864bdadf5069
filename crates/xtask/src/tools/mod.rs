//! The tools of the build and the tests: found on PATH in the right version, or installed into the project's own `.tools`.
//! Nothing is written to the user's home; a half-finished installation has another name than a whole one.

pub mod apt;
pub mod browsers;
pub mod cargo_tool;
mod logged;
pub mod npm;
pub mod path;
pub mod pins;
pub mod rust;

use std::fs::{File, TryLockError};
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::project::Project;
use crate::say;
use browsers::{Browser, Driven};
use cargo_tool::CargoTool;
use npm::NpmTools;
use pins::Pins;

/// A program that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its version, as it says itself.
    pub version: String,
    /// Where it is.
    pub path: PathBuf,
}

/// What the build of the panel calls.
pub struct PanelTools {
    /// Trunk.
    pub trunk: PathBuf,
    /// The wasm-bindgen CLI; its test runner is beside it.
    pub wasm_bindgen: PathBuf,
    /// What makes the result smaller, where it could be had.
    pub npm: NpmTools,
}

/// Holds a file's lock until it is dropped, so that no two, of this run or of another, write the same folder at once.
pub struct Lock(#[expect(dead_code, reason = "held for its lock")] File);

impl Lock {
    /// Waits for the lock of `path`, saying so when somebody else holds it, who does `what`.
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
                say::line(&format!("{what} is under way; waiting for its end."));
                file.lock()?;
            }
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        Ok(Self(file))
    }
}

/// Keeps anybody else from installing what `name` stands for.
fn lock(project: &Project, name: &str, what: &str) -> Result<Lock> {
    Lock::acquire(&project.tools().join(format!(".lock-{name}")), what)
}

/// Finds or installs what the build of the panel needs. Without npm it is built all the same, only larger.
pub fn for_panel(project: &Project) -> Result<PanelTools> {
    let pins = Pins::read(project)?;
    rust::ensure_wasm_target(project)?;
    let tools = [CargoTool::trunk(&pins), CargoTool::wasm_bindgen(&pins)];
    let [trunk, wasm_bindgen] = cargo_tool::ensure(project, &pins, tools)?;
    let npm = match npm::ensure(project) {
        Ok(npm) => npm,
        Err(error) => {
            say::note(&format!("{error:#}"));
            say::note(
                "The panel is built without wasm-opt and esbuild: larger, otherwise the same.",
            );
            NpmTools::default()
        }
    };
    Ok(PanelTools {
        trunk,
        wasm_bindgen,
        npm,
    })
}

/// Finds or installs what `fmt` and `clippy` need, also for the browser's side.
pub fn for_native_tests(project: &Project) -> Result<()> {
    rust::ensure_components(project)?;
    rust::ensure_wasm_target(project)
}

/// Finds or installs cargo-deny.
pub fn for_denying(project: &Project) -> Result<PathBuf> {
    let pins = Pins::read(project)?;
    let [cargo_deny] = cargo_tool::ensure(project, &pins, [CargoTool::cargo_deny(&pins)])?;
    Ok(cargo_deny)
}

/// Finds or installs what the panel and the tests in these browsers need, beside the checks and tests that need none of it: those leave a
/// quarter of two cores idle. What cannot be had is told by whoever needs it.
pub fn ahead(project: &Project, browsers: &[Browser]) {
    std::thread::scope(|scope| {
        // Packages come over the network, the tools of cargo keep the processor busy.
        scope.spawn(|| {
            let _ = for_accessibility_checks(project);
            for browser in browsers {
                let _ = Pins::read(project).and_then(|pins| browser.ensure(project, &pins));
            }
        });
        let _ = for_denying(project);
        let _ = for_panel(project);
    });
}

/// Finds or installs the compiler of C++ that the fuzzer's engine is built with.
pub fn for_fuzzing(project: &Project) -> Result<()> {
    // `cc`, the crate that builds it, looks for these.
    apt::ensure(
        project,
        &Pins::read(project)?.apt.cxx,
        "a compiler of C++, for the fuzzer",
        || std::env::var_os("CXX").is_none() && path::find("c++").is_none(),
    )
}

/// What the tests in a browser call.
pub struct BrowserTools {
    /// The browser and its driver.
    pub driven: Driven,
    /// The runner of component tests, of the version in `Cargo.lock`.
    pub wasm_bindgen_test_runner: PathBuf,
}

/// Finds or installs a browser, its driver and the runner of component tests.
pub fn for_browser_tests(project: &Project, browser: Browser) -> Result<BrowserTools> {
    let pins = Pins::read(project)?;
    rust::ensure_wasm_target(project)?;
    let driven = browser.ensure(project, &pins)?;
    let [wasm_bindgen] = cargo_tool::ensure(project, &pins, [CargoTool::wasm_bindgen(&pins)])?;
    Ok(BrowserTools {
        driven,
        wasm_bindgen_test_runner: wasm_bindgen.with_file_name("wasm-bindgen-test-runner"),
    })
}

/// The accessibility checks that the journeys inject: the file `axe.min.js`. Installs npm itself where it may.
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
