//! Decodes a response into a payload or an error.

use crate::{ApiError, Endpoint, Response, UnreadableReason, envelope, error, json};

/// The answer to a call that worked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer<T> {
    /// The payload.
    pub payload: T,
    /// The API's message, if it reported its success as a warning.
    pub warning: Option<String>,
}

/// Decodes the answer to a call.
///
/// # Errors
/// An [`ApiError`] that says what the API answered instead of a payload.
pub fn decode<E: Endpoint>(response: &Response) -> Result<Answer<E::Payload>, ApiError> {
    let text = response.text();
    let json = json::mended(&text);
    let accepted = envelope::open(response, &text, &json)?;
    let payload = E::decode(accepted.message);
    answer(response, &text, payload, accepted.warning)
}

/// Does the same as [`decode`] in time slices: awaits `pause` often while it reads a long list, so that other tasks can run.
///
/// # Errors
/// As [`decode`].
pub async fn decode_in_slices<E: Endpoint>(
    response: &Response,
    pause: impl AsyncFn(),
) -> Result<Answer<E::Payload>, ApiError> {
    let text = response.text();
    let json = json::mended(&text);
    let accepted = envelope::open(response, &text, &json)?;
    let payload = E::decode_in_slices(accepted.message, &pause).await;
    answer(response, &text, payload, accepted.warning)
}

fn answer<T>(
    response: &Response,
    text: &str,
    payload: Result<T, String>,
    warning: Option<String>,
) -> Result<Answer<T>, ApiError> {
    match (payload, warning) {
        (Ok(payload), warning) => Ok(Answer { payload, warning }),
        (Err(_), Some(warning)) => Err(ApiError::NoPayload { warning }),
        (Err(expected), None) => Err(ApiError::Unreadable {
            http_status: response.status,
            reason: UnreadableReason::OtherShape { expected },
            raw: error::kept(text),
        }),
    }
}
