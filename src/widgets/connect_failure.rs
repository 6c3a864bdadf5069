//! Explains why an attempt to connect failed. A wrong address, a wrong token, a browser that withholds the answer and
//! a dead host need four different fixes.

use leptos::prelude::*;
use switchboard_api::{ApiError, UnreadableReason};

use crate::browser::clock;
use crate::i18n::{Text, t, tf};
use crate::operations::try_connect::ConnectAttempt;
use crate::remote::Reach;
use crate::ui::{Notice, Tone};
use crate::widgets::failure::TechnicalDetail;
use crate::wording::explain::{Explained, explain};

/// Shows why the last attempt failed, above the form.
#[component]
pub fn ConnectFailure(
    /// The attempt.
    attempt: RwSignal<ConnectAttempt>,
    /// The error of the field for the token, which a refused token is shown at, too.
    token_error: RwSignal<Option<String>>,
) -> impl IntoView {
    Effect::new(move || {
        if let ConnectAttempt::Failed(ApiError::NotAuthorised { .. }) = attempt.get() {
            token_error.set(Some(t(Text::ConnectTokenField).to_owned()));
        }
    });
    move || {
        let attempt = attempt.get();
        let Explained { title, advice } = words(&attempt)?;
        // The field announces a refused token.
        let quiet = matches!(
            attempt,
            ConnectAttempt::Failed(ApiError::NotAuthorised { .. })
        );
        let detail = match attempt {
            ConnectAttempt::Failed(error) | ConnectAttempt::NoAnswer { error, .. } => {
                Some(view! { <TechnicalDetail error /> })
            }
            ConnectAttempt::Idle | ConnectAttempt::Trying => None,
        };
        Some(view! { <Notice tone=Tone::Bad title quiet><p>{advice}</p>{detail}</Notice> })
    }
}

fn words(attempt: &ConnectAttempt) -> Option<Explained> {
    let said = |title: Text, advice: Text, host: &str| {
        let host = [("host", host)];
        Some(Explained {
            title: tf(title, &host),
            advice: tf(advice, &host),
        })
    };
    match attempt {
        ConnectAttempt::Idle | ConnectAttempt::Trying => None,
        ConnectAttempt::NoAnswer { reach, host, .. } => match reach {
            Reach::Dead => said(Text::ConnectDead, Text::ConnectDeadAdvice, host),
            Reach::RefusesThisPage => said(Text::ConnectCors, Text::ConnectCorsAdvice, host),
            Reach::MixedContent => said(Text::ConnectMixed, Text::ConnectMixedAdvice, host),
            Reach::PlainHttp => said(Text::ConnectPlain, Text::ConnectPlainAdvice, host),
        },
        ConnectAttempt::Failed(ApiError::NotAuthorised { .. }) => {
            said(Text::ConnectToken, Text::ConnectTokenAdvice, "")
        }
        ConnectAttempt::Failed(
            error @ ApiError::Http {
                status: 401 | 403, ..
            },
        ) => Some(explain(error, clock::now())),
        ConnectAttempt::Failed(
            ApiError::Unreadable {
                reason:
                    UnreadableReason::Html
                    | UnreadableReason::NotJson { .. }
                    | UnreadableReason::NotAnEnvelope
                    | UnreadableReason::OtherShape { .. },
                ..
            }
            | ApiError::Http {
                status: 300..=499, ..
            },
        ) => said(Text::ConnectNotTheApi, Text::ConnectNotTheApiAdvice, ""),
        ConnectAttempt::Failed(error) => Some(explain(error, clock::now())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_cause_of_failure_has_its_own_text() {
        let raw = String::new;
        let lost = ApiError::Unreachable {
            detail: "Failed to fetch".to_owned(),
        };
        let no_answer = |reach| ConnectAttempt::NoAnswer {
            reach,
            host: "acme.example".to_owned(),
            error: lost.clone(),
        };
        let attempts = [
            ConnectAttempt::Failed(ApiError::Http {
                status: 404,
                field_errors: Vec::new(),
                raw: raw(),
            }),
            ConnectAttempt::Failed(ApiError::NotAuthorised {
                http_status: 401,
                field_errors: Vec::new(),
                raw: raw(),
            }),
            no_answer(Reach::RefusesThisPage),
            no_answer(Reach::Dead),
            no_answer(Reach::MixedContent),
            no_answer(Reach::PlainHttp),
        ];
        let mut titles: Vec<String> = attempts
            .iter()
            .filter_map(words)
            .map(|words| words.title)
            .collect();
        titles.sort();
        titles.dedup();
        assert_eq!(titles.len(), attempts.len());
    }
}
