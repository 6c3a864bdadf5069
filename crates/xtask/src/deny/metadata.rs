//! The packages of a lock file, as `cargo metadata` tells them.

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::process;
use crate::project::Project;

/// What `cargo metadata` says.
#[derive(Debug, Deserialize)]
pub struct Metadata {
    /// Every package, for every platform.
    pub packages: Vec<Package>,
}

/// One package.
#[derive(Debug, Deserialize)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its licence, an expression of SPDX.
    pub license: Option<String>,
    /// Where it comes from; nothing for a member.
    pub source: Option<String>,
    /// To which registries it may be published; nothing for all.
    pub publish: Option<Vec<String>>,
    /// What it asks for.
    pub dependencies: Vec<Dependency>,
}

/// What a package asks for.
#[derive(Debug, Deserialize)]
pub struct Dependency {
    /// Its name.
    pub name: String,
    /// Which versions will do.
    pub req: String,
    /// Where it is, for a member.
    pub path: Option<String>,
}

impl Metadata {
    /// Asks cargo.
    pub fn of(project: &Project, manifest: &str) -> Result<Self> {
        let mut command = project.cargo();
        command
            .args(["metadata", "--locked", "--all-features"])
            .args(["--format-version", "1", "--manifest-path", manifest]);
        let text = process::capture(&mut command)?;
        serde_json::from_str(&text).context("`cargo metadata` did not answer as expected.")
    }
}

impl Package {
    /// Whether it is never published.
    pub fn is_private(&self) -> bool {
        self.publish.as_ref().is_some_and(Vec::is_empty)
    }
}
