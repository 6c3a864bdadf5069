//! Builds the floor (`benches/floor`) with the same tools and the same finishing as the panel, which is compared with
//! it.

use std::path::PathBuf;

use anyhow::Result;

use crate::console;
use crate::panel::split::Code;
use crate::panel::{Mode, compile, fingerprint, finish, replace_unless_unchanged, stage};
use crate::project::Project;
use crate::tools::{self, Lock};

/// Builds the floor incrementally into the target directory.
pub fn build(project: &Project) -> Result<PathBuf> {
    let work = project.target.join("switchboard-floor");
    let _lock = Lock::acquire(&work.join("lock"), "Building the floor")?;
    console::step("Building the floor");
    let folder = project.root.join("benches/floor");
    let npm = tools::for_smaller_panel(project);
    let (module, wasm_bindgen) = compile(project, "switchboard-floor", Mode::Release, false)?;
    let staged = work.join("staged");
    let style = stage(&folder, &staged)?;
    let dist = work.join("dist");
    let fingerprint =
        fingerprint::Fingerprint::new(&work.join("stamp"), &module, &staged, &style, &npm)?;
    replace_unless_unchanged(&dist, &fingerprint, &work, |fresh| {
        let code = Code::whole(&module, &wasm_bindgen, &work)?;
        finish::finish(&staged, &code, &style, &npm, Mode::Release, fresh)
    })?;
    Ok(dist)
}
