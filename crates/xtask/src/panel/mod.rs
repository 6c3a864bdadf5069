//! The build of the panel. Trunk compiles it with stable file names into the target directory; `finish` turns that
//! into `dist/`: optimised, named by content, with integrity, without an inline script, compressed ahead of time.

mod compress;
mod css;
mod finish;
pub mod floor;
mod page;
mod policy;
mod seal;
pub mod sizes;
mod split;
mod stamp;
mod worker;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::project::Project;
use crate::tools::cargo_tool::remove_folder;
use crate::tools::rust::WASM_TARGET;
use crate::tools::{Lock, PanelTools};
use crate::{process, say};
use split::Code;

/// The style sheet of the page; what it imports is put in its place.
const STYLE: &str = "style/main.css";

/// Builds the panel into `dist/`, doing only what changed since the last time.
pub fn build(project: &Project, tools: &PanelTools) -> Result<PathBuf> {
    let work = project.target.join("switchboard-panel");
    let _lock = Lock::acquire(&work.join("lock"), "Building the panel")?;
    say::step("Building the panel");
    let staged = work.join("staged");
    let features = in_parts(tools).then_some(split::FEATURE);
    trunk(project, tools, &project.root, features, &staged)?;
    let style = css::inline_imports(&project.root.join(STYLE))?;

    let dist = project.dist();
    let stamp = stamp::Stamp::new(&work.join("stamp"), &staged, &style, &tools.npm)?;
    replace_unless_unchanged(&dist, &stamp, &work, |fresh| {
        let code = if in_parts(tools) {
            let module = project
                .target
                .join(WASM_TARGET)
                .join("panel/switchboard.wasm");
            Code::in_parts(&module, &tools.wasm_bindgen, &work)?
        } else {
            Code::whole(&staged, &work)?
        };
        finish::finish(&staged, &code, &style, &tools.npm, fresh)
    })?;
    Ok(dist)
}

/// Has `finish` write what belongs into `dist`, unless its inputs are the same as the last time.
fn replace_unless_unchanged(
    dist: &Path,
    stamp: &stamp::Stamp,
    work: &Path,
    finish: impl FnOnce(&Path) -> Result<()>,
) -> Result<()> {
    if stamp.matches(dist)? {
        say::note("unchanged since the last build");
        return Ok(());
    }
    // Finished beside the old one, so that a failure leaves the old one as it was.
    let fresh = work.join("finished");
    remove_folder(&fresh)?;
    std::fs::create_dir_all(&fresh)?;
    finish(&fresh)?;
    remove_folder(dist)?;
    move_folder(&fresh, dist)?;
    stamp.save(dist)
}

/// Whether the panel is taken apart into modules: only a bundler can make one script of what fetches them.
fn in_parts(tools: &PanelTools) -> bool {
    tools.npm.esbuild.is_some()
}

/// Compiles and binds the application in `folder`. Trunk runs offline: it would fetch its tools itself, from where not everybody can.
fn trunk(
    project: &Project,
    tools: &PanelTools,
    folder: &Path,
    feature: Option<&str>,
    staged: &Path,
) -> Result<()> {
    process::run_ok(
        project
            .cargo()
            .args(["fetch", "--quiet", "--locked", "--target", WASM_TARGET]),
        "The panel's dependencies could not be fetched: is the network there?",
    )?;
    let mut trunk = Command::new(&tools.trunk);
    trunk
        .current_dir(folder)
        .args([
            "--quiet",
            "build",
            "--release",
            "--offline",
            "--locked",
            "--dist",
        ])
        .arg(staged)
        .args(
            feature
                .into_iter()
                .flat_map(|feature| ["--features", feature]),
        )
        .env("PATH", path_with(&tools.wasm_bindgen)?)
        .env("TRUNK_SKIP_VERSION_CHECK", "true");
    if std::env::var_os("NO_COLOR").is_some() {
        // Trunk accepts nothing but a truth value here, the convention anything.
        trunk.env("NO_COLOR", "true");
    }
    process::run_ok(&mut trunk, "It could not be built for the browser.")
}

/// PATH with the folder of `program` first.
fn path_with(program: &Path) -> Result<std::ffi::OsString> {
    let folders = program.parent().map(Path::to_owned).into_iter();
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths(folders.chain(std::env::split_paths(&path)))
        .context("PATH cannot be extended.")
}

/// Renames, or copies where the two are on different file systems (a target directory elsewhere).
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
