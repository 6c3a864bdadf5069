//! Switchboard's automation: `cargo xtask serve`, `test`, `bench`, `dist` and `doctor`, with all the set-up that they need.

mod bench;
mod console;
#[cfg(test)]
mod doc_commands;
mod doctor;
mod fuzz;
mod http;
#[cfg(test)]
mod layers;
mod panel;
mod process;
mod project;
mod serve;
#[cfg(test)]
mod sources;
mod suites;
#[cfg(test)]
mod texts;
mod tools;
#[cfg(test)]
mod web_servers;

use std::process::ExitCode;

use anyhow::Result;
use clap::{CommandFactory, Parser, Subcommand};

use project::Project;
use suites::Suite;
use tools::browsers::Browser;

/// Runs, tests and builds Switchboard. What is missing on this machine is installed into the checkout, once.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Option<Task>,
}

#[derive(Subcommand)]
enum Task {
    /// Build the panel and the sandbox, and serve both at http://127.0.0.1:8080/
    Serve {
        /// Port on 127.0.0.1; 0 takes a free one
        #[arg(long, default_value_t = 8080)]
        port: u16,
        /// Database of the sandbox: a file, or :memory: to forget everything at the end [default: .switchboard/sandbox.db]
        #[arg(long, value_name = "PATH")]
        db: Option<String>,
    },
    /// Run the tests, all of them or one part; ends with one line "N passed, N failed"
    Test {
        /// Only this part
        suite: Option<Suite>,
        /// Only this browser; may be given several times [default: all three, with a filter Chromium]
        #[arg(long)]
        browser: Vec<Browser>,
        /// Everything everywhere: each journey and fault in each browser, the fuzzer, the panel as Trunk builds it
        #[arg(long)]
        full: bool,
        /// Nothing is skipped because it passed before: this is always so, and the option changes nothing
        #[arg(long)]
        again: bool,
        /// Journeys run on the development build of the panel, which takes seconds to make
        #[arg(long)]
        dev: bool,
        /// Passed to the test programs, e.g. a part of a test's name
        #[arg(last = true)]
        filter: Vec<String>,
    },
    /// Look for inputs that break what crates/properties promises, led by coverage
    Fuzz {
        /// Only this target: the name of a folder in fuzz/seeds
        target: Option<String>,
        /// How many inputs each target is given; of growth, where each is long, the thousandth part
        #[arg(long, default_value_t = 1_000_000)]
        runs: u64,
    },
    /// Measure the panel beside the smallest application of its kind and a hand-written page, and hold each figure against its bar
    Bench {
        /// Only this part
        part: Option<bench::Part>,
        /// Fewer repeats, for trying something out; its figures are not to be published
        #[arg(long)]
        quick: bool,
    },
    /// Build the panel into dist/ for deployment, and list the size of every file
    Dist,
    /// Tell what is installed, what is missing and how it would be installed; changes nothing
    Doctor,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli) {
        Ok(code) => code,
        Err(error) => {
            process::wait_if_stopping();
            console::line(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> Result<ExitCode> {
    let Some(command) = cli.command else {
        Cli::command().print_help()?;
        return Ok(ExitCode::SUCCESS);
    };
    let project = Project::open()?;
    // Stopping a server is its normal end; stopping anything else interrupts it.
    process::stop_on_signal(if matches!(command, Task::Serve { .. }) {
        0
    } else {
        130
    })?;
    match command {
        Task::Serve { port, db } => serve::serve(&project, port, db.as_deref()),
        Task::Test {
            suite,
            browser,
            full,
            again: _,
            dev,
            filter,
        } => {
            let mode = if dev {
                panel::Mode::Development
            } else {
                panel::Mode::Release
            };
            let options = suites::Options {
                suite,
                browsers: browser,
                full,
                mode,
                filter: &filter,
            };
            suites::test(&project, &options)
        }
        Task::Fuzz { target, runs } => fuzz::fuzz(&project, target.as_deref(), runs),
        Task::Bench { part, quick } => bench::bench(&project, part, quick),
        Task::Dist => {
            let dist = panel::build(&project, panel::Mode::Release)?;
            console::result(panel::sizes::Sizes::of(&dist)?);
            Ok(ExitCode::SUCCESS)
        }
        Task::Doctor => doctor::doctor(&project).map(|()| ExitCode::SUCCESS),
    }
}
