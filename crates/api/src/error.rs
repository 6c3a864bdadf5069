//! The errors of a call, each with one meaning that a user can act on.

use std::fmt;
use std::time::Duration;

use crate::{FieldError, RetryAfter};

/// Why a call returned no payload. `raw` is always the answer's text, unchanged, up to 64 KiB of it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ApiError {
    /// No answer: no such host, no connection, or the browser withheld the answer (CORS).
    #[error("the API could not be reached: {detail}")]
    Unreachable {
        /// The transport's message.
        detail: String,
    },
    /// No answer came in time.
    #[error("the API did not answer within {} s", after.as_secs())]
    TimedOut {
        /// The timeout.
        after: Duration,
    },
    /// The caller gave up waiting.
    #[error("the call was cancelled")]
    Cancelled,
    /// HTTP 401 or 403 from the API, or a refusal that only says that the token is bad. Not a 401 or 403 from a proxy
    /// or firewall, which is [`Self::Http`].
    #[error(
        "the API did not accept the token (HTTP {http_status}){}",
        words(field_errors)
    )]
    NotAuthorised {
        /// The HTTP status.
        http_status: u16,
        /// The API's messages.
        field_errors: Vec<FieldError>,
        /// The answer's text.
        raw: String,
    },
    /// The API refused the call: an envelope with status 0.
    #[error("the API refused (HTTP {http_status}){}", words(field_errors))]
    Refused {
        /// Whether the envelope calls it an error or a warning.
        severity: Severity,
        /// The API's messages.
        field_errors: Vec<FieldError>,
        /// The HTTP status.
        http_status: u16,
        /// The answer's text.
        raw: String,
    },
    /// An HTTP status other than success, without an envelope.
    #[error("the API answered HTTP {status}{}", words(field_errors))]
    Http {
        /// The HTTP status.
        status: u16,
        /// The messages in the answer, if it was JSON.
        field_errors: Vec<FieldError>,
        /// The answer's text.
        raw: String,
    },
    /// HTTP 429: too many calls.
    #[error("the API is limiting the rate of calls")]
    RateLimited {
        /// When to try again, if the answer says so.
        retry_after: Option<RetryAfter>,
        /// The answer's text.
        raw: String,
    },
    /// The answer does not match the reference.
    #[error("the API's answer could not be read (HTTP {http_status}): {reason}")]
    Unreadable {
        /// The HTTP status.
        http_status: u16,
        /// What is wrong with it.
        reason: UnreadableReason,
        /// The answer's text.
        raw: String,
    },
    /// The call worked, but the answer contains only a warning instead of the payload.
    #[error("the API warned: {warning}")]
    NoPayload {
        /// The API's message.
        warning: String,
    },
}

/// The severity of a refusal (`type` of the envelope).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Severity {
    /// `error`, and anything else that is not a warning.
    Error,
    /// `warning`.
    Warning,
}

/// Why an answer cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnreadableReason {
    /// It is empty.
    #[error("it is empty")]
    Empty,
    /// It is an HTML page, as from a wrong address or a proxy.
    #[error("it is HTML")]
    Html,
    /// It is truncated JSON.
    #[error("it is cut off")]
    CutOff,
    /// It is not JSON.
    #[error("it is not JSON: {detail}")]
    NotJson {
        /// The parser's message, with the position.
        detail: String,
    },
    /// It is JSON, but not `{status, type, message}`.
    #[error("it is not in the API's envelope")]
    NotAnEnvelope,
    /// The envelope reports success, and the HTTP status reports failure.
    #[error("its envelope says success and its HTTP status does not")]
    Contradiction,
    /// The envelope is valid, but its content is not.
    #[error("{expected}")]
    OtherShape {
        /// What was expected in its place.
        expected: String,
    },
}

impl ApiError {
    /// Returns the API's own messages, joined into one text; `None` if there are none.
    #[must_use]
    pub fn text(&self) -> Option<String> {
        match self {
            Self::NotAuthorised { field_errors, .. }
            | Self::Refused { field_errors, .. }
            | Self::Http { field_errors, .. } => Some(
                field_errors
                    .iter()
                    .map(ToString::to_string)
                    .collect::<Vec<_>>()
                    .join("; "),
            )
            .filter(|text| !text.is_empty()),
            Self::NoPayload { warning } => Some(warning.clone()),
            Self::Unreachable { .. }
            | Self::TimedOut { .. }
            | Self::Cancelled
            | Self::RateLimited { .. }
            | Self::Unreadable { .. } => None,
        }
    }

    /// Returns the answer's text, unchanged, up to 64 KiB of it.
    #[must_use]
    pub fn raw(&self) -> Option<&str> {
        match self {
            Self::NotAuthorised { raw, .. }
            | Self::Refused { raw, .. }
            | Self::Http { raw, .. }
            | Self::RateLimited { raw, .. }
            | Self::Unreadable { raw, .. } => Some(raw),
            Self::Unreachable { .. }
            | Self::TimedOut { .. }
            | Self::Cancelled
            | Self::NoPayload { .. } => None,
        }
    }

    /// Returns the same error without the answer's text, for callers that store the text elsewhere.
    #[must_use]
    pub fn without_raw(mut self) -> Self {
        match &mut self {
            Self::NotAuthorised { raw, .. }
            | Self::Refused { raw, .. }
            | Self::Http { raw, .. }
            | Self::RateLimited { raw, .. }
            | Self::Unreadable { raw, .. } => raw.clear(),
            Self::Unreachable { .. }
            | Self::TimedOut { .. }
            | Self::Cancelled
            | Self::NoPayload { .. } => {}
        }
        self
    }

    /// Returns whether a *write* with this error may have been executed nevertheless, so that it has to be looked up
    /// before it is sent again.
    #[must_use]
    pub fn outcome_unknown(&self) -> bool {
        match self {
            // The call may have arrived before the connection broke, and the browser reports a missing host and a
            // withheld answer the same way.
            Self::Unreachable { .. } | Self::TimedOut { .. } | Self::Cancelled => true,
            // A server answered, but the answer does not say whether the work was done.
            Self::Unreadable { .. } => true,
            // A client error comes before any work. A server error, especially a gateway's, may come after it. 408 is
            // the server's own timeout.
            Self::Http { status, .. } => !(400..500).contains(status) || *status == 408,
            // The API itself says that it did nothing.
            Self::NotAuthorised { .. } | Self::Refused { .. } | Self::RateLimited { .. } => false,
            // The API itself says that it did the work.
            Self::NoPayload { .. } => false,
        }
    }
}

/// The maximum length of the answer's text in an error, in bytes.
const KEPT: usize = 64 * 1024;

/// Returns the answer's text as an error stores it: truncated, with a mark, if it is long.
pub(crate) fn kept(raw: &str) -> String {
    if raw.len() <= KEPT {
        return raw.to_owned();
    }
    let end = (0..=KEPT)
        .rev()
        .find(|at| raw.is_char_boundary(*at))
        .unwrap_or_default();
    format!("{}\n[… cut: {} bytes in all]", &raw[..end], raw.len())
}

/// Formats the field errors as the end of a sentence.
fn words(field_errors: &[FieldError]) -> Words<'_> {
    Words(field_errors)
}

struct Words<'a>(&'a [FieldError]);

impl fmt::Display for Words<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, field_error) in self.0.iter().enumerate() {
            write!(f, "{} {field_error}", if index == 0 { ":" } else { ";" })?;
        }
        Ok(())
    }
}
