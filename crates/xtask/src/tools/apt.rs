//! Packages of the distribution (Debian and its derivatives). Only root installs them; other users see the command.

use std::process::Command;

use anyhow::{Result, bail};

use crate::console;
use crate::project::Project;
use crate::tools::{self, logged, path};

/// Returns whether packages can be installed here without asking.
pub fn possible() -> bool {
    nix::unistd::geteuid().is_root() && path::find("apt-get").is_some()
}

/// Returns the command that installs `packages`.
pub fn command(packages: &[String]) -> String {
    format!(
        "sudo apt-get update && sudo apt-get install {}",
        packages.join(" ")
    )
}

/// Installs `packages`, which provide `what`, if something is missing. Checks again once it holds the lock, because
/// another process may have installed it.
pub fn ensure(
    project: &Project,
    packages: &[String],
    what: &str,
    is_missing: impl Fn() -> bool,
) -> Result<()> {
    if !is_missing() {
        return Ok(());
    }
    if !possible() {
        bail!(
            "{what} is missing, and only root may install it. On Debian and its kin:  {}",
            command(packages)
        );
    }
    let _lock = tools::lock(project, "apt", "Installing with apt")?;
    if !is_missing() {
        return Ok(());
    }
    console::step(&format!(
        "Installing {what} with apt: {}",
        packages.join(" ")
    ));
    let log = project.tools().join("apt.log");
    let mut update = apt_get();
    update.arg("update");
    logged::run(&mut update, &log, "apt-get update")?;
    let mut install = apt_get();
    install
        .args(["install", "--yes", "--no-install-recommends"])
        .args(packages);
    logged::run(
        &mut install,
        &log,
        &format!("apt-get install {}", packages.join(" ")),
    )
}

fn apt_get() -> Command {
    let mut command = Command::new("apt-get");
    command
        .env("DEBIAN_FRONTEND", "noninteractive")
        .args(["-o", "DPkg::Lock::Timeout=300"]);
    command
}
