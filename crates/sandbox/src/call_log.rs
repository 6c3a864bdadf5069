//! Logs the API calls, for tests and demonstrations: the last ten thousand, in memory, without tokens.

mod record;

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use serde::Serialize;

pub(crate) use record::record;

const LIMIT: usize = 10_000;

/// One call, as `GET /sandbox/log` returns it.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Call {
    /// When it came, in milliseconds since 1970.
    time: u128,
    method: String,
    path: String,
    /// The query, still percent-encoded; empty if there was none.
    query: String,
    /// The HTTP status of the answer; `None` if the caller disconnected before.
    status: Option<u16>,
    duration_ms: f64,
    /// The size of the answer's body.
    bytes: Option<u64>,
    /// Whether the call was executed, if a fault affected it; missing for all others.
    #[serde(skip_serializing_if = "Option::is_none")]
    worked: Option<bool>,
}

/// The calls, oldest first.
#[derive(Debug, Default)]
pub(crate) struct CallLog(Mutex<VecDeque<Arc<Call>>>);

impl CallLog {
    /// Returns the calls, newest last.
    pub(crate) fn calls(&self) -> Vec<Arc<Call>> {
        self.lock().iter().cloned().collect()
    }

    pub(crate) fn clear(&self) {
        self.lock().clear();
    }

    fn push(&self, call: Call) {
        let mut calls = self.lock();
        if calls.len() == LIMIT {
            calls.pop_front();
        }
        calls.push_back(Arc::new(call));
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Arc<Call>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
