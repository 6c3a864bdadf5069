//! Where things are: the folders of the checkout that the commands read and write.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::process;

/// The checkout and its folders.
pub struct Project {
    /// The folder of the workspace's `Cargo.toml`.
    pub root: PathBuf,
    /// Cargo's target directory, wherever the environment or the configuration puts it.
    pub target: PathBuf,
}

impl Project {
    /// Finds the checkout that this program was built from, from whatever folder it was called.
    pub fn open() -> Result<Self> {
        // `cargo run` names the crate's folder; the path at compile time serves a binary that is called directly.
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

    /// The tools that the set-up installed, and what it needs to install them. Ignored by git.
    pub fn tools(&self) -> PathBuf {
        self.root.join(".tools")
    }

    /// The built panel, ready to be served or deployed.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// The sandbox's database when none is named: it outlives `cargo clean` and a restart. Ignored by git.
    pub fn sandbox_db(&self) -> PathBuf {
        self.root.join(".switchboard").join("sandbox.db")
    }

    /// Cargo, called in the root of the checkout, as the cargo that called us.
    pub fn cargo(&self) -> Command {
        let mut command = Command::new(cargo());
        command.current_dir(&self.root);
        command
    }

    /// A path as a person would write it: relative to the checkout where it is inside.
    pub fn display<'a>(&self, path: &'a Path) -> std::path::Display<'a> {
        path.strip_prefix(&self.root).unwrap_or(path).display()
    }
}

/// The cargo that runs us, or the one on PATH.
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
