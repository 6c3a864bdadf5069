//! Turns a failure into sentences: what happened, whether anything changed, what to do next. No other module does this.

use switchboard_api::{ApiError, RetryAfter};
use switchboard_model::bulk::Reason;

use crate::browser::network::is_offline;
use crate::i18n::{Text, sentences, t, tc, tf};
use crate::wording::store::store_error;

/// A failure in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// What happened.
    pub title: String,
    /// What to do next.
    pub advice: String,
}

/// Explains a failed call. `now` is in milliseconds since 1970-01-01 UTC.
#[must_use]
pub fn explain(error: &ApiError, now: u64) -> Explained {
    let advice = match error {
        ApiError::RateLimited { retry_after, .. } => wait(*retry_after, now),
        error => t(advice(error)).to_owned(),
    };
    let title = failure(&Reason::of(error));
    Explained { title, advice }
}

/// Returns what happened, from the stored reason. Empty for a reason of a later release.
#[must_use]
pub fn failure(reason: &Reason) -> String {
    let text = match reason {
        Reason::Words(said) => return sentence(said),
        Reason::TimedOut(after) => return seconds(Text::ErrorTimedOut, *after),
        Reason::Http(status) => {
            let text = match status {
                401 | 403 => Text::ErrorBarred,
                _ => Text::ErrorHttp,
            };
            return tf(text, &[("status", &status.to_string())]);
        }
        Reason::NotStored(error) => return store_error(error.clone()),
        Reason::Other(_) => return String::new(),
        Reason::Unreachable => Text::ErrorUnreachable,
        Reason::Cancelled => Text::ErrorCancelled,
        Reason::NotAuthorised => Text::ErrorNotAuthorised,
        Reason::Forbidden => Text::ErrorForbidden,
        Reason::Refused => Text::ErrorRefusedSilently,
        Reason::RateLimited => Text::ErrorRateLimited,
        Reason::Empty => Text::ErrorAnswerEmpty,
        Reason::Html => Text::ErrorAnswerHtml,
        Reason::CutOff => Text::ErrorAnswerCutOff,
        Reason::NotJson => Text::ErrorAnswerNotJson,
        Reason::OtherShape => Text::ErrorAnswerOtherShape,
        Reason::Contradiction => Text::ErrorAnswerContradiction,
        Reason::NoEffect => Text::RunDidNotHappen,
        Reason::ChangedSince => Text::RunChangedSince,
    };
    t(text).to_owned()
}

/// Returns what to do next.
fn advice(error: &ApiError) -> Text {
    match error {
        ApiError::Unreachable { .. } => Text::ErrorUnreachableAdvice,
        ApiError::TimedOut { .. } => Text::ErrorTimedOutAdvice,
        ApiError::Cancelled => Text::ErrorTryAgain,
        ApiError::NotAuthorised {
            http_status: 403, ..
        } => Text::ErrorForbiddenAdvice,
        ApiError::NotAuthorised { .. } => Text::ErrorNotAuthorisedAdvice,
        ApiError::Refused { .. } => Text::ErrorRefusedAdvice,
        ApiError::Http {
            status: 401 | 403, ..
        } => Text::ErrorBarredAdvice,
        ApiError::Http {
            status: 500..=599, ..
        } => Text::ErrorServerAdvice,
        ApiError::Http { .. } => Text::ErrorHttpAdvice,
        ApiError::RateLimited { .. } => Text::ErrorRateLimitedAdvice,
        ApiError::Unreadable { .. } => Text::ErrorUnreadableAdvice,
        ApiError::NoPayload { .. } => Text::ErrorNoPayloadAdvice,
    }
}

/// Explains a failed read. A refusal has no advice: a read never changes anything.
#[must_use]
pub fn explain_read(error: &ApiError, now: u64) -> Explained {
    let mut words = explain(error, now);
    if matches!(error, ApiError::Refused { .. }) {
        words.advice.clear();
    }
    words
}

/// Explains a failure in one sentence. If the API limits the rate of calls, a second one says how long to wait.
#[must_use]
pub fn explain_briefly(error: &ApiError, now: u64) -> String {
    let Explained { title, advice } = explain(error, now);
    match error {
        ApiError::RateLimited { .. } => sentences(&title, &advice),
        _ => title,
    }
}

/// Explains a write whose answer was lost and whose look-up failed too, with the error `look`. Quotes the API if it
/// refused the look-up with a reason.
#[must_use]
pub fn explain_unknown(look: &ApiError) -> String {
    match said(look) {
        Some(said) => tf(Text::OutcomeUnknownSaid, &[("said", &said)]),
        None if is_offline() => t(Text::OutcomeUnknownOffline).to_owned(),
        None => t(Text::OutcomeUnknownChecked).to_owned(),
    }
}

/// Returns the API's reason for a refusal; `None` if it did not refuse, or gave no reason.
#[must_use]
pub fn said(error: &ApiError) -> Option<String> {
    match error {
        ApiError::Refused { .. } => error.text(),
        _ => None,
    }
}

/// Adds a full stop to the API's message if it ends with a letter or a digit, because another sentence follows.
fn sentence(said: &str) -> String {
    let said = said.trim_end();
    if said.ends_with(char::is_alphanumeric) {
        format!("{said}.")
    } else {
        said.to_owned()
    }
}

fn wait(retry_after: Option<RetryAfter>, now: u64) -> String {
    match retry_after {
        Some(when) => seconds(Text::ErrorRateLimitedWait, when.wait(now / 1000).as_secs()),
        None => t(Text::ErrorRateLimitedAdvice).to_owned(),
    }
}

fn seconds(text: Text, seconds: u64) -> String {
    let seconds = usize::try_from(seconds).unwrap_or(usize::MAX);
    tc(text, &[("seconds", seconds)], &[])
}

/// Returns the API's messages about one field, to be shown below that field.
#[must_use]
pub fn field_error_about(error: &ApiError, field: &str) -> Option<String> {
    let (ApiError::Refused { field_errors, .. }
    | ApiError::Http { field_errors, .. }
    | ApiError::NotAuthorised { field_errors, .. }) = error
    else {
        return None;
    };
    let about: Vec<&str> = field_errors
        .iter()
        .filter(|one| one.field.as_deref() == Some(field))
        .map(|one| one.text.as_str())
        .collect();
    (!about.is_empty()).then(|| about.join(" "))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use switchboard_api::{FieldError, Severity, UnreadableReason};

    use super::*;

    fn refused(field: Option<&str>, text: &str) -> ApiError {
        ApiError::Refused {
            severity: Severity::Error,
            field_errors: vec![FieldError {
                field: field.map(str::to_owned),
                text: text.to_owned(),
            }],
            http_status: 200,
            raw: String::new(),
        }
    }

    #[test]
    fn refusal_quotes_the_api_and_read_has_no_advice() {
        let error = refused(None, "Operator does not exist");
        assert_eq!(explain(&error, 0).title, "Operator does not exist.");
        assert_eq!(explain(&error, 0).advice, "Nothing was changed.");
        assert_eq!(explain_read(&error, 0).advice, "");
        assert_eq!(explain(&refused(None, "Why? "), 0).title, "Why?");
    }

    #[test]
    fn unknown_outcome_quotes_a_refused_look_up() {
        let spoke = explain_unknown(&refused(None, "Not on a Monday"));
        assert!(spoke.contains("“Not on a Monday”"), "{spoke}");
        let silent = explain_unknown(&ApiError::Cancelled);
        assert_eq!(silent, t(Text::OutcomeUnknownChecked));
        assert!(!silent.contains("eload"), "{silent}");
    }

    #[test]
    fn every_failure_has_a_title_and_advice() {
        let raw = || "raw".to_owned();
        for error in [
            ApiError::Unreachable { detail: raw() },
            ApiError::TimedOut {
                after: Duration::from_secs(30),
            },
            ApiError::Cancelled,
            ApiError::NotAuthorised {
                http_status: 401,
                field_errors: Vec::new(),
                raw: raw(),
            },
            ApiError::NotAuthorised {
                http_status: 403,
                field_errors: Vec::new(),
                raw: raw(),
            },
            ApiError::Refused {
                severity: Severity::Warning,
                field_errors: Vec::new(),
                http_status: 200,
                raw: raw(),
            },
            ApiError::Http {
                status: 404,
                field_errors: Vec::new(),
                raw: raw(),
            },
            ApiError::Http {
                status: 503,
                field_errors: Vec::new(),
                raw: raw(),
            },
            ApiError::RateLimited {
                retry_after: None,
                raw: raw(),
            },
            ApiError::RateLimited {
                retry_after: Some(RetryAfter::At(90)),
                raw: raw(),
            },
            ApiError::Unreadable {
                http_status: 200,
                reason: UnreadableReason::Html,
                raw: raw(),
            },
            ApiError::NoPayload {
                warning: "Careful".to_owned(),
            },
        ] {
            let Explained { title, advice } = explain(&error, 60_000);
            assert!(!title.is_empty() && !advice.is_empty(), "{error:?}");
            assert!(
                !title.contains('{') && !advice.contains('{'),
                "{error:?}: {title} {advice}"
            );
        }
    }

    #[test]
    fn rate_limit_shows_the_remaining_wait() {
        let error = ApiError::RateLimited {
            retry_after: Some(RetryAfter::At(90)),
            raw: String::new(),
        };
        assert!(explain(&error, 60_000).advice.contains("30"));
        assert!(explain_briefly(&error, 60_000).contains("30"));
    }

    #[test]
    fn field_error_is_shown_at_its_own_field_only() {
        let error = refused(Some("email"), "Email is not valid");
        assert_eq!(
            field_error_about(&error, "email").as_deref(),
            Some("Email is not valid")
        );
        assert_eq!(field_error_about(&error, "domain"), None);
        assert_eq!(field_error_about(&ApiError::Cancelled, "email"), None);
    }
}
