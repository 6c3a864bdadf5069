//! What can go wrong with a call, each with one meaning that a person could act on.

use std::fmt;
use std::time::Duration;

use crate::{Complaint, RetryAfter};

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
    /// HTTP 401 or 403, or a refusal that speaks of the token.
    #[error(
        "the API did not accept the token (HTTP {http_status}){}",
        words(complaints)
    )]
    NotAuthorised {
        /// The HTTP status.
        http_status: u16,
        /// What the API said.
        complaints: Vec<Complaint>,
        /// The answer's text.
        raw: String,
    },
    /// The API understood and said no: an envelope with status 0.
    #[error("the API refused (HTTP {http_status}){}", words(complaints))]
    Refused {
        /// Whether it called that an error or a warning.
        severity: Severity,
        /// What the API said.
        complaints: Vec<Complaint>,
        /// The HTTP status.
        http_status: u16,
        /// The answer's text.
        raw: String,
    },
    /// An HTTP status other than success, without an envelope.
    #[error("the API answered HTTP {status}{}", words(complaints))]
    Http {
        /// The HTTP status.
        status: u16,
        /// What the answer said, if it was JSON.
        complaints: Vec<Complaint>,
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
            Self::NotAuthorised { complaints, .. }
            | Self::Refused { complaints, .. }
            | Self::Http { complaints, .. } => Some(
                complaints
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

    /// Whether the same *read* may go better a moment later, with nobody changing anything.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Unreachable { .. } | Self::TimedOut { .. } | Self::RateLimited { .. } => true,
            Self::Unreadable { reason, .. } => {
                matches!(reason, UnreadableReason::Empty | UnreadableReason::CutOff)
            }
            // 501 is the one server error that is meant to last.
            Self::Http { status, .. } => matches!(status, 408 | 425 | 500 | 502..=599),
            Self::Cancelled
            | Self::NotAuthorised { .. }
            | Self::Refused { .. }
            | Self::NoPayload { .. } => false,
        }
    }
}

/// Whether a refusal is about the right to call at all. The reference does not say how a bad token
/// is refused, so its words have to tell; addresses and names of domains are passed over, for they
/// are anybody's words.
pub(crate) fn speaks_of_authorisation(complaints: &[Complaint]) -> bool {
    let texts = complaints.iter().flat_map(|complaint| {
        [
            complaint.field.as_deref().unwrap_or_default(),
            complaint.text.as_str(),
        ]
    });
    texts.flat_map(str::split_whitespace).any(|word| {
        let word = word
            .trim_matches(|c: char| !c.is_alphanumeric())
            .to_ascii_lowercase();
        let about = [
            "unauthori",
            "authoris",
            "authoriz",
            "authenticat",
            "unauthenticat",
        ];
        !word.contains(['@', '.'])
            && (matches!(word.as_str(), "token" | "tokens")
                || word.ends_with("_token")
                || about.iter().any(|stem| word.starts_with(stem)))
    })
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

/// The complaints as the end of a sentence.
fn words(complaints: &[Complaint]) -> Words<'_> {
    Words(complaints)
}

struct Words<'a>(&'a [Complaint]);

impl fmt::Display for Words<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, complaint) in self.0.iter().enumerate() {
            write!(f, "{} {complaint}", if index == 0 { ":" } else { ";" })?;
        }
        Ok(())
    }
}
