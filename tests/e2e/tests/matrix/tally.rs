//! How many cells passed, over all screens, told as they come: past the test's own output, which nobody sees when all is well.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::{Mutex, PoisonError};

use anyhow::{Result, bail};

use switchboard_matrix::Screen;

/// Those that passed, and all, of each screen: what a screen says later stands for what it said before.
static ALL: Mutex<BTreeMap<String, (usize, usize)>> = Mutex::new(BTreeMap::new());

/// What came of the cells of one screen.
#[derive(Debug, Default)]
pub struct Tally {
    passed: usize,
    failed: Vec<String>,
    left_out: Vec<String>,
    /// How many cells run in the component tests alone.
    pub in_page: usize,
    /// How often a browser sent a request again that its page had sent once.
    pub resent: usize,
}

impl Tally {
    /// Notes a cell.
    pub fn note(&mut self, name: &str, ended: Result<()>) {
        match ended {
            Ok(()) => self.passed += 1,
            Err(error) => self.failed.push(format!("{name}: {error:#}")),
        }
    }

    /// Notes that there is no such cell, and why.
    pub fn leave_out(&mut self, name: &str, reason: &str) {
        self.left_out.push(format!("{name}: {reason}"));
    }

    /// Tells of all, and fails with the cells that did.
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

/// What a screen is called.
pub fn named(screen: Screen) -> String {
    let call = screen.call();
    format!(
        "{:02} {} {} ({screen:?})",
        call.number, call.method, call.path
    )
}
