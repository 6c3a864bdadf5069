//! Takes the module apart: what the form to connect needs, and the parts that arrive when they are wanted (`src/app/parts.rs`).

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow};

use crate::process;
use crate::tools::cargo_tool::remove_folder;

/// The feature of the panel that marks where it can be taken apart.
pub const FEATURE: &str = "split";

/// What wasm-split calls the script that fetches the parts.
const LOADER: &str = "__wasm_split.js";

/// The panel in parts, bound to JavaScript.
#[derive(Debug)]
pub struct Parts {
    /// Where they are: the glue and the first module under the names that Trunk gives them, and the files below.
    pub folder: PathBuf,
    /// The modules that arrive later. The glue, once bundled, names them.
    pub later: Vec<String>,
}

/// Takes `module`, as the compiler left it, apart in the folder `work`.
pub fn split(module: &Path, wasm_bindgen: &Path, work: &Path) -> Result<Parts> {
    let folder = work.join("parts");
    remove_folder(&folder)?;
    std::fs::create_dir_all(&folder)?;
    let input =
        std::fs::read(module).with_context(|| format!("{} cannot be read.", module.display()))?;
    // Outside of the folder: wasm-bindgen writes its own form of it there.
    let first = work.join("switchboard.wasm");
    let mut options = wasm_split_cli_support::Options::new(&input);
    options.output_dir = &folder;
    options.main_out_path = &first;
    options.main_module = "./switchboard.js";
    let link = format!("./{LOADER}");
    options.link_name = &link;
    let parts = wasm_split_cli_support::transform(options)
        .map_err(|error| anyhow!("The module could not be taken apart: {error:#}"))?;
    let mut bindgen = Command::new(wasm_bindgen);
    bindgen
        // The parts share what the linker exports: memory, stack and table.
        .args(["--target", "web", "--no-typescript", "--keep-lld-exports"])
        .arg("--out-dir")
        .arg(&folder)
        .arg(&first);
    process::run_ok(
        &mut bindgen,
        "The first part of the module could not be bound to JavaScript.",
    )?;
    let mut later = parts
        .split_modules
        .iter()
        .map(|path| {
            let name = path.file_name().and_then(|name| name.to_str());
            name.map(str::to_owned).context("A part has no name.")
        })
        .collect::<Result<Vec<_>>>()?;
    later.sort();
    Ok(Parts { folder, later })
}
