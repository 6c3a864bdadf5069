//! The form for a new token of the current connection.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_api::endpoints::GetOrganisation;
use switchboard_api::{Connection, Organisation};

use crate::i18n::{Text, t, tf};
use crate::operations::try_connect::{ConnectAttempt, connect};
use crate::remote::{CallLog, Remote};
use crate::session::Session;
use crate::ui::{Button, ButtonKind, Notice, Toasts, Tone, focus};
use crate::widgets::connect_failure::ConnectFailure;
use crate::widgets::token_field::TokenField;
use crate::wording::input;

/// The id of the text that describes the dialog.
pub(super) const TOKEN_TEXT: &str = "token-text";

/// A working token of another organisation, with that organisation.
type Other = (Connection, Arc<Organisation>);

/// The form. A token that works and belongs to the same organisation replaces the old one.
#[component]
pub(crate) fn TokenForm(
    /// Why a token is needed.
    text: String,
    /// Details of the reason.
    #[prop(optional, into)]
    detail: ViewFn,
    /// The connection as saved on this device, if its token may be used.
    #[prop(optional_no_strip)]
    saved: Option<Connection>,
    /// Buttons for the alternatives.
    children: Children,
) -> impl IntoView {
    let auth = Remote::get().auth();
    let header = auth.connection().token_header.as_str().to_owned();
    let (typed, wrong) = (RwSignal::new(String::new()), RwSignal::new(None::<String>));
    let attempt = RwSignal::new(ConnectAttempt::Idle);
    let other = RwSignal::new(None::<Other>);
    let busy = Signal::derive(move || attempt.with(|attempt| *attempt == ConnectAttempt::Trying));
    let go = going_on(attempt, other);
    Effect::new(move || focus("new-token"));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let token = typed.with_untracked(|typed| typed.parse());
        wrong.set(token.as_ref().err().map(|error| input::token_error(*error)));
        other.set(None);
        attempt.set(ConnectAttempt::Idle);
        let Ok(token) = token else {
            return focus("new-token");
        };
        go.run(Connection {
            token,
            ..auth.connection()
        });
    };
    let saved = saved.map(|saved| {
        let on_press = Callback::new(move |()| go.run(saved.clone()));
        view! { <Button label=t(Text::EndedSaved).to_owned() busy on_press /> }
    });
    view! {
        <form class="form" novalidate on:submit=submit>
            <p id=TOKEN_TEXT>{text}</p>
            {detail.run()}
            <ConnectFailure attempt token_error=wrong />
            {move || other.get().map(|other| view! { <OtherOrganisation other /> })}
            <TokenField id="new-token" label=Text::TokenNew value=typed error=wrong hint=Text::TokenNewHint header=Signal::stored(header) />
            <div class="actions end">
                {children()}
                {saved}
                <Button
                    kind=ButtonKind::Primary submit=true busy
                    label=Signal::derive(move || t(if busy.get() { Text::Connecting } else { Text::TokenGoOn }).to_owned())
                />
            </div>
        </form>
    }
}

/// Tries a connection, and continues with its token if the organisation is the same. One attempt at a time.
fn going_on(
    attempt: RwSignal<ConnectAttempt>,
    other: RwSignal<Option<Other>>,
) -> Callback<Connection> {
    let (session, remote, calls, toasts) =
        (Session::get(), Remote::get(), CallLog::get(), Toasts::get());
    Callback::new(move |connection: Connection| {
        if attempt.with_untracked(|attempt| *attempt == ConnectAttempt::Trying) {
            return;
        }
        attempt.set(ConnectAttempt::Trying);
        spawn_local(async move {
            let answer = connect(calls, &connection).await;
            // The dialog was closed, or another tab was faster.
            if attempt.is_disposed() {
                return;
            }
            match answer {
                Err(failed) => attempt.set(failed),
                Ok(organisation) => {
                    attempt.set(ConnectAttempt::Idle);
                    let known = remote.cached(GetOrganisation);
                    if !session.is_same_organisation(known.as_deref(), &organisation) {
                        return other.set(Some((connection, organisation)));
                    }
                    let is_kept = session.renew(&connection.token);
                    // Once this dialog has closed: a toast that moves to the page is announced twice.
                    let report = move || {
                        if is_kept {
                            toasts.good(t(Text::TokenRenewed));
                        } else {
                            toasts.warn(t(Text::NotKept));
                        }
                    };
                    set_timeout(report, Duration::ZERO);
                }
            }
        });
    })
}

/// Says that the token works but belongs to another organisation. No waiting call may go there.
#[component]
fn OtherOrganisation(other: Other) -> impl IntoView {
    let (session, toasts) = (Session::get(), Toasts::get());
    let (connection, organisation) = other;
    let (name, theirs) = (session.organisation(), organisation.name.clone());
    let values = [("name", name.as_str()), ("other", theirs.as_str())];
    let is_named = ![&name, &theirs].iter().any(|name| name.trim().is_empty());
    let words = if is_named {
        [Text::TokenOther, Text::TokenOtherText, Text::TokenSwitch]
    } else {
        [
            Text::TokenUnclear,
            Text::TokenUnclearText,
            Text::TokenUnclearSwitch,
        ]
    };
    let [title, text, label] = words.map(|text| tf(text, &values));
    let keep = session.is_saved_here();
    let switch = move |()| {
        if !session.connect(connection.clone(), Arc::clone(&organisation), keep) {
            toasts.warn(t(Text::NotKept));
        }
    };
    view! {
        <Notice tone=Tone::Bad title>
            <p>{text}</p>
            <div class="actions"><Button label on_press=Callback::new(switch) /></div>
        </Notice>
    }
}
