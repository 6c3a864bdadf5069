//! The envelope around every answer: `{ "status", "type", "message" }`.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use serde_json::Value;

/// The envelope's `type`.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) enum Kind {
    Success,
    #[serde(rename = "error")]
    Error,
    #[serde(rename = "warning")]
    Warning,
}

#[derive(Serialize)]
struct Envelope<T> {
    status: u8,
    r#type: Kind,
    message: T,
}

/// A successful answer: its payload becomes the envelope's `message`.
#[derive(Debug)]
pub(super) struct Success<T>(pub(super) T);

impl<T: Serialize> IntoResponse for Success<T> {
    fn into_response(self) -> Response {
        respond(
            StatusCode::OK,
            &Envelope {
                status: 1,
                r#type: Kind::Success,
                message: self.0,
            },
        )
    }
}

pub(super) fn failure(http_status: StatusCode, kind: Kind, message: Value) -> Response {
    respond(
        http_status,
        &Envelope {
            status: 0,
            r#type: kind,
            message,
        },
    )
}

fn respond<T: Serialize>(http_status: StatusCode, envelope: &Envelope<T>) -> Response {
    match serde_json::to_vec(envelope) {
        Ok(body) => {
            let headers = [
                (
                    header::CONTENT_TYPE,
                    HeaderValue::from_static("application/json; charset=utf-8"),
                ),
                (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
            ];
            (http_status, headers, body).into_response()
        }
        Err(error) => {
            eprintln!("an answer could not be written: {error}");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
