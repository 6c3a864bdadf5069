//! Says how an attempt to add a domain ended.

use leptos::prelude::*;
use switchboard_api::{ApiError, DomainName};

use crate::browser::clock;
use crate::browser::idna::readable;
use crate::i18n::{Text, t, tf};
use crate::operations::addition::AddDomainAttempt;
use crate::route::Route;
use crate::ui::{LinkButton, Notice, Toasts, Tone};
use crate::widgets::failure::TechnicalDetail;
use crate::wording::explain::{explain, explain_briefly, field_error_about, said};
use crate::workspace::KnownDomains;

/// Shows the outcome of the attempt above the form.
#[component]
pub(super) fn AttemptNotice(attempt: RwSignal<AddDomainAttempt>) -> impl IntoView {
    let known = KnownDomains::get();
    let is_held =
        move |name: &DomainName| known.find(name).is_some_and(|known| known.held.is_some());
    move || match attempt.get() {
        // The notice above the page shows a code that was not stored.
        AddDomainAttempt::Typing
        | AddDomainAttempt::Sending
        | AddDomainAttempt::Kept(_)
        | AddDomainAttempt::NotKept(..) => None,
        AddDomainAttempt::Checking => {
            Some(view! { <Notice tone=Tone::Neutral title=t(Text::OutcomeChecking) /> }.into_any())
        }
        AddDomainAttempt::CodeLost(name) => Some(code_lost_notice(&name)),
        // Another tab, which added it at the same time, has saved the code by now.
        AddDomainAttempt::There(name, error) if is_held(&name) => Some(there(
            &name,
            [Text::DomainHeld, Text::DomainHeldSince],
            error,
        )),
        AddDomainAttempt::There(name, error) => Some(there(
            &name,
            [Text::DomainThere, Text::DomainThereText],
            error,
        )),
        AddDomainAttempt::Held(name, error) => Some(there(
            &name,
            [Text::DomainHeld, Text::DomainHeldText],
            error,
        )),
        AddDomainAttempt::Refused(error) => refused(error),
        // The notice above the page asks about an unknown outcome.
        AddDomainAttempt::Unknown {
            look: ApiError::Refused { .. },
            ..
        } => None,
        AddDomainAttempt::Unknown { name, lost, .. } => Some(unknown(&name, lost)),
    }
}

fn code_lost_notice(name: &DomainName) -> AnyView {
    let href = Route::Domain(name.clone()).href();
    let title = tf(Text::CodeLost, &[("domain", &readable(name))]);
    view! {
        <Notice tone=Tone::Warn title>
            <p>{t(Text::CodeLostText)}</p>
            <div class="actions"><LinkButton label=t(Text::CodeLostAction) href /></div>
        </Notice>
    }
    .into_any()
}

fn there(name: &DomainName, [title, text]: [Text; 2], error: ApiError) -> AnyView {
    let href = Route::Domain(name.clone()).href();
    let title = tf(title, &[("domain", &readable(name))]);
    view! {
        <Notice tone=Tone::Warn title>
            <p>{t(text)}</p>
            <div class="actions"><LinkButton label=t(Text::CodeLostAction) href /></div>
            <TechnicalDetail error />
        </Notice>
    }
    .into_any()
}

/// Returns what the API says of the domain: also that it exists.
pub(super) fn about_domain(error: &ApiError) -> Option<String> {
    let exists = || said(error).filter(|_| error.says_it_exists());
    field_error_about(error, "domain").or_else(exists)
}

/// Shows a refusal, unless its message is beside its field already.
fn refused(error: ApiError) -> Option<AnyView> {
    if about_domain(&error)
        .or(field_error_about(&error, "email"))
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

/// Returns the text for a failed look-up. `lost` is how the call to add ended: a refusal is an answer, so no
/// connection broke.
fn unknown_text(lost: &ApiError) -> Text {
    match lost {
        ApiError::Refused { .. } => Text::DomainUnsureText,
        _ => Text::DomainUnknownText,
    }
}

fn unknown(name: &DomainName, error: ApiError) -> AnyView {
    let text = tf(unknown_text(&error), &[("domain", &readable(name))]);
    view! {
        <Notice tone=Tone::Warn title=t(Text::OutcomeUnknown)>
            <p>{text}</p>
            <TechnicalDetail error />
        </Notice>
    }
    .into_any()
}

/// Shows the outcome as a toast if the user has gone to another page. Shows none if the code is kept or unsaved: other places say so.
pub(super) fn notify_elsewhere(toasts: Toasts, asked: &DomainName, ended: &AddDomainAttempt) {
    let domain = readable(asked);
    let values = [("domain", domain.as_str())];
    match ended {
        AddDomainAttempt::Typing
        | AddDomainAttempt::Sending
        | AddDomainAttempt::Checking
        | AddDomainAttempt::Kept(_)
        | AddDomainAttempt::NotKept(..) => {}
        AddDomainAttempt::CodeLost(_) => {
            toasts.keep(tf(Text::CodeLostElsewhere, &values));
        }
        AddDomainAttempt::There(..) => {
            toasts.keep(tf(Text::DomainThereElsewhere, &values));
        }
        AddDomainAttempt::Held(..) => {
            toasts.keep(tf(Text::DomainHeldElsewhere, &values));
        }
        AddDomainAttempt::Refused(error) => {
            let reason = explain_briefly(error, clock::now());
            toasts.keep(tf(
                Text::DomainNotAddedElsewhere,
                &[values[0], ("reason", &reason)],
            ));
        }
        AddDomainAttempt::Unknown {
            look: ApiError::Refused { .. },
            ..
        } => {}
        AddDomainAttempt::Unknown { lost, .. } => {
            toasts.keep(tf(unknown_text(lost), &values));
        }
    }
}
