//! From what was answered to a payload or an error.

use std::borrow::Cow;
use std::fmt;

use crate::{ApiError, Endpoint, UnreadableReason, envelope, error, json};

/// An HTTP response as it was received.
#[derive(Clone, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// Names, in any letter case, and values.
    pub headers: Vec<(String, String)>,
    /// The body's bytes.
    pub body: Vec<u8>,
}

/// What a call that worked gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer<T> {
    /// The payload.
    pub payload: T,
    /// The API's words, when it called its success a warning.
    pub warning: Option<String>,
}

/// Reads the answer to a call.
///
/// # Errors
/// An [`ApiError`] that says what was answered instead of a payload.
pub fn decode<E: Endpoint>(response: &Response) -> Result<Answer<E::Payload>, ApiError> {
    let text = response.text();
    let json = json::mended(&text);
    let accepted = envelope::open(response, &text, &json)?;
    let payload = E::decode(accepted.message);
    answer(response, &text, payload, accepted.warning)
}

/// As [`decode`], for whoever has other things to do meanwhile: `pause` is awaited often while a long list is read.
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

impl Response {
    /// The first header of this name, whatever its letter case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(header, _)| header.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The body as text: a byte order mark is dropped, bytes that are no UTF-8 are replaced.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(
            self.body
                .strip_prefix(b"\xEF\xBB\xBF")
                .unwrap_or(&self.body),
        )
    }
}

/// The body may hold secrets (endpoint 1), so its length is shown in its place.
impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("headers", &self.headers)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}
