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

/// The sum over every step, and the names of those that failed.
#[derive(Debug, Default)]
pub struct Tally {
    counts: Counts,
    /// Passed earlier, and not run again.
    known: u64,
    failures: Vec<String>,
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
    pub fn add(&mut self, name: &str, counts: Counts, succeeded: bool, may_be_empty: bool) {
        self.counts.passed += counts.passed;
        self.counts.failed += counts.failed;
        if counts.failed > 0 {
            self.failures.push(name.to_owned());
        } else if !succeeded {
            self.fail(name);
        } else if counts.passed == 0 && !may_be_empty {
            self.fail(&format!("{name} (no test ran)"));
        }
    }

    /// Says what failed and, last, the line with the counts. Success is some passed and none failed.
    pub fn conclude(&self) -> ExitCode {
        if !self.failures.is_empty() {
            say::step(&format!("Failed: {}", self.failures.join(", ")));
        } else if self.counts.passed == 0 {
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
        tally.add("a", counts(3, 0), true, false);
        tally.add("b", counts(4, 2), false, false);
        assert_eq!(tally.to_string(), "8 passed, 2 failed");
        assert!(!tally.is_success());
    }

    #[test]
    fn a_step_that_breaks_without_a_failed_test_counts_as_one_failed() {
        let mut tally = Tally::default();
        tally.add("does not compile", counts(5, 0), false, false);
        assert_eq!(tally.to_string(), "5 passed, 1 failed");
    }

    #[test]
    fn nothing_run_is_no_success() {
        assert!(!Tally::default().is_success());
        let mut tally = Tally::default();
        tally.pass();
        tally.add("lost its tests", counts(0, 0), true, false);
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
        tally.add("filtered", counts(0, 0), true, true);
        assert_eq!(tally.to_string(), "0 passed, 0 failed");
        assert!(!tally.is_success());
        tally.add("filtered", counts(1, 0), true, true);
        assert!(tally.is_success());
    }
}
