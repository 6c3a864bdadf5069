//! Turns the compiler's output into the deployed files: smaller, with content hashes, integrity metadata and
//! compressed variants.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use rayon::prelude::*;

use crate::console;
use crate::panel::fingerprint::files_below;
use crate::panel::page::{self, Hash};
use crate::panel::split::{Code, LOADER};
use crate::panel::{Inputs, Mode, policy, verify_integrity, worker};
use crate::process;
use crate::tools::npm::NpmTools;

/// The names of the files in the page and in wasm-bindgen's output.
const PAGE: &str = "index.html";
const GLUE: &str = "switchboard.js";
const MODULE: &str = "switchboard_bg.wasm";
const STYLE: &str = "main.css";
/// The script that runs before the first paint.
const FIRST: &str = "first.js";

/// The features of WebAssembly that rustc enables by default; without these flags wasm-opt refuses the module.
const WASM_FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-reference-types",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-multivalue",
];

/// Writes the finished panel into the empty folder `out`. `code` is the program; `style` is the whole style sheet.
pub fn finish(staged: &Path, code: &Code, style: &str, inputs: &Inputs, out: &Path) -> Result<()> {
    let (npm, mode) = (inputs.npm, inputs.mode);
    let mut html =
        std::fs::read_to_string(staged.join(PAGE)).context("There is no staged page.")?;
    let mut kept = Vec::new();
    let mut put = |old: &str, name: &str, bytes: &[u8], sealed: bool| -> Result<String> {
        let hash = Hash::of(bytes);
        let new = page::hashed_name(name, &hash);
        html = page::point_to(&html, old, &new, sealed.then_some(&hash))?;
        write(out, Path::new(&new), bytes)?;
        kept.push((new.clone(), hash));
        Ok(new)
    };

    // The script must fetch the module with the same integrity as the preload: otherwise the browser would load it
    // twice.
    let modules: Vec<&str> = std::iter::once(MODULE)
        .chain(code.later.iter().map(String::as_str))
        .collect();
    let optimised: Result<Vec<Vec<u8>>> = modules
        .par_iter()
        .map(|name| optimised_module(&code.folder.join(name), npm))
        .collect();
    let mut optimised = optimised?.into_iter();
    let bytes = optimised.next().unwrap_or_default();
    let module = put(MODULE, "switchboard.wasm", &bytes, true)?;
    code.rewrite(GLUE, |glue| {
        let glue = page::guarded(glue, &Hash::of(&bytes))?;
        page::load_module(&glue, MODULE, &module)
    })?;
    if !code.later.is_empty() {
        code.rewrite(LOADER, page::quiet)?;
    }
    let mut later = Vec::new();
    for (part, bytes) in code.later.iter().zip(optimised) {
        let hash = Hash::of(&bytes);
        let name = page::hashed_name(part, &hash);
        code.rewrite(LOADER, |loader| page::load_part(loader, part, &name, &hash))?;
        write(out, Path::new(&name), &bytes)?;
        later.push((name, hash));
    }
    let program = put(GLUE, GLUE, script(code, npm)?.as_bytes(), true)?;
    put(STYLE, STYLE, minified(npm, style, "css")?.as_bytes(), true)?;
    // The floor of the benchmark has none.
    if staged.join(FIRST).is_file() {
        let first = std::fs::read_to_string(staged.join(FIRST))?;
        put(FIRST, FIRST, minified(npm, &first, "js")?.as_bytes(), true)?;
    }

    if npm.esbuild.is_none() {
        for file in files_below(&code.folder)? {
            if file.starts_with("snippets") {
                write(out, &file, &std::fs::read(code.folder.join(&file))?)?;
            }
        }
    }
    for file in files_below(staged)? {
        let Some(name) = file.to_str() else {
            bail!("{} has a name that no address can have.", file.display())
        };
        if [PAGE, FIRST].contains(&name) {
            continue;
        }
        let bytes = std::fs::read(staged.join(&file))?;
        if name.ends_with(".svg") {
            put(name, name, &bytes, false).map(drop)?
        } else {
            write(out, &file, &bytes)?
        }
    }
    page::refuse_inline_code(&html)?;
    let html = policy::written_into(&html)?;
    verify_integrity::verify_integrity(&html, out)?;
    kept.extend(later);
    kept.sort_by_key(|(name, _)| *name != program);
    let worker = worker::keeping(&html, &kept)?;
    write(
        out,
        Path::new(worker::NAME),
        minified(npm, &worker, "js")?.as_bytes(),
    )?;
    write(out, Path::new(PAGE), html.as_bytes())?;
    if mode == Mode::Release {
        let mut compress = Command::new(inputs.pack);
        compress.arg("compress").arg(out);
        process::capture(&mut compress)?;
    }
    Ok(())
}

fn write(out: &Path, name: &Path, bytes: &[u8]) -> Result<()> {
    let path = out.join(name);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(&path, bytes).with_context(|| format!("{} cannot be written.", path.display()))
}

/// Returns the module after wasm-opt, or unchanged if wasm-opt is missing or fails, because the optimisation is not
/// essential.
fn optimised_module(plain: &Path, npm: &NpmTools) -> Result<Vec<u8>> {
    let Some(wasm_opt) = &npm.wasm_opt else {
        return Ok(std::fs::read(plain)?);
    };
    let optimised = plain.with_extension("optimised");
    let mut command = Command::new(wasm_opt);
    command
        .arg("-Oz")
        .args(WASM_FEATURES)
        .arg(plain)
        .arg("--output")
        .arg(&optimised);
    if let Err(error) = process::capture(&mut command) {
        console::note(&format!("{error:#}"));
        console::note("The panel stays without wasm-opt: larger, otherwise the same.");
        return Ok(std::fs::read(plain)?);
    }
    let bytes = std::fs::read(&optimised)?;
    std::fs::remove_file(optimised)?;
    Ok(bytes)
}

/// Returns the only script of the page: the glue and the call that starts it.
fn script(code: &Code, npm: &NpmTools) -> Result<String> {
    let Some(esbuild) = &npm.esbuild else {
        return page::start_appended(&std::fs::read_to_string(code.folder.join(GLUE))?);
    };
    let mut command = Command::new(esbuild);
    command.current_dir(&code.folder).args([
        "--bundle",
        "--minify",
        "--format=esm",
        "--target=es2022",
        "--log-level=warning",
        // The glue names the script that fetches the parts once for each of them.
        "--log-override:duplicate-object-key=silent",
    ]);
    filter(&mut command, page::start_module())
}

/// Minifies `text`, or returns it unchanged if esbuild is missing.
fn minified(npm: &NpmTools, text: &str, loader: &str) -> Result<String> {
    let Some(esbuild) = &npm.esbuild else {
        return Ok(text.to_owned());
    };
    let mut command = Command::new(esbuild);
    command
        .args(["--minify", "--log-level=warning"])
        .arg(format!("--loader={loader}"));
    filter(&mut command, text)
}

/// Pipes `text` through `command`.
fn filter(command: &mut Command, text: &str) -> Result<String> {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("esbuild could not be started.")?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(text.as_bytes())?;
    }
    let output = child.wait_with_output()?;
    if !output.status.success() {
        bail!(
            "esbuild failed ({}); its own words are above.",
            output.status
        );
    }
    Ok(String::from_utf8(output.stdout)?)
}
