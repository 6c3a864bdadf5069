//! Injects faults into calls.

use std::io;

use axum::{
    Extension,
    body::{Body, Bytes, to_bytes},
    extract::{ConnectInfo, OriginalUri, Request, State as Shared},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures_util::{StreamExt, stream};
use serde_json::json;

use super::rule::{Fault, Point};
use crate::{body_limit::BODY_LIMIT, connection::Handle, state::State};

/// What happened to an affected call, for the log.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spoiled {
    /// Whether the call was executed.
    pub worked: bool,
}

/// How many bytes of the headers are sent before a connection is dropped in their middle: a bit more than the status
/// line.
const SOME_HEADERS: usize = 40;

/// Applies the first matching rule to the call.
pub(crate) async fn spoil(
    Shared(state): Shared<State>,
    OriginalUri(uri): OriginalUri,
    connection: Option<Extension<ConnectInfo<Handle>>>,
    request: Request,
    next: Next,
) -> Response {
    let others = |fault: &Fault| *fault != Fault::NoCors;
    let Some(fault) = state.faults.take(request.method(), uri.path(), others) else {
        return next.run(request).await;
    };
    let (worked, mut response) = match fault {
        Fault::Delay { ms } => {
            tokio::time::sleep(std::time::Duration::from_millis(ms)).await;
            (true, next.run(request).await)
        }
        // Until the caller disconnects, or the server's own timeout. The last two faults do not occur here.
        Fault::Hang | Fault::Refuse { .. } | Fault::NoCors => std::future::pending().await,
        Fault::Drop { at, work } => {
            let answer = if work {
                next.run(request).await
            } else {
                failure(StatusCode::OK)
            };
            (work, dropped(answer, at, connection).await)
        }
        Fault::Answer {
            status,
            retry_after,
            body,
            times,
            content_type,
        } => {
            // Read the body nevertheless: closing a connection with unread data would cut off a long answer.
            let _ = to_bytes(request.into_body(), BODY_LIMIT).await;
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            let mut answer = match body {
                Some(body) => (status, body.repeat(times)).into_response(),
                None => failure(status),
            };
            set(&mut answer, header::CONTENT_TYPE, &content_type);
            if let Some(seconds) = retry_after {
                set(&mut answer, header::RETRY_AFTER, &seconds.to_string());
            }
            (false, answer)
        }
        Fault::ContentType { content_type } => {
            let mut answer = next.run(request).await;
            set(&mut answer, header::CONTENT_TYPE, &content_type);
            (true, answer)
        }
    };
    response.extensions_mut().insert(Spoiled { worked });
    response
}

fn set(answer: &mut Response, name: header::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        answer.headers_mut().insert(name, value);
    }
}

/// Returns the API's answer for a failure.
fn failure(status: StatusCode) -> Response {
    let message = status.canonical_reason().unwrap_or("A fault on demand");
    let body = json!({ "status": 0, "type": "error", "message": message });
    (status, axum::Json(body)).into_response()
}

async fn dropped(
    answer: Response,
    at: Point,
    connection: Option<Extension<ConnectInfo<Handle>>>,
) -> Response {
    let bytes = match at {
        Point::FirstByte => 0,
        Point::Headers => SOME_HEADERS,
        Point::Body => return half(answer).await,
    };
    if let Some(Extension(ConnectInfo(handle))) = connection {
        handle.drop_after(bytes);
    }
    answer
}

/// Returns the answer with its full length, but only half of its body: then the connection breaks.
async fn half(answer: Response) -> Response {
    let (mut parts, body) = answer.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    parts
        .headers
        .insert(header::CONTENT_LENGTH, body.len().into());
    let first: io::Result<Bytes> = Ok(body.slice(..body.len() / 2));
    let broken = async {
        // Lets the present data be sent while no more is produced.
        tokio::task::yield_now().await;
        Err(io::ErrorKind::ConnectionAborted.into())
    };
    let chunks = stream::iter([first]).chain(stream::once(broken));
    Response::from_parts(parts, Body::from_stream(chunks))
}

/// Removes the CORS headers if a rule says so, from the preflight answer too.
pub(crate) async fn without_cors(
    Shared(state): Shared<State>,
    OriginalUri(uri): OriginalUri,
    request: Request,
    next: Next,
) -> Response {
    let is_it = |fault: &Fault| *fault == Fault::NoCors;
    let fault = state.faults.take(request.method(), uri.path(), is_it);
    let mut answer = next.run(request).await;
    if fault.is_some() {
        let headers = answer.headers_mut();
        let names: Vec<_> = headers.keys().cloned().collect();
        for name in names {
            if name.as_str().starts_with("access-control-") {
                headers.remove(name);
            }
        }
    }
    answer
}
