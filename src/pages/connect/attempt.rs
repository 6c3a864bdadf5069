//! One attempt to connect, and the plain explanation of why it failed. A wrong address, a wrong token, a browser that keeps the answer to
//! itself and a dead host are four different things for whoever has to mend them.

use std::sync::Arc;

use leptos::prelude::*;
use switchboard_api::endpoints::GetOrganisation;
use switchboard_api::{ApiError, Connection, Organisation, UnreadableReason};

use super::super::explain::{Explained, TechnicalDetail, explain};
use crate::browser::clock;
use crate::i18n::{Text, tf};
use crate::remote::{CallLog, Reach, barred, reach, try_connection};
use crate::ui::{Notice, Tone};

/// Where connecting stands.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::pages) enum Attempt {
    /// Nothing was tried yet.
    Idle,
    /// Under way.
    Trying,
    /// The API answered, but not as it should.
    Failed(ApiError),
    /// Nothing came through.
    NoAnswer {
        /// What the browser could find out.
        reach: Reach,
        /// The host that was asked.
        host: String,
        /// What the call ended with.
        error: ApiError,
    },
}

/// Asks for the organisation, and for the reason when that fails.
pub(in crate::pages) async fn connect(
    calls: CallLog,
    connection: &Connection,
) -> Result<Arc<Organisation>, Attempt> {
    if let Some(reach) = barred(&connection.base_url) {
        return Err(Attempt::NoAnswer {
            reach,
            host: connection.base_url.host().to_owned(),
            error: ApiError::Unreachable {
                detail: "this page may not call the address, and did not".to_owned(),
            },
        });
    }
    match try_connection(calls, connection, &GetOrganisation).await {
        Ok(answer) => Ok(Arc::new(answer.payload)),
        Err(error @ ApiError::Unreachable { .. }) => Err(Attempt::NoAnswer {
            reach: reach(&connection.base_url).await,
            host: connection.base_url.host().to_owned(),
            error,
        }),
        Err(error) => Err(Attempt::Failed(error)),
    }
}

/// Why the last attempt failed, above the form.
#[component]
pub(in crate::pages) fn AttemptNotice(attempt: RwSignal<Attempt>) -> impl IntoView {
    move || {
        let attempt = attempt.get();
        let Explained { title, advice } = words(&attempt)?;
        let detail = match attempt {
            Attempt::Failed(error) | Attempt::NoAnswer { error, .. } => {
                Some(view! { <TechnicalDetail error /> })
            }
            Attempt::Idle | Attempt::Trying => None,
        };
        Some(view! { <Notice tone=Tone::Bad title><p>{advice}</p>{detail}</Notice> })
    }
}

fn words(attempt: &Attempt) -> Option<Explained> {
    let said = |title: Text, advice: Text, host: &str| {
        let host = [("host", host)];
        Some(Explained {
            title: tf(title, &host),
            advice: tf(advice, &host),
        })
    };
    match attempt {
        Attempt::Idle | Attempt::Trying => None,
        Attempt::NoAnswer { reach, host, .. } => match reach {
            Reach::Dead => said(Text::ConnectDead, Text::ConnectDeadAdvice, host),
            Reach::RefusesThisPage => said(Text::ConnectCors, Text::ConnectCorsAdvice, host),
            Reach::MixedContent => said(Text::ConnectMixed, Text::ConnectMixedAdvice, host),
            Reach::PlainHttp => said(Text::ConnectPlain, Text::ConnectPlainAdvice, host),
        },
        Attempt::Failed(ApiError::NotAuthorised { .. }) => {
            said(Text::ConnectToken, Text::ConnectTokenAdvice, "")
        }
        Attempt::Failed(
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
        Attempt::Failed(error) => Some(explain(error, clock::now())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_url_a_wrong_token_a_cors_refusal_and_a_dead_host_are_told_apart() {
        let raw = String::new;
        let lost = ApiError::Unreachable {
            detail: "Failed to fetch".to_owned(),
        };
        let no_answer = |reach| Attempt::NoAnswer {
            reach,
            host: "acme.example".to_owned(),
            error: lost.clone(),
        };
        let attempts = [
            Attempt::Failed(ApiError::Http {
                status: 404,
                complaints: Vec::new(),
                raw: raw(),
            }),
            Attempt::Failed(ApiError::NotAuthorised {
                http_status: 401,
                complaints: Vec::new(),
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
