//! Runs the steps: announces each, lets its output through, and counts.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};
use std::sync::Mutex;

use anyhow::{Context, Result, bail};

use crate::process::{self, Child};
use crate::project::Project;
use crate::say;
use crate::suites::record::{Passed, Record};
use crate::suites::tally::{Heard, Tally};

/// Runs steps and keeps the count.
pub struct Runner<'a> {
    /// The count so far.
    pub tally: Tally,
    filter: &'a [String],
    again: bool,
    project: &'a Project,
}

impl<'a> Runner<'a> {
    /// Starts at zero. `filter` goes to every test program; `again` runs also what is known to pass.
    pub fn new(project: &'a Project, filter: &'a [String], again: bool) -> Self {
        Self {
            tally: Tally::default(),
            filter,
            again,
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
    pub fn tests(&mut self, name: &str, command: Command) -> Result<()> {
        self.side_by_side(vec![Tests {
            name: name.to_owned(),
            mark: None,
            command,
            record: None,
        }])
    }

    /// Runs several, two at a time: what the one leaves of the machine the other takes. What is known to pass is told, and left out.
    pub fn side_by_side(&mut self, all: Vec<Tests>) -> Result<()> {
        let mut waiting = VecDeque::new();
        for tests in all {
            match self.known(&tests) {
                Some(passed) => {
                    say::step(&tests.name);
                    say::note(&format!(
                        "{} passed {} with exactly these files, and are not run again (--again runs them).",
                        passed.tests,
                        passed.ago()
                    ));
                    self.tally.add_known(passed.tests);
                }
                None => waiting.push_back(tests),
            }
        }
        let (waiting, this) = (Mutex::new(waiting), &*self);
        let next = || waiting.lock().ok()?.pop_front();
        let lane = || -> Result<Vec<Ended>> {
            std::iter::from_fn(next)
                .map(|tests| tests.run(this.project, this.filter))
                .collect()
        };
        let lanes: Vec<Result<Vec<Ended>>> = std::thread::scope(|scope| {
            let lanes: Vec<_> = (0..AT_ONCE).map(|_| scope.spawn(lane)).collect();
            lanes
                .into_iter()
                .map(|lane| {
                    lane.join()
                        .unwrap_or_else(|_| bail!("The tests ended unexpectedly."))
                })
                .collect()
        });
        let may_be_empty = self.is_filtered();
        for ended in lanes {
            for Ended {
                name,
                heard,
                is_success,
            } in ended?
            {
                self.tally.add(&name, heard, is_success, may_be_empty);
            }
        }
        Ok(())
    }

    /// When these tests passed as they are. Not with a filter: who asks for one test wants to see it.
    fn known(&self, tests: &Tests) -> Option<Passed> {
        if self.again || self.is_filtered() {
            return None;
        }
        tests.record.as_ref()?.passed()
    }
}

/// How many `cargo test` run at once.
const AT_ONCE: usize = 2;

/// A `cargo test` to be run.
pub struct Tests {
    /// What it is, for people.
    pub name: String,
    /// What its lines begin with where it does not run alone.
    pub mark: Option<&'static str>,
    /// The command.
    pub command: Command,
    /// Where it is noted that it passed.
    pub record: Option<Record>,
}

/// What came of it.
struct Ended {
    name: String,
    heard: Heard,
    is_success: bool,
}

impl Tests {
    fn run(mut self, project: &Project, filter: &[String]) -> Result<Ended> {
        say::step(&self.name);
        if !filter.is_empty() {
            self.command.arg("--").args(filter);
        }
        self.command
            .current_dir(&project.root)
            .stdout(Stdio::piped());
        let mut child = Child::spawn(&mut self.command)?;
        let stdout = child
            .inner
            .stdout
            .take()
            .context("The tests have no output.")?;
        let heard = self.listen(stdout)?;
        let is_success = child.wait()?.success();
        if let Some(record) = self.record.as_ref().filter(|_| filter.is_empty()) {
            let is_known = is_success && heard.is_beyond_doubt();
            record.note(is_known.then_some(heard.counts.passed))?;
        }
        Ok(Ended {
            name: self.name,
            heard,
            is_success,
        })
    }

    /// Passes on what the test programs say, and makes sense of it.
    fn listen(&self, said: impl Read) -> Result<Heard> {
        let mut heard = Heard::default();
        let mut reader = BufReader::new(said);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line)? > 0 {
            heard.line(&String::from_utf8_lossy(&line));
            let mut out = std::io::stdout().lock();
            // Nobody listening is no reason to stop counting.
            let _ = match self.mark {
                Some(mark) => write!(out, "{mark:<8} | ").and_then(|()| out.write_all(&line)),
                None => out.write_all(&line),
            };
            line.clear();
        }
        Ok(heard)
    }
}
