//! What can go wrong with a call, each with one meaning that a person could act on.

use std::fmt;
use std::time::Duration;

use crate::{FieldError, RetryAfter};

/// Why a call gave no payload. `raw` is always the answer's text as it came, up to 64 KiB of it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ApiError {
    /// Nothing was answered: no such host, no connection, or the browser withheld the answer
    /// (CORS).
    #[error("the API could not be reached: {detail}")]
    Unreachable {
        /// What the transport said.
        detail: String,
    },
    /// Nothing was answered in time.
    #[error("the API did not answer within {} s", after.as_secs())]
    TimedOut {
        /// How long was waited.
        after: Duration,
    },
    /// The caller gave up waiting.
    #[error("the call was cancelled")]
    Cancelled,
    /// HTTP 401 or 403, or a refusal that says nothing but that the token is bad. Not 403 with a page: the API did not send that.
    #[error(
        "the API did not accept the token (HTTP {http_status}){}",
        words(field_errors)
    )]
    NotAuthorised {
        /// The HTTP status.
        http_status: u16,
        /// What the API said.
        field_errors: Vec<FieldError>,
        /// The answer's text.
        raw: String,
    },
    /// The API understood and said no: an envelope with status 0.
    #[error("the API refused (HTTP {http_status}){}", words(field_errors))]
    Refused {
        /// Whether it called that an error or a warning.
        severity: Severity,
        /// What the API said.
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
        /// What the answer said, if it was JSON.
        field_errors: Vec<FieldError>,
        /// The answer's text.
        raw: String,
    },
    /// HTTP 429: too many calls.
    #[error("the API is limiting the rate of calls")]
    RateLimited {
        /// When to try again, if the answer said so.
        retry_after: Option<RetryAfter>,
        /// The answer's text.
        raw: String,
    },
    /// An answer that is not what the reference promises.
    #[error("the API's answer could not be read (HTTP {http_status}): {reason}")]
    Unreadable {
        /// The HTTP status.
        http_status: u16,
        /// What is wrong with it.
        reason: UnreadableReason,
        /// The answer's text.
        raw: String,
    },
    /// The call worked, but in place of the payload there is only a warning.
    #[error("the API warned: {warning}")]
    NoPayload {
        /// The API's words.
        warning: String,
    },
}

/// What the API called its refusal (`type` of the envelope).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Severity {
    /// `error`, and whatever else is not a warning.
    Error,
    /// `warning`.
    Warning,
}

/// What is wrong with an answer that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnreadableReason {
    /// It is empty.
    #[error("it is empty")]
    Empty,
    /// It is a page, as from a wrong address or a proxy.
    #[error("it is HTML")]
    Html,
    /// It is JSON up to where it ends too soon.
    #[error("it is cut off")]
    CutOff,
    /// It is not JSON.
    #[error("it is not JSON: {detail}")]
    NotJson {
        /// What the parser said, with the place.
        detail: String,
    },
    /// It is JSON, but not `{status, type, message}`.
    #[error("it is not in the API's envelope")]
    NotAnEnvelope,
    /// The envelope says that the call worked and the HTTP status says that it did not.
    #[error("its envelope says success and its HTTP status does not")]
    Contradiction,
    /// The envelope is as promised, what it holds is not.
    #[error("{expected}")]
    OtherShape {
        /// What was expected in its place.
        expected: String,
    },
}

impl ApiError {
    /// What the API itself said, joined into one text; nothing when it said nothing that can be
    /// told from noise.
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

    /// The answer's text as it came, up to 64 KiB of it.
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

    /// The same failure without the answer's text, for whoever keeps that elsewhere.
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

    /// Whether a *write* that ended so may have been carried out all the same, and has to be looked
    /// up before it is sent again.
    #[must_use]
    pub fn outcome_unknown(&self) -> bool {
        match self {
            // The call may have arrived before the connection broke, and the browser tells a host
            // that is not there no differently from an answer withheld.
            Self::Unreachable { .. } | Self::TimedOut { .. } | Self::Cancelled => true,
            // Something answered, but whether it had done the work cannot be read from that.
            Self::Unreadable { .. } => true,
            // A client error is said before any work; a server error, a gateway's above all, may
            // come after it. 408 is the server's own time-out.
            Self::Http { status, .. } => !(400..500).contains(status) || *status == 408,
            // The API said itself that it did not do it.
            Self::NotAuthorised { .. } | Self::Refused { .. } | Self::RateLimited { .. } => false,
            // The API said itself that it did it.
            Self::NoPayload { .. } => false,
        }
    }
}

/// How much of an answer an error keeps, in bytes.
const KEPT: usize = 64 * 1024;

/// The answer's text as an error keeps it: cut, with a mark that says so, when it is long.
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

/// The field errors as the end of a sentence.
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
