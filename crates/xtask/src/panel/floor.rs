//! The build of the floor (`benches/floor`): by the same tools and finished in the same way as the panel, which is weighed against it.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::panel::split::Code;
use crate::panel::{css, finish, replace_unless_unchanged, stamp, trunk};
use crate::project::Project;
use crate::say;
use crate::tools::{Lock, PanelTools};

/// Builds the floor into the target directory, doing only what changed since the last time.
pub fn build(project: &Project, tools: &PanelTools) -> Result<PathBuf> {
    let work = project.target.join("switchboard-floor");
    let _lock = Lock::acquire(&work.join("lock"), "Building the floor")?;
    say::step("Building the floor");
    let folder = project.root.join("benches/floor");
    let staged = work.join("staged");
    trunk(project, tools, &folder, None, &staged)?;
    call_it_switchboard(&staged)?;
    let style = css::inline_imports(&folder.join("main.css"))?;
    let dist = work.join("dist");
    let stamp = stamp::Stamp::new(&work.join("stamp"), &staged, &style, &tools.npm)?;
    replace_unless_unchanged(&dist, &stamp, &work, |fresh| {
        let code = Code::whole(&staged, &work)?;
        finish::finish(&staged, &code, &style, &tools.npm, fresh)
    })?;
    Ok(dist)
}

/// Gives what Trunk built the names that the panel's files have, which are those that the finishing knows. Only the program itself cannot be
/// called so: two programs of one name in one workspace would overwrite each other.
fn call_it_switchboard(staged: &Path) -> Result<()> {
    let rename = |old: &str, new: &str| {
        std::fs::rename(staged.join(old), staged.join(new))
            .with_context(|| format!("Trunk built no {old}."))
    };
    rename("switchboard-floor.js", "switchboard.js")?;
    rename("switchboard-floor_bg.wasm", "switchboard_bg.wasm")?;
    // In the glue nothing but the file's name: the module asks for its imports under the name that it was compiled with.
    for (file, old, new) in [
        ("index.html", "switchboard-floor", "switchboard"),
        (
            "switchboard.js",
            "switchboard-floor_bg.wasm",
            "switchboard_bg.wasm",
        ),
    ] {
        let path = staged.join(file);
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("{} cannot be read.", path.display()))?;
        std::fs::write(&path, text.replace(old, new))?;
    }
    Ok(())
}
