//! What browsers reported to have kept a page of ours from (`report-uri` of the Content-Security-Policy), for tests. The last hundred, in memory.

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
};

use serde_json::Value;

/// So many are kept: the first few tell what is wrong.
const LIMIT: usize = 100;

/// The largest report that is taken, in bytes.
pub(crate) const REPORT_LIMIT: usize = 64 << 10;

/// The reports, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Violations(Mutex<VecDeque<Value>>);

impl Violations {
    /// Takes a report in; of too many the oldest goes.
    pub(crate) fn push(&self, report: Value) {
        let mut reports = self.lock();
        if reports.len() == LIMIT {
            reports.pop_front();
        }
        reports.push_back(report);
    }

    /// The reports, newest last.
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
