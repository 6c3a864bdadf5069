//! The envelope around every answer, `{"status", "type", "message"}` (ground rules, "envelope"), and its meaning
//! together with the HTTP status.

use crate::error::kept;
use crate::field_error::field_errors;
use crate::loose_scalar;
use crate::refusal::speaks_of_authorisation;
use crate::{ApiError, Response, RetryAfter, Severity, Tristate, UnreadableReason, ack, json};

/// The envelope of a call that worked.
pub(crate) struct Accepted<'a> {
    /// The JSON of `message`; null if it is missing.
    pub(crate) message: &'a str,
    /// The API's message, if it reported its success as a warning.
    pub(crate) warning: Option<String>,
}

/// An envelope, whatever the HTTP status around it.
struct Envelope<'a> {
    worked: bool,
    /// `type` in lower case.
    kind: String,
    message: &'a str,
}

/// Opens the envelope in `json`, the repaired form of the answer's text `raw`.
pub(crate) fn open<'a>(
    response: &Response,
    raw: &str,
    json: &'a str,
) -> Result<Accepted<'a>, ApiError> {
    let http_status = response.status;
    let fine = (200..300).contains(&http_status);
    match (http_status, Envelope::read(json)) {
        (401 | 403, envelope) => Err(not_authorised(http_status, envelope, raw, json)),
        (429, _) => Err(ApiError::RateLimited {
            retry_after: response
                .header("Retry-After")
                .and_then(RetryAfter::from_header),
            raw: kept(raw),
        }),
        (_, Ok(envelope)) if !envelope.worked => Err(envelope.refusal(http_status, raw)),
        (_, Ok(envelope)) if fine => Ok(envelope.accepted()),
        // Envelope and HTTP status contradict each other, so neither can be trusted.
        (_, Ok(_)) => Err(ApiError::Unreadable {
            http_status,
            reason: UnreadableReason::Contradiction,
            raw: kept(raw),
        }),
        (_, Err(reason)) if fine => Err(ApiError::Unreadable {
            http_status,
            reason,
            raw: kept(raw),
        }),
        (_, Err(_)) => Err(ApiError::Http {
            status: http_status,
            field_errors: field_errors(json),
            raw: kept(raw),
        }),
    }
}

/// Decides whether the API itself sent a 401 or 403, or a proxy or firewall on the way to it. A 401 is about
/// credentials, and the only ones are the token, so only a web page is from somewhere else. A 403 is the API's in its
/// envelope, or with words about the token.
fn not_authorised(
    http_status: u16,
    envelope: Result<Envelope<'_>, UnreadableReason>,
    raw: &str,
    json: &str,
) -> ApiError {
    let is_own = match &envelope {
        Ok(_) => true,
        Err(reason) => http_status == 401 && *reason != UnreadableReason::Html,
    };
    let field_errors = field_errors(envelope.map_or(json, |envelope| envelope.message));
    let raw = kept(raw);
    if is_own || speaks_of_authorisation(&field_errors) {
        ApiError::NotAuthorised {
            http_status,
            field_errors,
            raw,
        }
    } else {
        ApiError::Http {
            status: http_status,
            field_errors: Vec::new(),
            raw,
        }
    }
}

impl<'a> Envelope<'a> {
    fn read(json: &'a str) -> Result<Self, UnreadableReason> {
        let text = json.trim_start();
        if text.is_empty() {
            return Err(UnreadableReason::Empty);
        }
        if text.starts_with('<') {
            return Err(UnreadableReason::Html);
        }
        let members = json::object(json).map_err(|error| match error.classify() {
            serde_json::error::Category::Eof => UnreadableReason::CutOff,
            serde_json::error::Category::Data => UnreadableReason::NotAnEnvelope,
            _ => UnreadableReason::NotJson {
                detail: error.to_string(),
            },
        })?;
        let member = |name| {
            members
                .iter()
                .rev()
                .find(|(key, _)| key == name)
                .map_or("null", |(_, value)| *value)
        };
        let kind = loose_scalar::plain(&json::plain(member("type"))).into_owned();
        let worked = match (
            Tristate::as_received(&json::plain(member("status"))),
            kind.as_str(),
        ) {
            (Tristate::On, _) => true,
            (Tristate::Off, _) => false,
            // If the status is unreadable, the type decides.
            (Tristate::Unknown(_), "success") => true,
            (Tristate::Unknown(_), "error" | "warning") => false,
            (Tristate::Unknown(_), _) => return Err(UnreadableReason::NotAnEnvelope),
        };
        Ok(Self {
            worked,
            message: member("message"),
            kind,
        })
    }

    fn accepted(self) -> Accepted<'a> {
        // The reference leaves a warning with status 1 open; we treat it as a success with a message. An "error" with
        // status 1 is treated the same, so that its message is not lost.
        let has_warning = matches!(self.kind.as_str(), "warning" | "error");
        Accepted {
            message: self.message,
            warning: has_warning.then(|| ack::words(self.message)).flatten(),
        }
    }

    fn refusal(self, http_status: u16, raw: &str) -> ApiError {
        let field_errors = field_errors(self.message);
        let raw = kept(raw);
        if speaks_of_authorisation(&field_errors) {
            return ApiError::NotAuthorised {
                http_status,
                field_errors,
                raw,
            };
        }
        let severity = if self.kind == "warning" {
            Severity::Warning
        } else {
            Severity::Error
        };
        ApiError::Refused {
            severity,
            field_errors,
            http_status,
            raw,
        }
    }
}
