//! The web servers that `deploy/` configures. Only tests start them.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::process;
use crate::project::Project;
use crate::tools::pins::Pins;
use crate::tools::{apt, path};

/// The programs, by the distribution's names.
const PROGRAMS: [&str; 3] = ["nginx", "caddy", "apache2"];

/// The distribution's folder for servers, which only root has on PATH.
const SERVERS: &str = "/usr/sbin";

/// Returns the program, if it is there.
pub fn find(program: &str) -> Option<PathBuf> {
    path::find(program).or_else(|| {
        let there = Path::new(SERVERS).join(program);
        there.is_file().then_some(there)
    })
}

/// Returns the missing programs.
pub fn missing() -> Vec<&'static str> {
    let missing = PROGRAMS
        .into_iter()
        .filter(|program| find(program).is_none());
    missing.collect()
}

/// Installs the missing servers.
///
/// # Errors
/// When one is missing and this is not root: the error contains the command.
pub fn ensure(project: &Project) -> Result<()> {
    let is_missing = || !missing().is_empty();
    if !is_missing() {
        return Ok(());
    }
    let packages = Pins::read(project)?.apt.web_servers;
    apt::ensure(
        project,
        &packages,
        "the web servers that deploy/ configures",
        is_missing,
    )?;
    stop_services();
    Ok(())
}

/// Stops the services that the packages started, if there are services at all: the tests need only the programs.
fn stop_services() {
    if Path::new("/run/systemd/system").is_dir() {
        let mut systemctl = Command::new("systemctl");
        systemctl.args(["disable", "--now", "nginx", "caddy"]);
        // A server that keeps running is a nuisance, but no reason to stop here.
        let _ = process::capture(&mut systemctl);
    }
}
