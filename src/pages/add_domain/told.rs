//! What is said of an attempt to add a domain.

use leptos::prelude::*;
use switchboard_api::{ApiError, DomainName};

use super::super::explain::{TechnicalDetail, complaint_about, explain, explain_briefly};
use super::attempt::Attempt;
use crate::browser::clock;
use crate::i18n::{Text, t, tf};
use crate::route::Route;
use crate::ui::{LinkButton, Notice, Toasts, Tone};

/// What the attempt came to, above the form.
#[component]
pub(super) fn AttemptNotice(attempt: RwSignal<Attempt>) -> impl IntoView {
    move || match attempt.get() {
        // A code that was not kept stands above the page.
        Attempt::Typing | Attempt::Sending | Attempt::Kept(_) | Attempt::NotKept(..) => None,
        Attempt::Checking => {
            Some(view! { <Notice tone=Tone::Neutral title=t(Text::OutcomeChecking) /> }.into_any())
        }
        Attempt::CodeLost(name) => Some(code_lost_notice(&name)),
        Attempt::There(name, error) => Some(there(&name, error)),
        Attempt::Refused(error) => refused(error),
        Attempt::Unknown(name, error) => Some(unknown(&name, error)),
    }
}

fn code_lost_notice(name: &DomainName) -> AnyView {
    let href = Route::Embed(name.clone()).href();
    let title = tf(Text::CodeLost, &[("domain", name.as_str())]);
    view! {
        <Notice tone=Tone::Warn title>
            <p>{t(Text::CodeLostText)}</p>
            <div class="actions"><LinkButton label=t(Text::CodeLostAction) href /></div>
        </Notice>
    }
    .into_any()
}

fn there(name: &DomainName, error: ApiError) -> AnyView {
    let href = Route::Embed(name.clone()).href();
    let title = tf(Text::DomainThere, &[("domain", name.as_str())]);
    view! {
        <Notice tone=Tone::Warn title>
            <p>{t(Text::DomainThereText)}</p>
            <div class="actions"><LinkButton label=t(Text::CodeLostAction) href /></div>
            <TechnicalDetail error />
        </Notice>
    }
    .into_any()
}

/// Nothing when the complaint stands beside its field already.
fn refused(error: ApiError) -> Option<AnyView> {
    if complaint_about(&error, "domain")
        .or(complaint_about(&error, "email"))
        .is_some()
    {
        return None;
    }
    let words = explain(&error, clock::now());
    Some(
        view! {
            <Notice tone=Tone::Bad title=words.title>
                <p>{t(Text::DomainNotAdded)}" "{words.advice}</p>
                <TechnicalDetail error />
            </Notice>
        }
        .into_any(),
    )
}

fn unknown(name: &DomainName, error: ApiError) -> AnyView {
    let text = tf(Text::DomainUnknownText, &[("domain", name.as_str())]);
    view! {
        <Notice tone=Tone::Warn title=t(Text::OutcomeUnknown)>
            <p>{text}</p>
            <TechnicalDetail error />
        </Notice>
    }
    .into_any()
}

/// What the attempt came to, for whoever has gone on to another page. Nothing where that is told elsewhere: of a code that is kept or in the
/// user's hands.
pub(super) fn tell_elsewhere(toasts: Toasts, asked: &DomainName, ended: &Attempt) {
    let values = [("domain", asked.as_str())];
    match ended {
        Attempt::Typing
        | Attempt::Sending
        | Attempt::Checking
        | Attempt::Kept(_)
        | Attempt::NotKept(..) => {}
        Attempt::CodeLost(_) => {
            toasts.bad(sentences(tf(Text::CodeLost, &values), Text::CodeLostText))
        }
        Attempt::There(..) => toasts.bad(sentences(
            tf(Text::DomainThere, &values),
            Text::DomainThereText,
        )),
        Attempt::Refused(error) => {
            let reason = explain_briefly(error, clock::now());
            toasts.bad(tf(
                Text::DomainNotAddedElsewhere,
                &[values[0], ("reason", &reason)],
            ));
        }
        Attempt::Unknown(..) => toasts.bad(tf(Text::DomainUnknownText, &values)),
    }
}

fn sentences(title: String, text: Text) -> String {
    format!("{title}. {}", t(text))
}
