//! The folders of the checkout that the commands read and write.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::process;

/// The checkout and its folders.
pub struct Project {
    /// The folder of the workspace's `Cargo.toml`.
    pub root: PathBuf,
    /// Cargo's target directory, as set by the environment or the configuration.
    pub target: PathBuf,
}

impl Project {
    /// Finds the checkout that this program was built from, from any working directory.
    pub fn open() -> Result<Self> {
        // `cargo run` sets the crate's folder; the compile-time path serves a binary that is called directly.
        let manifest_dir = std::env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest_dir
            .ancestors()
            .find(|folder| {
                folder.join("Cargo.lock").is_file() && folder.join("index.html").is_file()
            })
            .with_context(|| format!("No Switchboard checkout holds {}.", manifest_dir.display()))?
            .to_owned();
        let target = target_directory(&root)?;
        Ok(Self { root, target })
    }

    /// Returns the folder of the installed tools. Ignored by git.
    pub fn tools(&self) -> PathBuf {
        self.root.join(".tools")
    }

    /// Returns the folder of the built panel.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// Returns the default database of the sandbox, which survives `cargo clean` and a restart. Ignored by git.
    pub fn sandbox_db(&self) -> PathBuf {
        self.root.join(".switchboard").join("sandbox.db")
    }

    /// Returns a command for the cargo that called us, in the root of the checkout.
    pub fn cargo(&self) -> Command {
        let mut command = Command::new(cargo());
        command.current_dir(&self.root);
        command
    }

    /// Displays a path relative to the checkout if it is inside.
    pub fn display<'a>(&self, path: &'a Path) -> std::path::Display<'a> {
        path.strip_prefix(&self.root).unwrap_or(path).display()
    }
}

/// Returns the cargo that runs us, or the one on PATH.
fn cargo() -> std::ffi::OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

fn target_directory(root: &Path) -> Result<PathBuf> {
    let mut command = Command::new(cargo());
    command
        .current_dir(root)
        .args(["metadata", "--no-deps", "--format-version", "1"]);
    let text = process::capture(&mut command)?;
    let metadata: serde_json::Value =
        serde_json::from_str(&text).context("`cargo metadata` did not answer in JSON.")?;
    let target = metadata["target_directory"]
        .as_str()
        .context("`cargo metadata` names no target directory.")?;
    Ok(PathBuf::from(target))
}
