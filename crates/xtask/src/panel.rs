//! Builds the panel. Cargo compiles it, and `crates/pack` binds it to JavaScript. `finish` writes `dist/`: optimised,
//! with content hashes and integrity metadata, without inline scripts, precompressed.

mod fingerprint;
mod finish;
pub mod floor;
mod html;
mod page;
mod policy;
pub mod sizes;
mod split;
mod verify_integrity;
mod worker;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};

use crate::console;
use crate::project::Project;
use crate::tools::cargo_tool::remove_folder;
use crate::tools::npm::NpmTools;
use crate::tools::rust::{self, WASM_TARGET};
use crate::tools::{self, Lock, logged};
use fingerprint::Fingerprint;
use split::Code;

/// How to build the panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// For deployment: small, split into chunks, compressed.
    Release,
    /// For development, within seconds: one unoptimised module, nothing compressed.
    Development,
}

/// The program of `crates/pack`, in the target directory.
const PACK: &str = if cfg!(windows) {
    "debug/switchboard-pack.exe"
} else {
    "debug/switchboard-pack"
};

/// Builds the panel incrementally: for release into `dist/`, for development into the target directory.
pub fn build(project: &Project, mode: Mode) -> Result<PathBuf> {
    let (folder, dist) = match mode {
        Mode::Release => ("switchboard-panel", project.dist()),
        Mode::Development => {
            let folder = "switchboard-panel-dev";
            (folder, project.target.join(folder).join("dist"))
        }
    };
    let work = project.target.join(folder);
    let _lock = Lock::acquire(&work.join("lock"), "Building the panel")?;
    rust::ensure_wasm_target(project)?;
    let npm = match mode {
        Mode::Release => tools::for_smaller_panel(project),
        Mode::Development => NpmTools::default(),
    };
    // Only a bundler can merge the loader and the scripts that it loads.
    let is_split = npm.esbuild.is_some();
    let (module, pack) = compile(project, "switchboard", mode, is_split)?;
    let bound = || {
        if is_split {
            Code::in_parts(&module, &pack, &work)
        } else {
            Code::whole(&module, &pack, &work)
        }
    };
    let inputs = Inputs {
        page: &project.root,
        module: &module,
        pack: &pack,
        npm: &npm,
        mode,
    };
    inputs.finish_into(&dist, &work, bound)?;
    Ok(dist)
}

/// What the finishing step makes the panel from.
struct Inputs<'a> {
    /// The folder of `index.html`.
    page: &'a Path,
    /// What the compiler made.
    module: &'a Path,
    /// The program of `crates/pack`.
    pack: &'a Path,
    npm: &'a NpmTools,
    mode: Mode,
}

impl Inputs<'_> {
    /// Writes the panel into `dist`, unless the inputs are the same as the last time. `bind` returns the code.
    fn finish_into(
        &self,
        dist: &Path,
        work: &Path,
        bind: impl FnOnce() -> Result<Code>,
    ) -> Result<()> {
        let staged = work.join("staged");
        let style = stage(self.page, &staged)?;
        let fingerprint = Fingerprint::new(&work.join("stamp"), &staged, &style, self)?;
        if fingerprint.matches(dist)? {
            console::note("unchanged since the last build");
            return Ok(());
        }
        // Finished in another folder, so that a failure leaves the old one intact.
        let fresh = work.join("finished");
        remove_folder(&fresh)?;
        std::fs::create_dir_all(&fresh)?;
        finish::finish(&staged, &bind()?, &style, self, &fresh)?;
        remove_folder(dist)?;
        move_folder(&fresh, dist)?;
        fingerprint.save(dist)
    }
}

/// Compiles `package` for the browser, and at the same time the program that turns it into the panel. Returns the module
/// and this program.
fn compile(
    project: &Project,
    package: &str,
    mode: Mode,
    is_split: bool,
) -> Result<(PathBuf, PathBuf)> {
    let (profile, folder) = match mode {
        Mode::Release => ("panel", "panel"),
        Mode::Development => ("dev", "debug"),
    };
    let mut cargo = project.cargo();
    cargo
        .args(["build", "--locked", "--package", package, "--bin", package])
        .args(["--target", WASM_TARGET, "--profile", profile]);
    if is_split {
        cargo.args(["--features", split::FEATURE]);
    }
    let log = project
        .target
        .join("test-logs")
        .join(format!("{package}-{profile}.log"));
    let (compiled, pack) = std::thread::scope(|scope| {
        let pack = scope.spawn(|| build_pack(project));
        let compiled = logged::run(
            &mut cargo,
            &log,
            &format!("Compiling {package} for the browser"),
        );
        (compiled, pack.join())
    });
    compiled?;
    pack.map_err(|_| anyhow!("The build of a tool ended unexpectedly."))??;
    let folder = project.target.join(WASM_TARGET).join(folder);
    let module = folder.join(format!("{package}.wasm"));
    Ok((module, project.target.join(PACK)))
}

fn build_pack(project: &Project) -> Result<()> {
    let mut cargo = project.cargo();
    cargo.args(["build", "--locked", "--package", "switchboard-pack"]);
    let log = project.target.join("test-logs/pack.log");
    logged::run(&mut cargo, &log, "Compiling what packs the panel")
}

/// Writes the page of `folder`, and the files that it names, into `staged`. Returns its style sheets as one.
fn stage(folder: &Path, staged: &Path) -> Result<String> {
    remove_folder(staged)?;
    std::fs::create_dir_all(staged)?;
    let source = folder.join("index.html");
    let read = |path: PathBuf| {
        std::fs::read_to_string(&path)
            .with_context(|| format!("{} cannot be read.", path.display()))
    };
    let page = html::expand(&read(source)?)?;
    std::fs::write(staged.join("index.html"), page.html)?;
    for name in page.copied {
        std::fs::copy(folder.join(&name), staged.join(&name))
            .with_context(|| format!("{name} cannot be copied."))?;
    }
    page.styles
        .iter()
        .map(|name| read(folder.join(name)))
        .collect()
}

/// Renames a folder, or copies it if the two are on different file systems (a target directory elsewhere).
fn move_folder(from: &Path, to: &Path) -> Result<()> {
    if std::fs::rename(from, to).is_ok() {
        return Ok(());
    }
    std::fs::create_dir_all(to).with_context(|| format!("{} cannot be created.", to.display()))?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            move_folder(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), &target)?;
        }
    }
    remove_folder(from)
}
