//! Binds the panel's module to JavaScript, splits it and compresses its files. A program of its own, so that `cargo xtask` itself is compiled
//! quickly: this one is compiled while the panel is, which for its last minute leaves a core idle.

mod compress;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use rayon::prelude::*;
use wasm_bindgen_cli_support::Bindgen;

/// Extensions of compressible files.
const COMPRESSIBLE: [&str; 8] = [
    "css",
    "html",
    "js",
    "json",
    "svg",
    "txt",
    "wasm",
    "webmanifest",
];

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["split", module, folder, first, loader] => {
            for part in split(module.as_ref(), folder.as_ref(), first.as_ref(), loader)? {
                println!("{part}");
            }
            Ok(())
        }
        ["bind", module, folder] => bind(module.as_ref(), folder.as_ref(), false),
        ["bind-first", module, folder] => bind(module.as_ref(), folder.as_ref(), true),
        ["compress", folder] => compress_below(folder.as_ref()),
        _ => bail!(
            "Call it as `split MODULE FOLDER FIRST LOADER`, `bind MODULE FOLDER`, `bind-first MODULE FOLDER` or \
             `compress FOLDER`."
        ),
    }
}

/// Splits `module`, as the compiler produced it. Writes its first part to `first`; the other parts, and the script
/// `loader` that fetches them, into `folder`. Returns the file names of these parts.
fn split(module: &Path, folder: &Path, first: &Path, loader: &str) -> Result<Vec<String>> {
    let input =
        std::fs::read(module).with_context(|| format!("{} cannot be read.", module.display()))?;
    let link = format!("./{loader}");
    let mut options = wasm_split_cli_support::Options::new(&input);
    options.output_dir = folder;
    options.main_out_path = first;
    options.main_module = "./switchboard.js";
    options.link_name = &link;
    let parts = wasm_split_cli_support::transform(options)
        .map_err(|error| anyhow!("The module could not be taken apart: {error:#}"))?;
    let names = parts.split_modules.iter().map(|path| {
        let name = path.file_name().and_then(|name| name.to_str());
        name.map(str::to_owned).context("A part has no name.")
    });
    names.collect()
}

/// Binds `module` to JavaScript, and writes it with its script into `folder` under the name `switchboard`. The first
/// part of a split module keeps what the linker exports: the parts share memory, stack and table.
fn bind(module: &Path, folder: &Path, is_first_part: bool) -> Result<()> {
    Bindgen::new()
        .input_path(module)
        .out_name("switchboard")
        .web(true)?
        .typescript(false)
        .omit_default_module_path(false)
        .keep_lld_exports(is_first_part)
        .generate(folder)
        .with_context(|| format!("{} could not be bound to JavaScript.", module.display()))
}

/// Writes the compressed variants of every file below `folder` beside it, if they are smaller.
fn compress_below(folder: &Path) -> Result<()> {
    let mut files = Vec::new();
    compressible(folder, &mut files)?;
    files.par_iter().try_for_each(|path| {
        let extension = extension(path);
        let bytes = std::fs::read(path)?;
        for (suffix, compressed) in [
            ("br", compress::brotli(&bytes)?),
            ("gz", compress::gzip(&bytes)?),
        ] {
            if compressed.len() < bytes.len() {
                let path = path.with_extension(format!("{extension}.{suffix}"));
                std::fs::write(&path, compressed)
                    .with_context(|| format!("{} cannot be written.", path.display()))?;
            }
        }
        Ok(())
    })
}

fn compressible(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            compressible(&path, files)?;
        } else if COMPRESSIBLE.contains(&&*extension(&path)) {
            files.push(path);
        }
    }
    Ok(())
}

fn extension(path: &Path) -> String {
    let extension = path.extension().unwrap_or_default();
    extension.to_string_lossy().into_owned()
}
