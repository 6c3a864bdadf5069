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

use crate::{faults::Spoiled, state::State};

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
    /// The HTTP status of the answer; nothing when the caller went away before there was one.
    status: Option<u16>,
    duration_ms: f64,
    /// The size of the answer's body.
    bytes: Option<u64>,
    /// Whether the call was carried out, when a fault spoiled it; missing for all others.
    #[serde(skip_serializing_if = "Option::is_none")]
    worked: Option<bool>,
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
    // A token belongs in its header. Should one come in a URL, it still must not be kept.
    let without_token = |text: &str| text.replace(&*state.token, "[token]");
    let mut seen = Seen {
        started: Instant::now(),
        call: Some(Call {
            time: SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .unwrap_or_default()
                .as_millis(),
            method: request.method().to_string(),
            path: without_token(uri.path()),
            query: without_token(uri.query().unwrap_or_default()),
            status: None,
            duration_ms: 0.0,
            bytes: None,
            worked: None,
        }),
        log: &state.log,
    };
    let response = next.run(request).await;
    if let Some(call) = &mut seen.call {
        call.status = Some(response.status().as_u16());
        call.bytes = response.body().size_hint().exact();
        call.worked = response
            .extensions()
            .get()
            .map(|Spoiled { worked }| *worked);
    }
    drop(seen);
    response
}

/// A call that is noted when it ends, also when that is because the caller went away.
struct Seen<'a> {
    started: Instant,
    call: Option<Call>,
    log: &'a CallLog,
}

impl Drop for Seen<'_> {
    fn drop(&mut self) {
        if let Some(mut call) = self.call.take() {
            call.duration_ms = (self.started.elapsed().as_secs_f64() * 1e6).round() / 1e3;
            self.log.push(call);
        }
    }
}
