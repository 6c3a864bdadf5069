//! What is said of an attempt to add a domain.

use leptos::prelude::*;
use switchboard_api::{ApiError, DomainName, EmbedCode};
use switchboard_model::workspace::StoreError;

use super::super::embed::{EmbedCodes, store_error};
use super::super::explain::{TechnicalDetail, complaint_about, explain};
use super::attempt::Attempt;
use crate::browser::clock;
use crate::i18n::{Text, t, tf};
use crate::route::Route;
use crate::ui::{LinkButton, Notice, Tone};

/// What the attempt came to, above the form.
#[component]
pub(super) fn AttemptNotice(attempt: RwSignal<Attempt>) -> impl IntoView {
    move || match attempt.get() {
        Attempt::Typing | Attempt::Sending | Attempt::Kept(_) => None,
        Attempt::Checking => {
            Some(view! { <Notice tone=Tone::Neutral title=t(Text::OutcomeChecking) /> }.into_any())
        }
        Attempt::NotKept(name, code, error) => Some(not_kept(&name, code, error)),
        Attempt::CodeLost(name) => Some(code_lost_notice(&name)),
        Attempt::There(name, error) => Some(there(&name, error)),
        Attempt::Refused(error) => refused(error),
        Attempt::Unknown(name, error) => Some(unknown(&name, error)),
    }
}

fn not_kept(name: &DomainName, code: EmbedCode, error: StoreError) -> AnyView {
    view! {
        <Notice tone=Tone::Bad title=tf(Text::CodeNotKept, &[("domain", name.as_str())])>
            <p>{t(Text::CodeNotKeptText)}" "{store_error(error)}</p>
        </Notice>
        <EmbedCodes code />
    }
    .into_any()
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
