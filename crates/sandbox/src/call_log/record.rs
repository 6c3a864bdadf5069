//! Records each call of the API in the log.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

use axum::{
    body::HttpBody,
    extract::{OriginalUri, Request, State as Shared},
    middleware::Next,
    response::Response,
};

use super::{Call, CallLog};
use crate::{faults::Spoiled, state::State};

/// Logs a call and its answer.
pub(crate) async fn record(
    Shared(state): Shared<State>,
    OriginalUri(uri): OriginalUri,
    request: Request,
    next: Next,
) -> Response {
    // A token belongs in its header. If one comes in a URL, it must not be logged either.
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

/// A call that is logged when it ends, including when the caller disconnects.
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
