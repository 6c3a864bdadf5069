//! `cargo xtask test`: every check there is, each told as it runs, and one line at the end that counts them.

mod browser;
mod record;
mod run;
mod tally;

use std::io::IsTerminal;
use std::process::{Command, ExitCode};

use anyhow::{Result, anyhow};
use clap::ValueEnum;

use crate::project::Project;
use crate::tools::browsers::Browser;
use crate::tools::rust::WASM_TARGET;
use crate::{say, tools};
use run::Runner;

/// A part of the tests that can be run alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Suite {
    /// Formatting, lints, and every test that needs no browser
    Native,
    /// The panel's components and storage, in a headless browser
    Components,
    /// The journeys through the built panel, in a browser against the sandbox
    Journeys,
}

/// Runs `suite`, or all of them, and counts. Of browsers only those that are `named`, if any are, and those in full. `filter` goes to the test
/// programs; with one, only tests run. What passed with the same files is not run again, but for `again`.
pub fn test(
    project: &Project,
    suite: Option<Suite>,
    named: &[Browser],
    again: bool,
    filter: &[String],
) -> Result<ExitCode> {
    let all = named.is_empty();
    let browsers = if all {
        Browser::value_variants()
    } else {
        named
    };
    let mut runner = Runner::new(project, filter, again);
    let suites = suite.map_or_else(|| Suite::value_variants().to_vec(), |suite| vec![suite]);
    std::thread::scope(|scope| {
        if suites.len() > 1 && filter.is_empty() {
            scope.spawn(|| tools::ahead(project, browsers));
        }
        run(project, &mut runner, &suites, browsers, !all);
    });
    Ok(runner.tally.conclude())
}

fn run(
    project: &Project,
    runner: &mut Runner,
    suites: &[Suite],
    browsers: &[Browser],
    in_full: bool,
) {
    for suite in suites {
        match suite {
            Suite::Native => count(runner, "native tests", |runner| native(project, runner)),
            Suite::Components => {
                for browser in browsers {
                    let name = format!("component tests in {}", browser.title());
                    count(runner, &name, |runner| {
                        browser::components(project, runner, *browser)
                    });
                }
            }
            Suite::Journeys => count(runner, "journeys", |runner| {
                browser::journeys(project, runner, browsers, in_full)
            }),
        }
    }
}

fn native(project: &Project, runner: &mut Runner) -> Result<()> {
    tools::for_native_tests(project)?;
    let mut formatting = project.cargo();
    formatting.args(["fmt", "--all", "--check"]);
    if !std::io::stdout().is_terminal() {
        formatting.args(["--", "--color", "never"]);
    }
    runner.check("Formatting", &mut formatting)?;
    let deny = ["--", "-D", "warnings"];
    let clippy = ["clippy", "--locked", "--all-targets"];
    // What runs in the browser is checked as it runs there, once: none of it is for this machine alone.
    let for_browser = ["switchboard", "switchboard-floor"];
    let others = for_browser.map(|package| ["--exclude", package]);
    let mut lints = project.cargo();
    lints.args(clippy).arg("--workspace").args(others.concat());
    runner.check("Lints", lints.args(deny))?;
    let packages = for_browser.map(|package| ["--package", package]).concat();
    runner.check(
        "Lints of the panel and the floor as the browser runs them",
        project
            .cargo()
            .args(clippy)
            .args(packages)
            .args(["--target", WASM_TARGET])
            .args(deny),
    )?;
    if !runner.is_filtered() {
        for manifest in ["Cargo.toml", "fuzz/Cargo.toml"] {
            let name = format!("Licences, versions and sources ({manifest})");
            runner.check(&name, &mut what_is_denied(project, manifest)?)?;
        }
    }
    let tests = [
        "test",
        "--locked",
        "--no-fail-fast",
        "--workspace",
        "--exclude",
        "switchboard-e2e",
    ];
    let mut native = project.cargo();
    native.args(tests);
    runner.tests("Native tests", native)?;
    if runner.is_filtered() {
        return Ok(());
    }
    for (name, held) in crate::fuzz::short_run(project)? {
        runner.holds(
            &name,
            if held {
                Ok(())
            } else {
                Err(anyhow!("an input was found that breaks it; see above"))
            },
        );
    }
    Ok(())
}

/// What `deny.toml` wants of a lock file. Known vulnerabilities are not asked for: that takes a network.
fn what_is_denied(project: &Project, manifest: &str) -> Result<Command> {
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

/// Runs a part. What keeps it from running at all must not keep the others from telling what they know.
fn count<'a>(
    runner: &mut Runner<'a>,
    name: &str,
    part: impl FnOnce(&mut Runner<'a>) -> Result<()>,
) {
    if let Err(error) = part(runner) {
        crate::process::wait_if_stopping();
        say::line(&format!("{error:#}"));
        runner.tally.fail(&format!("set-up for {name}"));
    }
}
