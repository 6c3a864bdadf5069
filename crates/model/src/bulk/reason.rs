//! Why a row failed: a code that is stored, and worded when it is shown.

use switchboard_api::{ApiError, UnreadableReason};

use crate::workspace::StoreError;

/// The maximum length of the API's message in bytes, to limit the stored size of a row.
const WORDS: usize = 400;

/// Why a row failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A message that is shown unchanged: the API's own, or a sentence that an earlier release stored.
    Words(String),
    /// The API could not be reached.
    Unreachable,
    /// The API did not respond within this number of seconds.
    TimedOut(u64),
    /// The call was cancelled.
    Cancelled,
    /// The API forbids the call for this token.
    NotAuthorised,
    /// The API does not allow the call with this token.
    Forbidden,
    /// The API refused without a reason.
    Refused,
    /// The API responded with this HTTP status.
    Http(u16),
    /// The API limits the rate of calls.
    RateLimited,
    /// The response was empty.
    Empty,
    /// The response was a web page.
    Html,
    /// The response was truncated.
    CutOff,
    /// The response was not JSON.
    NotJson,
    /// The response had an unexpected shape.
    OtherShape,
    /// The response contradicted its HTTP status.
    Contradiction,
    /// A look-up found that the sent call had no effect.
    NoEffect,
    /// The row would overwrite a change that was made since. It was not sent.
    ChangedSince,
    /// This browser could not store the result.
    NotStored(StoreError),
    /// A code of a later release.
    Other(String),
}

/// The codes without a number.
const CODES: [(&str, Reason); 18] = [
    ("unreachable", Reason::Unreachable),
    ("cancelled", Reason::Cancelled),
    ("not-authorised", Reason::NotAuthorised),
    ("forbidden", Reason::Forbidden),
    ("refused", Reason::Refused),
    ("rate-limited", Reason::RateLimited),
    ("empty", Reason::Empty),
    ("html", Reason::Html),
    ("cut-off", Reason::CutOff),
    ("not-json", Reason::NotJson),
    ("other-shape", Reason::OtherShape),
    ("contradiction", Reason::Contradiction),
    ("no-effect", Reason::NoEffect),
    ("changed-since", Reason::ChangedSince),
    ("store-blocked", Reason::NotStored(StoreError::Blocked)),
    ("store-full", Reason::NotStored(StoreError::Full)),
    ("store-not-kept", Reason::NotStored(StoreError::NotKept)),
    ("store-forgotten", Reason::NotStored(StoreError::Forgotten)),
];

impl Reason {
    /// Returns whether the row cannot succeed when it is sent again: someone has changed the value since.
    #[must_use]
    pub fn is_final(&self) -> bool {
        *self == Self::ChangedSince
    }

    /// Returns why a call failed.
    #[must_use]
    pub fn of(error: &ApiError) -> Self {
        match error {
            ApiError::Unreachable { .. } => Self::Unreachable,
            ApiError::TimedOut { after } => Self::TimedOut(after.as_secs()),
            ApiError::Cancelled => Self::Cancelled,
            ApiError::NotAuthorised {
                http_status: 403, ..
            } => Self::Forbidden,
            ApiError::NotAuthorised { .. } => Self::NotAuthorised,
            ApiError::Refused { .. } | ApiError::NoPayload { .. } => {
                error.text().map_or(Self::Refused, Self::Words)
            }
            ApiError::Http { status, .. } => Self::Http(*status),
            ApiError::RateLimited { .. } => Self::RateLimited,
            ApiError::Unreadable { reason, .. } => match reason {
                UnreadableReason::Empty => Self::Empty,
                UnreadableReason::Html => Self::Html,
                UnreadableReason::CutOff => Self::CutOff,
                UnreadableReason::NotJson { .. } => Self::NotJson,
                UnreadableReason::NotAnEnvelope | UnreadableReason::OtherShape { .. } => {
                    Self::OtherShape
                }
                UnreadableReason::Contradiction => Self::Contradiction,
            },
        }
    }

    /// Returns the code to store; `None` for a message, which is stored unchanged.
    pub(super) fn code(&self) -> Option<String> {
        match self {
            Self::Words(_) => None,
            Self::TimedOut(seconds) => Some(format!("timed-out {seconds}")),
            Self::Http(status) => Some(format!("http {status}")),
            Self::Other(code) => Some(code.clone()),
            plain => {
                let code = CODES.iter().find(|(_, reason)| reason == plain);
                code.map(|(code, _)| (*code).to_owned())
            }
        }
    }

    /// Parses a code.
    pub(super) fn of_code(code: &str) -> Self {
        let plain = CODES.iter().find(|(known, _)| *known == code);
        let counted = || match code.split_once(' ')? {
            ("timed-out", seconds) => seconds.parse().ok().map(Self::TimedOut),
            ("http", status) => status.parse().ok().map(Self::Http),
            _ => None,
        };
        plain
            .map(|(_, reason)| reason.clone())
            .or_else(counted)
            .unwrap_or_else(|| Self::Other(code.to_owned()))
    }

    /// Truncates a message that is too long to store for each row.
    pub(super) fn shortened(self) -> Self {
        match self {
            Self::Words(mut words) => {
                let mut end = WORDS.min(words.len());
                while !words.is_char_boundary(end) {
                    end -= 1;
                }
                words.truncate(end);
                Self::Words(words)
            }
            code => code,
        }
    }
}

impl From<&str> for Reason {
    fn from(words: &str) -> Self {
        Self::Words(words.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_read_as_it_was_written() {
        let counted = [Reason::TimedOut(30), Reason::Http(503)];
        let later = [Reason::Other("on-the-moon 7".to_owned())];
        let plain = CODES.map(|(_, reason)| reason);
        for reason in plain.into_iter().chain(counted).chain(later) {
            let code = reason.code().expect("a code");
            assert_eq!(Reason::of_code(&code), reason, "{code}");
        }
        assert_eq!(Reason::from("no").code(), None);
    }

    #[test]
    fn invalid_number_is_a_code_of_a_later_release() {
        for code in ["http many", "timed-out", ""] {
            assert_eq!(Reason::of_code(code), Reason::Other(code.to_owned()));
        }
    }
}
