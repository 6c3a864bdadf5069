//! Runs the steps: announces each, lets its output through, and counts.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use crate::process::{self, Child};
use crate::project::Project;
use crate::say;
use crate::suites::tally::{Counts, Tally};

/// Runs steps and keeps the count.
pub struct Runner<'a> {
    /// The count so far.
    pub tally: Tally,
    filter: &'a [String],
    project: &'a Project,
}

impl<'a> Runner<'a> {
    /// Starts at zero. `filter` goes to every test program.
    pub fn new(project: &'a Project, filter: &'a [String]) -> Self {
        Self {
            tally: Tally::default(),
            filter,
            project,
        }
    }

    /// Whether somebody asked for some tests only.
    pub fn is_filtered(&self) -> bool {
        !self.filter.is_empty()
    }

    /// Counts what has been checked.
    pub fn holds(&mut self, name: &str, outcome: Result<()>) {
        match outcome {
            Ok(()) => self.pass(name),
            Err(error) => {
                say::note(&format!("{name}: {error:#}"));
                self.tally.fail(name);
            }
        }
    }

    /// Counts a check that has been made.
    fn pass(&mut self, name: &str) {
        say::note(&format!("{name}: passed"));
        self.tally.pass();
    }

    /// Runs a command that counts as one check. Not with a filter: who asks for one test wants its answer soon.
    pub fn check(&mut self, name: &str, command: &mut Command) -> Result<()> {
        if !self.filter.is_empty() {
            return Ok(());
        }
        say::step(name);
        if process::run(command)?.success() {
            self.pass(name);
        } else {
            say::note(&format!("{name}: failed"));
            self.tally.fail(name);
        }
        Ok(())
    }

    /// Runs a `cargo test` and adds up what its test programs count.
    pub fn tests(&mut self, name: &str, command: &mut Command) -> Result<()> {
        say::step(name);
        if !self.filter.is_empty() {
            command.arg("--").args(self.filter);
        }
        command
            .current_dir(&self.project.root)
            .stdout(Stdio::piped());
        let mut child = Child::spawn(command)?;
        let stdout = child
            .inner
            .stdout
            .take()
            .context("The tests have no output.")?;
        let mut counts = Counts::default();
        let mut reader = BufReader::new(stdout);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line)? > 0 {
            if let Some(more) = Counts::in_line(&String::from_utf8_lossy(&line)) {
                counts.passed += more.passed;
                counts.failed += more.failed;
            }
            // Nobody listening is no reason to stop counting.
            let _ = std::io::stdout().write_all(&line);
            line.clear();
        }
        let status = child.wait()?;
        self.tally
            .add(name, counts, status.success(), !self.filter.is_empty());
        Ok(())
    }
}
