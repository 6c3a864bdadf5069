//! What passed and what failed, over everything that ran.

use std::fmt;
use std::process::ExitCode;

use crate::say;

/// Tests that passed and failed.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// How many passed.
    pub passed: u64,
    /// How many failed.
    pub failed: u64,
}

impl Counts {
    /// The counts in a line that a test program ends with:
    /// `test result: FAILED. 3 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s`.
    pub fn in_line(line: &str) -> Option<Self> {
        let (_, counts) = line
            .trim()
            .strip_prefix("test result: ")?
            .split_once(". ")?;
        let count = |what: &str| {
            let part = counts
                .split(';')
                .find_map(|part| part.trim().strip_suffix(what))?;
            part.trim().parse().ok()
        };
        Some(Self {
            passed: count("passed")?,
            failed: count("failed")?,
        })
    }
}

/// What the test programs of a step said.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Heard {
    /// The sum over all programs.
    pub counts: Counts,
    /// The names of the tests that failed.
    failed: Vec<String>,
    /// The journeys that were walked once more, and what the first walk ended with.
    walked_again: Vec<String>,
}

/// How much of why a journey was walked once more is told, in characters.
const TOLD: usize = 400;

impl Heard {
    /// Takes in a line.
    pub fn line(&mut self, line: &str) {
        let line = line.trim();
        if let Some(more) = Counts::in_line(line) {
            self.counts.passed += more.passed;
            self.counts.failed += more.failed;
        } else if let Some(told) = line.split_once("walked again: ").map(|(_, told)| told) {
            self.walked_again.push(told.chars().take(TOLD).collect());
        } else if let Some(name) = failed_test(line) {
            self.failed.push(name.to_owned());
        }
    }

    /// Whether all passed, and at once.
    pub fn is_beyond_doubt(&self) -> bool {
        self.counts.failed == 0 && self.counts.passed > 0 && self.walked_again.is_empty()
    }
}

/// The name in `test NAME ... FAILED` (Rust's own runner) or `test NAME ... FAIL` (that of wasm-bindgen).
fn failed_test(line: &str) -> Option<&str> {
    let (name, verdict) = line.strip_prefix("test ")?.split_once(" ... ")?;
    verdict.starts_with("FAIL").then_some(name)
}

/// The sum over every step, and the names of those that failed.
#[derive(Debug, Default)]
pub struct Tally {
    counts: Counts,
    /// Passed earlier, and not run again.
    known: u64,
    failures: Vec<String>,
    /// Passed when they were walked once more.
    walked_again: Vec<String>,
}

impl Tally {
    /// Counts a check that passed.
    pub fn pass(&mut self) {
        self.counts.passed += 1;
    }

    /// Counts tests that passed earlier as they are.
    pub fn add_known(&mut self, tests: u64) {
        self.counts.passed += tests;
        self.known += tests;
    }

    /// Counts a check that failed.
    pub fn fail(&mut self, name: &str) {
        self.counts.failed += 1;
        self.failures.push(name.to_owned());
    }

    /// Counts the tests of a step. One that fails without a failed test (it did not compile, it crashed) is a failure;
    /// so is one that ran no test: nobody would notice a suite that lost its tests.
    pub fn add(&mut self, name: &str, heard: Heard, succeeded: bool, may_be_empty: bool) {
        let counts = heard.counts;
        self.counts.passed += counts.passed;
        self.counts.failed += counts.failed;
        if counts.failed > 0 {
            let tests = heard.failed.join(", ");
            self.failures.push(format!("{name} ({tests})"));
        } else if !succeeded {
            self.fail(name);
        } else if counts.passed == 0 && !may_be_empty {
            self.fail(&format!("{name} (no test ran)"));
        }
        let walked_again = heard.walked_again.iter();
        self.walked_again
            .extend(walked_again.map(|told| format!("{name}: {told}")));
    }

    /// Says what failed and, last, the line with the counts. Success is some passed and none failed.
    pub fn conclude(&self) -> ExitCode {
        for told in &self.walked_again {
            say::step(&format!("Walked twice, {told}"));
        }
        for failure in &self.failures {
            say::step(&format!("Failed: {failure}"));
        }
        if self.failures.is_empty() && self.counts.passed == 0 {
            say::step("No test ran, which counts as a failure.");
        }
        if self.known > 0 {
            say::step(&format!("{} of these passed earlier", self.known));
        }
        say::result(self);
        if self.is_success() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }

    fn is_success(&self) -> bool {
        self.counts.failed == 0 && self.counts.passed > 0
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} passed, {} failed",
            self.counts.passed, self.counts.failed
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(passed: u64, failed: u64) -> Counts {
        Counts { passed, failed }
    }

    fn heard(passed: u64, failed: u64) -> Heard {
        Heard {
            counts: counts(passed, failed),
            ..Heard::default()
        }
    }

    fn heard_of(lines: &[&str]) -> Heard {
        let mut heard = Heard::default();
        for line in lines {
            heard.line(line);
        }
        heard
    }

    #[test]
    fn who_failed_is_known_by_name() {
        let heard = heard_of(&[
            "test a::fails ... FAILED",
            "test b::passes ... ok",
            "test c::fails_in_a_browser ... FAIL",
            "test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out",
        ]);
        assert_eq!(heard.failed, ["a::fails", "c::fails_in_a_browser"]);
        assert_eq!(heard.counts, counts(1, 2));
        let mut tally = Tally::default();
        tally.add("Some", heard, false, false);
        assert_eq!(tally.failures, ["Some (a::fails, c::fails_in_a_browser)"]);
    }

    #[test]
    fn a_journey_that_was_walked_twice_passes_and_is_told_and_leaves_a_doubt() {
        // The name of a test and what it says next may share a line.
        let heard = heard_of(&[
            "test shell::a_journey ... walked again: shell.a_journey: Not within 15 s",
            "ok",
            "test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out",
        ]);
        assert!(!heard.is_beyond_doubt());
        let mut tally = Tally::default();
        tally.add("Journeys", heard, true, false);
        assert!(tally.is_success());
        assert_eq!(
            tally.walked_again,
            ["Journeys: shell.a_journey: Not within 15 s"]
        );
        assert!(heard_of(&["test result: ok. 2 passed; 0 failed; 0 ignored"]).is_beyond_doubt());
    }

    #[test]
    fn the_last_line_of_a_test_program_is_read() {
        let line = "test result: ok. 21 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.01s";
        assert_eq!(Counts::in_line(line), Some(counts(21, 0)));
        let line = "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out";
        assert_eq!(Counts::in_line(line), Some(counts(3, 2)));
    }

    #[test]
    fn other_lines_count_nothing() {
        for line in [
            "test a_test ... ok",
            "running 3 tests",
            "test result: ok",
            "test result: ok. 3 passed",
            "3 passed; 1 failed",
        ] {
            assert_eq!(Counts::in_line(line), None, "{line}");
        }
    }

    #[test]
    fn the_sum_is_over_everything_and_a_check_counts_one() {
        let mut tally = Tally::default();
        tally.pass();
        tally.add("a", heard(3, 0), true, false);
        tally.add("b", heard(4, 2), false, false);
        assert_eq!(tally.to_string(), "8 passed, 2 failed");
        assert!(!tally.is_success());
    }

    #[test]
    fn a_step_that_breaks_without_a_failed_test_counts_as_one_failed() {
        let mut tally = Tally::default();
        tally.add("does not compile", heard(5, 0), false, false);
        assert_eq!(tally.to_string(), "5 passed, 1 failed");
    }

    #[test]
    fn nothing_run_is_no_success() {
        assert!(!Tally::default().is_success());
        let mut tally = Tally::default();
        tally.pass();
        tally.add("lost its tests", heard(0, 0), true, false);
        assert!(!tally.is_success());
    }

    #[test]
    fn what_passed_earlier_counts() {
        let mut tally = Tally::default();
        tally.add_known(5);
        assert_eq!(tally.to_string(), "5 passed, 0 failed");
        assert!(tally.is_success());
    }

    #[test]
    fn a_filter_may_leave_a_suite_without_tests() {
        let mut tally = Tally::default();
        tally.add("filtered", heard(0, 0), true, true);
        assert_eq!(tally.to_string(), "0 passed, 0 failed");
        assert!(!tally.is_success());
        tally.add("filtered", heard(1, 0), true, true);
        assert!(tally.is_success());
    }
}
