//! The checks and tests that need no browser: formatting, lints, licences, native tests.

use std::process::Command;

use anyhow::Result;

use super::run::{Runner, Tests};
use crate::project::Project;
use crate::{console, tools};

/// The packages that are not tested on the host: the panel and the floor run in a browser, the journeys and the
/// benchmark drive one.
const ELSEWHERE: [&str; 4] = [
    "switchboard",
    "switchboard-floor",
    "switchboard-e2e",
    "switchboard-bench",
];

/// The journeys and the benchmark program, which are only linted here.
const DRIVERS: [&str; 2] = ["switchboard-e2e", "switchboard-bench"];

/// Checks and tests what runs on the host.
///
/// # Errors
/// When a tool is unavailable or the tests do not compile.
pub fn native(runner: &Runner) -> Result<()> {
    let project = runner.project;
    tools::for_native_tests(project)?;
    if !runner.is_filtered()
        && let Err(error) = tools::web_servers::ensure(project)
    {
        // The tests that start the servers fail, and the others still run.
        console::note(&format!("{error:#}"));
    }
    runner.check(
        "Formatting",
        project.cargo().args(["fmt", "--all", "--check"]),
    );
    let tests = || {
        let mut tests = linting_tests(project);
        let others = ELSEWHERE.map(|package| ["--exclude", package]);
        tests.arg("--workspace").args(others.as_flattened());
        tests
    };
    let name = "Native tests: compile and lint";
    runner
        .stages
        .measure(name, || runner.logged(name, tests().arg("--no-run")))?;
    runner.tests(vec![Tests {
        name: "Native tests".to_owned(),
        command: tests(),
    }]);
    if runner.is_filtered() {
        return Ok(());
    }
    let name = "Lints of the journeys and the benchmark";
    let mut lints = linting_tests(project);
    lints
        .arg("--no-run")
        .args(DRIVERS.map(|package| ["--package", package]).as_flattened());
    runner.check(name, &mut lints);
    for manifest in ["Cargo.toml", "fuzz/Cargo.toml"] {
        let name = format!("Licences, versions and sources ({manifest})");
        runner.check(&name, &mut cargo_deny(project, manifest)?);
    }
    Ok(())
}

/// Returns a `cargo test` that lints the workspace's packages while it compiles them. A separate `cargo clippy` would
/// check some three hundred dependencies a second time. Any warning is an error.
pub fn linting_tests(project: &Project) -> Command {
    let mut tests = project.cargo();
    tests
        .args(["test", "--locked", "--no-fail-fast"])
        // The same as `cargo clippy -- -D warnings`.
        .env("RUSTC_WORKSPACE_WRAPPER", "clippy-driver")
        .env(
            "CLIPPY_ARGS",
            "-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__",
        );
    tests
}

/// Returns the command that checks a lock file against `deny.toml`. Leaves out known vulnerabilities, because they
/// need a network.
fn cargo_deny(project: &Project, manifest: &str) -> Result<Command> {
    let mut command = Command::new(tools::for_denying(project)?);
    command
        .current_dir(&project.root)
        .args(["--locked", "--manifest-path", manifest])
        .args(["check", "--hide-inclusion-graph"]);
    // One file of rules for two lock files: neither needs all of them.
    for needless in [
        "license-not-encountered",
        "license-exception-not-encountered",
        "unmatched-skip",
        "unnecessary-skip",
    ] {
        command.args(["--allow", needless]);
    }
    command.args(["licenses", "bans", "sources"]);
    Ok(command)
}
