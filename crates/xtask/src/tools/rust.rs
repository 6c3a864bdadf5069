//! The components of the Rust toolchain that rustup adds: the WebAssembly target, rustfmt and clippy.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::project::Project;
use crate::tools::{self, path};
use crate::{console, process};

/// The target that the panel is compiled for.
pub const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// Returns the version of the compiler in use, e.g. "1.95.0".
pub fn rustc_version(project: &Project) -> Result<String> {
    let text = process::capture(
        Command::new("rustc")
            .current_dir(&project.root)
            .arg("--version"),
    )?;
    Ok(text
        .split_whitespace()
        .nth(1)
        .unwrap_or("unknown")
        .to_owned())
}

/// Returns the compiler's name for this machine, e.g. "x86_64-unknown-linux-gnu".
pub fn host(project: &Project) -> Result<String> {
    let text = process::capture(Command::new("rustc").current_dir(&project.root).arg("-vV"))?;
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.context("`rustc -vV` names no host.")?.to_owned())
}

/// Returns the path of the standard library for the browser, if it is installed.
pub fn wasm_target(project: &Project) -> Option<PathBuf> {
    let sysroot = process::capture(
        Command::new("rustc")
            .current_dir(&project.root)
            .args(["--print", "sysroot"]),
    )
    .ok()?;
    let library = PathBuf::from(sysroot.trim())
        .join("lib/rustlib")
        .join(WASM_TARGET)
        .join("lib");
    let has_core = std::fs::read_dir(&library)
        .ok()?
        .flatten()
        .any(|entry| entry.file_name().to_string_lossy().starts_with("libcore-"));
    has_core.then_some(library)
}

/// Adds the WebAssembly target to the toolchain in use, if it is missing.
pub fn ensure_wasm_target(project: &Project) -> Result<()> {
    if wasm_target(project).is_some() {
        return Ok(());
    }
    rustup(project, &["target", "add", WASM_TARGET])
}

/// Returns the missing ones of cargo's subcommands `fmt` and `clippy`, by the name of their component.
pub fn missing_components(project: &Project) -> Vec<&'static str> {
    [("fmt", "rustfmt"), ("clippy", "clippy")]
        .into_iter()
        .filter(|(subcommand, _)| {
            process::capture(project.cargo().args([subcommand, "--version"])).is_err()
        })
        .map(|(_, component)| component)
        .collect()
}

/// Adds rustfmt and clippy to the toolchain in use, if they are missing.
pub fn ensure_components(project: &Project) -> Result<()> {
    let missing = missing_components(project);
    if missing.is_empty() {
        return Ok(());
    }
    rustup(
        project,
        &[&["component", "add"], missing.as_slice()].concat(),
    )
}

fn rustup(project: &Project, arguments: &[&str]) -> Result<()> {
    let command = format!("rustup {}", arguments.join(" "));
    if path::find("rustup").is_none() {
        bail!(
            "This Rust toolchain needs what `{command}` adds, and rustup is not on PATH. \
             Install rustup (https://rustup.rs), or add it by your distribution's package manager, and try again."
        );
    }
    let _lock = tools::lock(project, "rustup", "Adding to the Rust toolchain")?;
    console::step(&format!("Adding to the Rust toolchain: {command}"));
    process::run_ok(
        Command::new("rustup")
            .current_dir(&project.root)
            .args(arguments),
        &format!("`{command}` failed: is the network there?"),
    )
}
