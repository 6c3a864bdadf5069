//! Counts the passed cells over all screens, and prints the counts past the capture of the test's output.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::{Mutex, PoisonError};

use anyhow::{Result, bail};

use switchboard_matrix::Screen;

/// The numbers of passed cells and of all cells, by screen. A later report of a screen replaces the earlier one.
static ALL: Mutex<BTreeMap<String, (usize, usize)>> = Mutex::new(BTreeMap::new());

/// The results of the cells of one screen.
#[derive(Debug, Default)]
pub struct Tally {
    passed: usize,
    failed: Vec<String>,
    left_out: Vec<String>,
    /// The number of cells that only the component tests run.
    pub in_page: usize,
    /// How often a browser resent a request that its page had sent once.
    pub resent: usize,
}

impl Tally {
    /// Records the result of a cell.
    pub fn note(&mut self, name: &str, ended: Result<()>) {
        match ended {
            Ok(()) => self.passed += 1,
            Err(error) => self.failed.push(format!("{name}: {error:#}")),
        }
    }

    /// Records that a cell does not exist, and why.
    pub fn leave_out(&mut self, name: &str, reason: &str) {
        self.left_out.push(format!("{name}: {reason}"));
    }

    /// Prints the counts, and fails with the failed cells.
    pub fn close(self, what: &str) -> Result<()> {
        let cells = self.passed + self.failed.len();
        let (passed, of) = {
            let mut all = ALL.lock().unwrap_or_else(PoisonError::into_inner);
            all.insert(what.to_owned(), (self.passed, cells));
            let sum =
                |(passed, of), (more, of_more): &(usize, usize)| (passed + more, of + of_more);
            all.values().fold((0, 0), sum)
        };
        let mut out = std::io::stderr().lock();
        for reason in &self.left_out {
            let _ = writeln!(out, "matrix: {what}: no cell for {reason}");
        }
        if self.resent > 0 {
            let _ = writeln!(
                out,
                "matrix: {what}: the browser itself sent {} requests again",
                self.resent
            );
        }
        if self.in_page > 0 {
            let _ = writeln!(
                out,
                "matrix: {what}: {} cells in the component tests alone",
                self.in_page
            );
        }
        let _ = writeln!(out, "matrix: {what}: {}/{cells}", self.passed);
        let _ = writeln!(out, "matrix: {passed}/{of} cells passed");
        drop(out);
        if self.failed.is_empty() {
            return Ok(());
        }
        bail!(
            "{} of {cells} cells failed:\n{}",
            self.failed.len(),
            self.failed.join("\n")
        )
    }
}

/// Returns the name of a screen.
pub fn named(screen: Screen) -> String {
    let call = screen.call();
    format!(
        "{:02} {} {} ({screen:?})",
        call.number, call.method, call.path
    )
}
