//! The one place that turns a failure into sentences: what happened, whether anything changed, what to do next.

use leptos::prelude::*;
use switchboard_api::{ApiError, RetryAfter, UnreadableReason};

use crate::browser::clock;
use crate::i18n::{Text, t, tf};
use crate::remote::{Access, Remote};
use crate::ui::{Button, Notice, Tone};

/// A failure in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// What happened.
    pub title: String,
    /// What to do next.
    pub advice: String,
}

/// The words for a failed call. `now` is in milliseconds since 1970-01-01 UTC.
#[must_use]
pub fn explain(error: &ApiError, now: u64) -> Explained {
    let said = error.text().unwrap_or_default();
    let (title, advice) = match error {
        ApiError::Unreachable { .. } => (
            t(Text::ErrorUnreachable).to_owned(),
            t(Text::ErrorUnreachableAdvice).to_owned(),
        ),
        ApiError::TimedOut { after } => (
            tf(
                Text::ErrorTimedOut,
                &[("seconds", &after.as_secs().to_string())],
            ),
            t(Text::ErrorTimedOutAdvice).to_owned(),
        ),
        ApiError::Cancelled => (
            t(Text::ErrorCancelled).to_owned(),
            t(Text::ErrorTryAgain).to_owned(),
        ),
        ApiError::NotAuthorised {
            http_status: 403, ..
        } => (
            t(Text::ErrorForbidden).to_owned(),
            t(Text::ErrorForbiddenAdvice).to_owned(),
        ),
        ApiError::NotAuthorised { .. } => (
            t(Text::ErrorNotAuthorised).to_owned(),
            t(Text::ErrorNotAuthorisedAdvice).to_owned(),
        ),
        ApiError::Refused { .. } if said.is_empty() => (
            t(Text::ErrorRefusedSilently).to_owned(),
            t(Text::ErrorRefusedAdvice).to_owned(),
        ),
        ApiError::Refused { .. } => (sentence(&said), t(Text::ErrorRefusedAdvice).to_owned()),
        ApiError::Http { status, .. } => {
            let status = status.to_string();
            let advice = if status.starts_with('5') {
                Text::ErrorServerAdvice
            } else {
                Text::ErrorHttpAdvice
            };
            (
                tf(Text::ErrorHttp, &[("status", &status)]),
                t(advice).to_owned(),
            )
        }
        ApiError::RateLimited { retry_after, .. } => (
            t(Text::ErrorRateLimited).to_owned(),
            wait(*retry_after, now),
        ),
        ApiError::Unreadable { reason, .. } => (
            t(unreadable(reason)).to_owned(),
            t(Text::ErrorUnreadableAdvice).to_owned(),
        ),
        ApiError::NoPayload { warning } => {
            (warning.clone(), t(Text::ErrorNoPayloadAdvice).to_owned())
        }
    };
    Explained { title, advice }
}

/// The words for a call that only reads: that a refusal changed nothing goes without saying.
#[must_use]
pub fn explain_read(error: &ApiError, now: u64) -> Explained {
    let mut words = explain(error, now);
    if matches!(error, ApiError::Refused { .. }) {
        words.advice.clear();
    }
    words
}

/// The words for where there is room for one sentence: what happened, and how long to wait where the API said so.
#[must_use]
pub fn explain_briefly(error: &ApiError, now: u64) -> String {
    let Explained { title, advice } = explain(error, now);
    match error {
        ApiError::RateLimited { .. } => format!("{title} {advice}"),
        _ => title,
    }
}

/// What the API said, ended as a sentence is: more follows it.
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
        Some(when) => tf(
            Text::ErrorRateLimitedWait,
            &[("seconds", &when.wait(now / 1000).as_secs().to_string())],
        ),
        None => t(Text::ErrorRateLimitedAdvice).to_owned(),
    }
}

fn unreadable(reason: &UnreadableReason) -> Text {
    match reason {
        UnreadableReason::Empty => Text::ErrorAnswerEmpty,
        UnreadableReason::Html => Text::ErrorAnswerHtml,
        UnreadableReason::CutOff => Text::ErrorAnswerCutOff,
        UnreadableReason::NotJson { .. } => Text::ErrorAnswerNotJson,
        UnreadableReason::NotAnEnvelope | UnreadableReason::OtherShape { .. } => {
            Text::ErrorAnswerOtherShape
        }
        UnreadableReason::Contradiction => Text::ErrorAnswerContradiction,
    }
}

/// What the API complained of one field, for the line below that field.
#[must_use]
pub fn complaint_about(error: &ApiError, field: &str) -> Option<String> {
    let (ApiError::Refused { complaints, .. }
    | ApiError::Http { complaints, .. }
    | ApiError::NotAuthorised { complaints, .. }) = error
    else {
        return None;
    };
    let about: Vec<&str> = complaints
        .iter()
        .filter(|one| one.field.as_deref() == Some(field))
        .map(|one| one.text.as_str())
        .collect();
    (!about.is_empty()).then(|| about.join(" "))
}

/// A failed read, told in place: in words, with the raw answer under a disclosure and a way on.
#[component]
pub fn Failure(
    /// What it ended with.
    #[prop(into)]
    error: Signal<ApiError>,
    /// What could not be done, e.g. "The operators could not be loaded".
    #[prop(into)]
    doing: String,
    /// How to try again.
    #[prop(optional, into)]
    retry: Option<Callback<()>>,
) -> impl IntoView {
    let remote = Remote::get();
    let doing = StoredValue::new(doing);
    move || {
        let error = error.get();
        let Explained { title, advice } = explain_read(&error, clock::now());
        let again = retry
            .map(|retry| view! { <Button label=t(Text::TryAgain).to_owned() on_press=retry /> });
        let reconnect = Access::asks_for_a_token(&error)
            .then(|| view! { <Button label=t(Text::EnterToken).to_owned() on_press=Callback::new(move |()| remote.access().ask()) /> });
        view! {
            <Notice tone=Tone::Bad title=doing.get_value()>
                <p><strong>{title}</strong>" "{advice}</p>
                <div class="actions">{again}{reconnect}</div>
                <TechnicalDetail error=error.clone() />
            </Notice>
        }
    }
}

/// The raw answer, for whoever has to mend it.
#[component]
pub fn TechnicalDetail(
    /// What the call ended with.
    error: ApiError,
) -> impl IntoView {
    let raw = error.raw().map(str::to_owned).filter(|raw| !raw.is_empty());
    view! {
        <details class="technical">
            <summary>{t(Text::TechnicalDetail)}</summary>
            <p>{error.to_string()}</p>
            {raw.map(|raw| view! { <pre class="code" dir="ltr" tabindex="0" role="group" aria-label=t(Text::RawAnswer)>{raw}</pre> })}
        </details>
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use switchboard_api::{Complaint, Severity};

    use super::*;

    fn refused(field: Option<&str>, text: &str) -> ApiError {
        ApiError::Refused {
            severity: Severity::Error,
            complaints: vec![Complaint {
                field: field.map(str::to_owned),
                text: text.to_owned(),
            }],
            http_status: 200,
            raw: String::new(),
        }
    }

    #[test]
    fn a_refusal_is_told_in_the_words_of_the_api_and_a_read_changes_nothing_anyway() {
        let error = refused(None, "Operator does not exist");
        assert_eq!(explain(&error, 0).title, "Operator does not exist.");
        assert_eq!(explain(&error, 0).advice, "Nothing was changed.");
        assert_eq!(explain_read(&error, 0).advice, "");
        assert_eq!(explain(&refused(None, "Why? "), 0).title, "Why?");
    }

    #[test]
    fn every_failure_has_words_and_a_way_on() {
        let raw = || "raw".to_owned();
        for error in [
            ApiError::Unreachable { detail: raw() },
            ApiError::TimedOut {
                after: Duration::from_secs(30),
            },
            ApiError::Cancelled,
            ApiError::NotAuthorised {
                http_status: 401,
                complaints: Vec::new(),
                raw: raw(),
            },
            ApiError::NotAuthorised {
                http_status: 403,
                complaints: Vec::new(),
                raw: raw(),
            },
            ApiError::Refused {
                severity: Severity::Warning,
                complaints: Vec::new(),
                http_status: 200,
                raw: raw(),
            },
            ApiError::Http {
                status: 404,
                complaints: Vec::new(),
                raw: raw(),
            },
            ApiError::Http {
                status: 503,
                complaints: Vec::new(),
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
    fn a_rate_limit_says_how_long_is_left() {
        let error = ApiError::RateLimited {
            retry_after: Some(RetryAfter::At(90)),
            raw: String::new(),
        };
        assert!(explain(&error, 60_000).advice.contains("30"));
        assert!(explain_briefly(&error, 60_000).contains("30"));
    }

    #[test]
    fn a_complaint_goes_to_its_own_field_only() {
        let error = refused(Some("email"), "Email is not valid");
        assert_eq!(
            complaint_about(&error, "email").as_deref(),
            Some("Email is not valid")
        );
        assert_eq!(complaint_about(&error, "domain"), None);
        assert_eq!(complaint_about(&ApiError::Cancelled, "email"), None);
    }
}
