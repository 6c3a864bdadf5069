//! Splits the module into what the form to connect needs, and the chunks that load on demand
//! (`src/app/lazy_chunks.rs`).

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::panel::BuildTools;
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
    pub fn whole(module: &Path, tools: &BuildTools, work: &Path) -> Result<Self> {
        let folder = fresh(work)?;
        let mut bindgen = bindgen(&tools.wasm_bindgen, module, &folder);
        bindgen.args(["--out-name", "switchboard"]);
        process::run_ok(
            &mut bindgen,
            "The program could not be bound to JavaScript.",
        )?;
        let later = Vec::new();
        Ok(Self { folder, later })
    }

    /// Splits and binds `module`, as the compiler produced it.
    pub fn in_parts(module: &Path, tools: &BuildTools, work: &Path) -> Result<Self> {
        let folder = fresh(work)?;
        // Not in the folder, because wasm-bindgen writes its own form of it there.
        let first = work.join("switchboard.wasm");
        let mut split = Command::new(&tools.pack);
        split
            .arg("split")
            .arg(module)
            .args([&folder, &first])
            .arg(LOADER);
        let mut later: Vec<String> = process::capture(&mut split)?
            .lines()
            .map(str::to_owned)
            .collect();
        let mut bindgen = bindgen(&tools.wasm_bindgen, &first, &folder);
        // The parts share what the linker exports: memory, stack and table.
        bindgen.arg("--keep-lld-exports");
        process::run_ok(
            &mut bindgen,
            "The first part of the program could not be bound to JavaScript.",
        )?;
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

fn bindgen(program: &Path, module: &Path, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .args(["--target", "web", "--no-typescript", "--out-dir"])
        .arg(folder)
        .arg(module);
    command
}

/// Creates an empty folder for the program in `work`.
fn fresh(work: &Path) -> Result<PathBuf> {
    let folder = work.join("code");
    remove_folder(&folder)?;
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}
