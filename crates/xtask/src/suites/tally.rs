//! Counts passed and failed tests, and collects the reasons.

use std::fmt;
use std::process::ExitCode;

use crate::console;

/// The number of lines shown from the beginning of a failure's reason, which say what failed.
const FIRST_LINES: usize = 12;

/// The number of lines shown from its end, which say why it failed.
const LAST_LINES: usize = 40;

/// The prefix of a journey's message that it was repeated.
const REPEATED: &str = "repeated: ";

/// The prefix of a journey's message that it does not apply to its engine.
const NOT_FOR_THIS_ENGINE: &str = "not for this engine: ";

/// The relevant output of the test programs of one suite.
#[derive(Debug, Default)]
pub struct Heard {
    /// Tests that passed.
    pub passed: u64,
    /// Tests that failed.
    pub failed: u64,
    /// Tests that have ended so far, according to their own lines.
    pub ended: u64,
    /// Why tests failed: the name, then the lines of its output.
    reasons: Vec<(String, Vec<String>)>,
    /// The journeys that were repeated because their browser ended, with the error of the first attempt.
    repeated: Vec<String>,
    /// The journeys that do not apply to their engine (docs/testing-reference.md, "Engines"). Their test programs
    /// count them as passed.
    not_for_this_engine: u64,
    in_reason: bool,
}

impl Heard {
    /// Reads a line of a test program's output.
    pub fn line(&mut self, line: &str) {
        let trimmed = line.trim();
        if let Some((passed, failed)) = counts(trimmed) {
            self.passed += passed;
            self.failed += failed;
            self.in_reason = false;
        } else if let Some((_, told)) = trimmed.split_once(REPEATED) {
            self.repeated.push(told.to_owned());
        } else if trimmed.contains(NOT_FOR_THIS_ENGINE) {
            self.not_for_this_engine += 1;
        } else if let Some(name) = reason_of(trimmed) {
            self.reasons.push((name.to_owned(), Vec::new()));
            self.in_reason = true;
        } else if trimmed == "failures:" {
            self.in_reason = false;
        } else if self.in_reason {
            if let Some((_, lines)) = self.reasons.last_mut() {
                lines.push(line.trim_end().to_owned());
            }
        } else if trimmed.starts_with("test ") && trimmed.contains(" ... ") {
            self.ended += 1;
        }
    }
}

/// Parses the last line of a test program: `test result: FAILED. 3 passed; 1 failed; 0 ignored; 0 measured; 0
/// filtered out; finished in 0.01s`.
fn counts(line: &str) -> Option<(u64, u64)> {
    let (_, counts) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let count = |what: &str| {
        let part = counts
            .split(';')
            .find_map(|part| part.trim().strip_suffix(what))?;
        part.trim().parse().ok()
    };
    Some((count("passed")?, count("failed")?))
}

/// Returns the test in `---- NAME stdout ----` (Rust's own runner) or `---- NAME output ----` (that of wasm-bindgen).
fn reason_of(line: &str) -> Option<&str> {
    let inner = line.strip_prefix("---- ")?.strip_suffix(" ----")?;
    inner
        .strip_suffix(" stdout")
        .or_else(|| inner.strip_suffix(" output"))
}

/// A check, suite or test that failed.
#[derive(Debug, PartialEq, Eq)]
struct Failure {
    name: String,
    reason: Vec<String>,
}

/// The sums over all suites.
#[derive(Debug, Default)]
pub struct Tally {
    /// Checks and tests that passed.
    pub passed: u64,
    /// Checks and tests that failed.
    pub failed: u64,
    failures: Vec<Failure>,
    /// The journeys that were repeated, whether they passed then or not.
    repeated: Vec<String>,
    /// The journeys that do not apply to their engine.
    not_for_this_engine: u64,
}

impl Tally {
    /// Counts a check that passed.
    pub fn pass(&mut self) {
        self.passed += 1;
    }

    /// Counts a check that failed.
    pub fn fail(&mut self, name: &str, reason: &str) {
        self.failed += 1;
        self.failures.push(Failure {
            name: name.to_owned(),
            reason: reason.lines().map(str::to_owned).collect(),
        });
    }

    /// Counts a suite. A suite that fails without a failed test (it did not start, it crashed) is a failure. So is
    /// one that ran no test, because a suite that lost its tests must be noticed.
    pub fn add(&mut self, suite: &str, heard: Heard, succeeded: bool, may_be_empty: bool) {
        self.passed += heard.passed.saturating_sub(heard.not_for_this_engine);
        self.not_for_this_engine += heard.not_for_this_engine;
        self.failed += heard.failed;
        let named = |name: &str| format!("{suite}: {name}");
        if heard.failed == 0 && !succeeded {
            self.fail(suite, "It ended with a failure, although no test failed.");
        } else if heard.failed == 0 && heard.passed == 0 && !may_be_empty {
            self.fail(suite, "No test ran.");
        } else if heard.failed > 0 && heard.reasons.is_empty() {
            self.failures.push(Failure {
                name: suite.to_owned(),
                reason: vec!["The test programs gave no reason.".to_owned()],
            });
        }
        self.failures
            .extend(heard.reasons.into_iter().map(|(name, reason)| Failure {
                name: named(&name),
                reason,
            }));
        self.repeated
            .extend(heard.repeated.iter().map(|told| named(told)));
    }

    /// Prints every note and failure and, last, the line with the counts.
    pub fn conclude(&self) -> ExitCode {
        for told in &self.repeated {
            console::step(&format!("Repeated, {told}"));
        }
        for failure in &self.failures {
            console::step(&format!("Failed: {}", failure.name));
            for line in shortened(&failure.reason) {
                console::note(&line);
            }
        }
        if self.failures.is_empty() && self.passed == 0 {
            console::step("No test ran, which counts as a failure.");
        }
        console::result(self);
        if self.is_success() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }

    fn is_success(&self) -> bool {
        self.failed == 0 && self.passed > 0
    }
}

/// Truncates the middle of a long reason: the steps of a journey come first, the cause of its failure last.
fn shortened(reason: &[String]) -> Vec<String> {
    let left_out = reason.len().saturating_sub(FIRST_LINES + LAST_LINES);
    if left_out == 0 {
        return reason.to_vec();
    }
    let (first, rest) = reason.split_at(FIRST_LINES);
    let mut shown = first.to_vec();
    shown.push(format!("… {left_out} lines left out"));
    shown.extend_from_slice(&rest[left_out..]);
    shown
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        match self.not_for_this_engine {
            0 => Ok(()),
            left_out => write!(f, ", {left_out} not for their engine"),
        }
    }
}

#[cfg(test)]
mod tests;
