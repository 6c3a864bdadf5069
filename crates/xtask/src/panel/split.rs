//! Splits the module into what the form to connect needs, and the chunks that load on demand
//! (`src/app/lazy_chunks.rs`).

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::process;
use crate::tools::cargo_tool::remove_folder;

/// The feature of the panel that marks the points of the split.
pub const FEATURE: &str = "split";

/// The script that fetches the chunks.
pub const LOADER: &str = "__wasm_split.js";

/// The program, bound to JavaScript, in a folder that may be changed.
#[derive(Debug)]
pub struct Code {
    /// The folder, with the file names of wasm-bindgen.
    pub folder: PathBuf,
    /// The modules that [`LOADER`] fetches later.
    pub later: Vec<String>,
}

impl Code {
    /// Binds `module` without splitting it.
    pub fn whole(module: &Path, pack: &Path, work: &Path) -> Result<Self> {
        let folder = fresh(work)?;
        bind(pack, "bind", module, &folder)?;
        let later = Vec::new();
        Ok(Self { folder, later })
    }

    /// Splits and binds `module`, as the compiler produced it.
    pub fn in_parts(module: &Path, pack: &Path, work: &Path) -> Result<Self> {
        let folder = fresh(work)?;
        // Not in the folder, because the bound form is written there.
        let first = work.join("switchboard.wasm");
        let mut split = Command::new(pack);
        split
            .arg("split")
            .arg(module)
            .args([&folder, &first])
            .arg(LOADER);
        let mut later: Vec<String> = process::capture(&mut split)?
            .lines()
            .map(str::to_owned)
            .collect();
        bind(pack, "bind-first", &first, &folder)?;
        later.sort();
        Ok(Self { folder, later })
    }

    /// Rewrites one of the scripts.
    pub fn rewrite(&self, script: &str, change: impl FnOnce(&str) -> Result<String>) -> Result<()> {
        let path = self.folder.join(script);
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("{} cannot be read.", path.display()))?;
        Ok(std::fs::write(&path, change(&text)?)?)
    }
}

fn bind(pack: &Path, how: &str, module: &Path, folder: &Path) -> Result<()> {
    process::run_ok(
        Command::new(pack).arg(how).args([module, folder]),
        "The program could not be bound to JavaScript.",
    )
}

/// Creates an empty folder for the program in `work`.
fn fresh(work: &Path) -> Result<PathBuf> {
    let folder = work.join("code");
    remove_folder(&folder)?;
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}
