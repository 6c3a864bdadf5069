//! Shows a failure where it belongs.

use std::sync::Arc;

use leptos::prelude::*;
use switchboard_api::ApiError;
use switchboard_model::journal::Change;

use crate::browser::clock;
use crate::i18n::{Text, locale, t, tf};
use crate::journal::ChangeJournal;
use crate::remote::{Auth, Remote};
use crate::route::Route;
use crate::ui::{Button, LinkButton, Notice, Tone};
use crate::wording::explain::{Explained, explain_read};

/// A no-break space at the end of a text: makes it another text for assistive technology.
const UNSEEN: char = '\u{a0}';

/// Shows a failed read in place: the reason, the raw answer in a disclosure, and how to continue. Announced after each
/// attempt that failed, and not when the read recovers.
#[component]
pub fn Failure(
    /// The error of the last attempt: another `Arc` after each.
    #[prop(into)]
    error: Signal<Option<Arc<ApiError>>>,
    /// What failed, e.g. "The operators could not be loaded".
    #[prop(into)]
    doing: String,
    /// Retries the read.
    #[prop(optional, into)]
    retry: Option<Callback<()>>,
    /// Whether the page shows an earlier answer that is still true. The line under the page's name then says that a
    /// refresh failed, without moving the content. Only a refused token is reported here.
    #[prop(optional, into)]
    is_covered: Signal<bool>,
) -> impl IntoView {
    let remote = Remote::get();
    // The notice stays while its content does: a new one would be announced, and would take the focus from its button.
    let shown = Memo::new(move |_| {
        let is_covered = is_covered.get();
        let error = error.get();
        error.filter(|error| !is_covered || Auth::asks_for_a_token(error))
    });
    let doing = RwSignal::new(doing);
    Effect::new(move |last: Option<Option<Arc<ApiError>>>| {
        let now = error.get();
        if let (Some(Some(last)), Some(now)) = (&last, &now)
            && last == now
            && !Arc::ptr_eq(last, now)
        {
            // The same failure again. Only a change of the text is announced.
            doing.update(|doing| {
                if doing.ends_with(UNSEEN) {
                    doing.pop();
                } else {
                    doing.push(UNSEEN);
                }
            });
        }
        now
    });
    move || {
        let error = shown.get()?;
        let asks_for_a_token = Auth::asks_for_a_token(&error);
        let Explained { title, advice } = explain_read(&error, clock::now());
        let again = retry
            .map(|retry| view! { <Button label=t(Text::TryAgain).to_owned() on_press=retry /> });
        let reconnect = asks_for_a_token
            .then(|| view! { <Button label=t(Text::EnterToken).to_owned() on_press=Callback::new(move |()| remote.auth().ask()) /> });
        Some(view! {
            <Notice tone=Tone::Bad title=doing>
                <p>{title}" "{advice}</p>
                <div class="actions">{again}{reconnect}</div>
                <TechnicalDetail error=(*error).clone() />
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
    /// Its deletion, which this browser may have made.
    deletion: Change,
    /// The page with the list of the existing ones.
    list: Route,
    /// The text of the link to that list.
    label: &'static str,
    /// Other actions.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let journal = ChangeJournal::get();
    let lost = match deletion {
        Change::DeleteDomain { .. } => Text::AbsentDomainText,
        _ => Text::AbsentText,
    };
    let deleted_at = Memo::new(move |_| journal.deleted_at(&deletion));
    let text = move || match deleted_at.get() {
        Some(at) => tf(
            Text::AbsentDeleted,
            &[("time", &clock::date_and_time(at, locale()))],
        ),
        None => t(lost).to_owned(),
    };
    view! {
        <Notice tone=Tone::Warn title>
            <p>{text}</p>
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
