//! Builds the floor (`benches/floor`) with the same tools and the same finishing as the panel, which is compared with
//! it.

use std::path::PathBuf;

use anyhow::Result;

use crate::console;
use crate::panel::split::Code;
use crate::panel::{Inputs, Mode, compile};
use crate::project::Project;
use crate::tools::Lock;

/// Builds the floor incrementally into the target directory.
pub fn build(project: &Project) -> Result<PathBuf> {
    let work = project.target.join("switchboard-floor");
    let _lock = Lock::acquire(&work.join("lock"), "Building the floor")?;
    console::step("Building the floor");
    let folder = project.root.join("benches/floor");
    let npm = crate::tools::for_smaller_panel(project);
    let (module, pack) = compile(project, "switchboard-floor", Mode::Release, false)?;
    let dist = work.join("dist");
    let inputs = Inputs {
        page: &folder,
        module: &module,
        pack: &pack,
        npm: &npm,
        mode: Mode::Release,
    };
    inputs.finish_into(&dist, &work, || Code::whole(&module, &pack, &work))?;
    Ok(dist)
}
