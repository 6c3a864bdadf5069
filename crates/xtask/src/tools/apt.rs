//! Packages of the distribution (Debian and its kin), installed only by root; everybody else is told the command.

use std::process::Command;

use anyhow::{Result, bail};

use crate::console;
use crate::project::Project;
use crate::tools::{self, logged, path};

/// Whether packages can be installed here without asking anybody.
pub fn possible() -> bool {
    nix::unistd::geteuid().is_root() && path::find("apt-get").is_some()
}

/// What a person would type to install `packages`.
pub fn command(packages: &[String]) -> String {
    format!(
        "sudo apt-get update && sudo apt-get install {}",
        packages.join(" ")
    )
}

/// Installs `packages`, which bring `what`, where something is missing, and still is once nobody else installs any.
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
