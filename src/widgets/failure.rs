//! Shows a failure where it belongs.

use leptos::prelude::*;
use switchboard_api::ApiError;

use crate::browser::clock;
use crate::browser::network::Network;
use crate::i18n::{Text, t};
use crate::remote::{Auth, Remote};
use crate::route::Route;
use crate::ui::{Button, LinkButton, Notice, Tone};
use crate::wording::explain::{Explained, explain_read};

/// Shows a failed read in place: the reason, the raw answer in a disclosure, and how to continue.
#[component]
pub fn Failure(
    /// The error.
    #[prop(into)]
    error: Signal<ApiError>,
    /// What failed, e.g. "The operators could not be loaded".
    #[prop(into)]
    doing: String,
    /// Retries the read.
    #[prop(optional, into)]
    retry: Option<Callback<()>>,
    /// Whether the page shows an earlier answer. The banner above the page then reports that the browser is offline.
    #[prop(optional, into)]
    is_covered: Signal<bool>,
) -> impl IntoView {
    let (remote, network) = (Remote::get(), Network::get());
    let doing = StoredValue::new(doing);
    move || {
        let error = error.get();
        let is_lost = matches!(error, ApiError::Unreachable { .. });
        if is_lost && is_covered.get() && network.is_offline() {
            return None;
        }
        let Explained { title, advice } = explain_read(&error, clock::now());
        let again = retry
            .map(|retry| view! { <Button label=t(Text::TryAgain).to_owned() on_press=retry /> });
        let reconnect = Auth::asks_for_a_token(&error)
            .then(|| view! { <Button label=t(Text::EnterToken).to_owned() on_press=Callback::new(move |()| remote.auth().ask()) /> });
        Some(view! {
            <Notice tone=Tone::Bad title=doing.get_value()>
                <p>{title}" "{advice}</p>
                <div class="actions">{again}{reconnect}</div>
                <TechnicalDetail error=error.clone() />
            </Notice>
        })
    }
}

/// Replaces the page of an operator or domain that does not exist according to the API.
#[component]
pub fn Absent(
    /// The error of the look-up.
    #[prop(into)]
    error: Signal<ApiError>,
    /// What does not exist, e.g. "This operator does not exist".
    title: &'static str,
    /// The page with the list of the existing ones.
    list: Route,
    /// The text of the link to that list.
    label: &'static str,
    /// Other actions.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <Notice tone=Tone::Warn title>
            <p>{t(Text::AbsentText)}</p>
            <div class="actions">
                <LinkButton label href=list.href() />
                {children.map(|children| children())}
            </div>
            {move || view! { <TechnicalDetail error=error.get() /> }}
        </Notice>
    }
}

/// Shows the raw answer, for diagnosis.
#[component]
pub fn TechnicalDetail(
    /// The error of the call.
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
