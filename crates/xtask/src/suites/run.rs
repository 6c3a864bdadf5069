//! Runs checks and test programs: shows a progress line, writes the whole output to a log, and reports failures at
//! the end.

use std::collections::VecDeque;
use std::fs::File;
use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result, bail};

use super::stages::Stages;
use super::tally::{Heard, Tally};
use crate::console::{self, Activity};
use crate::process::{self, Child};
use crate::project::Project;
use crate::tools::logged;

/// The number of suites of one kind that run in parallel.
const AT_ONCE: usize = 2;

/// Runs the stages of `cargo xtask test` and counts. Its methods may be called from several threads.
pub struct Runner<'a> {
    /// The checkout.
    pub project: &'a Project,
    /// The times of the stages.
    pub stages: Stages,
    tally: Mutex<Tally>,
    filter: &'a [String],
}

/// A `cargo test` to run.
pub struct Tests {
    /// The name on the screen and of the log.
    pub name: String,
    /// The command.
    pub command: Command,
}

impl<'a> Runner<'a> {
    /// Creates a runner with zero counts. `filter` is passed to every test program.
    pub fn new(project: &'a Project, filter: &'a [String]) -> Self {
        Self {
            project,
            stages: Stages::start(),
            tally: Mutex::default(),
            filter,
        }
    }

    /// Returns whether there is a filter: then only tests run, no checks.
    pub fn is_filtered(&self) -> bool {
        !self.filter.is_empty()
    }

    /// Returns the counts so far.
    pub fn tally(&self) -> MutexGuard<'_, Tally> {
        self.tally.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts the outcome of a check.
    pub fn holds(&self, name: &str, outcome: Result<()>) {
        match outcome {
            Ok(()) => self.tally().pass(),
            Err(error) => self.fail(name, &error),
        }
    }

    /// Counts a failure.
    pub fn fail(&self, name: &str, error: &anyhow::Error) {
        process::wait_if_stopping();
        let reason = format!("{error:#}");
        console::step(&format!("Failed: {name}"));
        self.tally().fail(name, &reason);
    }

    /// Runs a command that counts as one check. A filter leaves checks out.
    pub fn check(&self, name: &str, command: &mut Command) {
        if self.is_filtered() {
            return;
        }
        let outcome = self.stages.measure(name, || self.logged(name, command));
        self.holds(name, outcome);
    }

    /// Runs `command` with its output in the log of `name`.
    ///
    /// # Errors
    /// When it fails, with its last lines.
    pub fn logged(&self, name: &str, command: &mut Command) -> Result<()> {
        logged::run(command, &self.log(name), name)
    }

    /// Runs the suites, two in parallel, because one alone does not use the whole machine.
    pub fn tests(&self, all: Vec<Tests>) {
        let waiting = Mutex::new(VecDeque::from(all));
        let next = || waiting.lock().ok()?.pop_front();
        std::thread::scope(|scope| {
            for _ in 0..AT_ONCE {
                scope.spawn(|| {
                    for tests in std::iter::from_fn(next) {
                        let name = tests.name.clone();
                        let outcome = self.stages.measure(&name, || self.run(tests));
                        if let Err(error) = outcome {
                            self.fail(&name, &error);
                        }
                    }
                });
            }
        });
    }

    fn run(&self, mut tests: Tests) -> Result<()> {
        if self.is_filtered() {
            tests.command.arg("--").args(self.filter);
        }
        let activity = Activity::start(&tests.name, "tests");
        let path = self.log(&tests.name);
        let mut log = File::create(&path)
            .with_context(|| format!("{} cannot be written.", path.display()))?;
        let (reader, writer) = std::io::pipe()?;
        tests
            .command
            .current_dir(&self.project.root)
            .stdout(writer.try_clone()?)
            .stderr(writer);
        let mut child = Child::spawn(&mut tests.command)?;
        // The pipe ends only once every writing end is closed, and the command holds two.
        tests.command.stdout(Stdio::null()).stderr(Stdio::null());
        let mut heard = Heard::default();
        let mut expected = 0;
        logged::for_each_line(reader, |line| {
            writeln!(log, "{line}")?;
            expected += announced(line);
            heard.line(line);
            activity.count(heard.ended, expected);
            Ok(())
        })?;
        let succeeded = child.wait()?.success();
        if succeeded {
            activity.succeed();
        } else {
            drop(activity);
            console::note(&format!(
                "{}: failed; everything it printed is in {}",
                tests.name,
                self.project.display(&path)
            ));
        }
        if !succeeded && heard.failed == 0 {
            bail!(
                "It ended with a failure although no test failed; see {}.",
                self.project.display(&path)
            );
        }
        self.tally()
            .add(&tests.name, heard, succeeded, self.is_filtered());
        Ok(())
    }

    /// Returns the path of the log of a stage, below the target directory.
    fn log(&self, name: &str) -> std::path::PathBuf {
        let file: String = name
            .chars()
            .map(|c| {
                if c.is_ascii_alphanumeric() {
                    c.to_ascii_lowercase()
                } else {
                    '-'
                }
            })
            .collect();
        let folder = self.project.target.join("test-logs");
        // If this fails, writing the log reports the error.
        let _ = std::fs::create_dir_all(&folder);
        folder.join(format!("{file}.log"))
    }
}

/// Returns the number of tests that a test program announces: `running 12 tests`.
fn announced(line: &str) -> u64 {
    let count = line
        .trim()
        .strip_prefix("running ")
        .and_then(|rest| rest.split_once(" test"))
        .and_then(|(count, _)| count.parse().ok());
    count.unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn announced_tests_are_counted() {
        assert_eq!(announced("running 12 tests"), 12);
        assert_eq!(announced("running 1 test"), 1);
        assert_eq!(announced("test running 3 tests ... ok"), 0);
    }
}
