//! The API calls that the sandbox saw, for tests and demonstrations. Kept in memory, the last ten thousand, without tokens.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Instant, SystemTime, UNIX_EPOCH},
};

use axum::{
    body::HttpBody,
    extract::{OriginalUri, Request, State as Shared},
    middleware::Next,
    response::Response,
};
use serde::Serialize;

use crate::state::State;

const LIMIT: usize = 10_000;

/// One call, as `GET /sandbox/log` shows it.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Call {
    /// When it came, in milliseconds since 1970.
    time: u128,
    method: String,
    path: String,
    /// As it came, still percent-encoded; empty when there was none.
    query: String,
    /// The HTTP status of the answer.
    status: u16,
    duration_ms: f64,
    /// The size of the answer's body.
    bytes: Option<u64>,
}

/// The calls, oldest first.
#[derive(Debug, Default)]
pub(crate) struct CallLog(Mutex<VecDeque<Arc<Call>>>);

impl CallLog {
    /// The calls, newest last.
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

/// Notes a call and what it was answered.
pub(crate) async fn record(
    Shared(state): Shared<State>,
    OriginalUri(uri): OriginalUri,
    request: Request,
    next: Next,
) -> Response {
    let (time, started) = (SystemTime::now(), Instant::now());
    let method = request.method().to_string();
    let response = next.run(request).await;
    // A token belongs in its header. Should one come in a URL, it still must not be kept.
    let without_token = |text: &str| text.replace(&*state.token, "[token]");
    state.log.push(Call {
        time: time
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default()
            .as_millis(),
        method,
        path: without_token(uri.path()),
        query: without_token(uri.query().unwrap_or_default()),
        status: response.status().as_u16(),
        duration_ms: (started.elapsed().as_secs_f64() * 1e6).round() / 1e3,
        bytes: response.body().size_hint().exact(),
    });
    response
}
