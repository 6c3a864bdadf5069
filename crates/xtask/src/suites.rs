//! `cargo xtask test`: builds, checks and tests, in parallel if possible. Ends with a table of times, every failure
//! with its reason, and one line with the counts.

mod browser;
mod host;
mod run;
mod stages;
mod tally;

use std::process::ExitCode;

use anyhow::Result;
use clap::ValueEnum;

use crate::panel::Mode;
use crate::project::Project;
use crate::tools::browsers::Browser;
use crate::{console, fuzz, tools};
use run::Runner;

/// A part of the tests that can be run alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Suite {
    /// Formatting, lints, licences, and every test that needs no browser
    Native,
    /// The panel's functions, components and screens, in headless browsers
    Components,
    /// The journeys through the built panel, in browsers against the sandbox
    Journeys,
}

/// The options of a run.
pub struct Options<'a> {
    /// One part; all without it.
    pub suite: Option<Suite>,
    /// Browsers by name; without any, all three, or Chromium alone with a filter.
    pub browsers: Vec<Browser>,
    /// Everything everywhere: all journeys and faults in every browser, the fuzzer, the panel as Trunk builds it.
    pub full: bool,
    /// How the panel is built.
    pub mode: Mode,
    /// Passed to the test programs, e.g. a part of a test's name.
    pub filter: &'a [String],
}

impl Options<'_> {
    fn has(&self, suite: Suite) -> bool {
        self.suite.is_none_or(|only| only == suite)
    }

    fn browsers(&self) -> Vec<Browser> {
        match (self.browsers.is_empty(), self.filter.is_empty()) {
            (false, _) => self.browsers.clone(),
            (true, true) => Browser::value_variants().to_vec(),
            (true, false) => vec![Browser::Chromium],
        }
    }
}

/// Runs the requested tests and counts them.
///
/// # Errors
/// When the table of times cannot be written.
pub fn test(project: &Project, options: &Options) -> Result<ExitCode> {
    let runner = Runner::new(project, options.filter);
    let browsers = options.browsers();
    let attempt = |name: &str, part: &mut dyn FnMut() -> Result<()>| {
        // An error in one part must not prevent the others from reporting.
        if let Err(error) = part() {
            runner.fail(name, &error);
        }
    };
    let (native, components, journeys) = (
        options.has(Suite::Native),
        options.has(Suite::Components),
        options.has(Suite::Journeys),
    );
    let mut built = None;
    std::thread::scope(|scope| {
        if options.suite.is_none() && !runner.is_filtered() {
            scope.spawn(|| {
                runner
                    .stages
                    .measure("Tools", || tools::ahead(project, &browsers))
            });
        }
        let panel = journeys.then(|| scope.spawn(|| browser::build(&runner, options.mode)));
        if native {
            scope.spawn(|| attempt("Native tests", &mut || host::native(&runner)));
        }
        if components {
            scope.spawn(|| {
                attempt("Component tests", &mut || {
                    browser::components(&runner, &browsers)
                });
            });
        }
        built = panel.map(|panel| {
            panel
                .join()
                .unwrap_or_else(|_| Err(anyhow::anyhow!("The build ended unexpectedly.")))
        });
    });
    if let Some(built) = built {
        attempt("Journeys", &mut || {
            let built = match &built {
                Ok(built) => built,
                Err(error) => anyhow::bail!("{error:#}"),
            };
            browser::journeys(&runner, built, &browsers, options.full)
        });
    }
    if options.full && !runner.is_filtered() {
        if native {
            attempt("Fuzzing", &mut || {
                for (name, held) in runner
                    .stages
                    .measure("Fuzzer", || fuzz::short_run(project))?
                {
                    runner.holds(&name, held);
                }
                Ok(())
            });
        }
        if journeys {
            attempt("The panel as Trunk builds it", &mut || {
                browser::trunk(&runner)
            });
        }
    }
    let tally = runner.tally();
    if !runner.is_filtered() {
        runner.stages.save(
            &project.target.join("test-times.json"),
            tally.passed,
            tally.failed,
        )?;
        console::line(&format!("{}", runner.stages));
    }
    Ok(tally.conclude())
}
