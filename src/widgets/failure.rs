//! A failure, told in its place.

use leptos::prelude::*;
use switchboard_api::ApiError;

use crate::browser::clock;
use crate::browser::network::Network;
use crate::i18n::{Text, t};
use crate::remote::{Auth, Remote};
use crate::route::Route;
use crate::ui::{Button, LinkButton, Notice, Tone};
use crate::wording::explain::{Explained, explain_read};

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
    /// Whether an earlier answer is on the page all the same. Then being offline is told in one place, above the page.
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

/// Shown in place of the page of an operator or domain that the API says does not exist.
#[component]
pub fn Absent(
    /// What the look-up ended with.
    #[prop(into)]
    error: Signal<ApiError>,
    /// What does not exist, e.g. "This operator does not exist".
    title: &'static str,
    /// Where the others are.
    list: Route,
    /// What the link to them says.
    label: &'static str,
    /// What else can be done.
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
