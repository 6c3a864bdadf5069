//! The policy violations that browsers reported (`report-uri` of the Content-Security-Policy), for tests: the last
//! hundred, in memory.

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
};

use serde_json::Value;

/// The number of reports kept: the first few show what is wrong.
const LIMIT: usize = 100;

/// The maximum size of a report, in bytes.
pub(crate) const REPORT_LIMIT: usize = 64 << 10;

/// The reports, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Violations(Mutex<VecDeque<Value>>);

impl Violations {
    /// Adds a report, and drops the oldest one beyond the limit.
    pub(crate) fn push(&self, report: Value) {
        let mut reports = self.lock();
        if reports.len() == LIMIT {
            reports.pop_front();
        }
        reports.push_back(report);
    }

    /// Returns the reports, newest last.
    pub(crate) fn reports(&self) -> Vec<Value> {
        self.lock().iter().cloned().collect()
    }

    pub(crate) fn clear(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Value>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
