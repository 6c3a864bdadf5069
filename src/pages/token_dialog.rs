//! The token was refused in the middle of work: another one is asked for above whatever is there, and what waited goes on.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_api::endpoints::GetOrganisation;
use switchboard_api::{Connection, Organisation};

use super::connect::attempt::{Attempt, AttemptNotice, connect};
use super::explain::TechnicalDetail;
use super::input;
use crate::i18n::{Text, t, tf};
use crate::remote::{CallLog, Remote};
use crate::session::Session;
use crate::ui::{Button, ButtonKind, Dialog, Notice, SecretField, Toasts, Tone, focus};

/// A token that works, and whose it is.
type Other = (Connection, Arc<Organisation>);

/// The dialog "The token is no longer accepted", above every page and every other dialog. Closing it without a token ends what waits.
#[component]
pub fn TokenDialog() -> impl IntoView {
    let access = Remote::get().access();
    let open = access.asked();
    Effect::new(move || {
        if !open.get() {
            access.decline();
        }
    });
    view! {
        <Dialog open title=t(Text::TokenRefused) id="token-dialog" close=t(Text::Close)>
            <TokenForm />
        </Dialog>
    }
}

#[component]
fn TokenForm() -> impl IntoView {
    let (session, remote, calls, toasts) =
        (Session::get(), Remote::get(), CallLog::get(), Toasts::get());
    let access = remote.access();
    let (typed, wrong) = (RwSignal::new(String::new()), RwSignal::new(None));
    let attempt = RwSignal::new(Attempt::Idle);
    let other = RwSignal::new(None::<Other>);
    let busy = Signal::derive(move || attempt.with(|attempt| *attempt == Attempt::Trying));
    Effect::new(move || focus("new-token"));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let token = typed.with_untracked(|typed| typed.parse());
        wrong.set(token.as_ref().err().map(|error| input::token_error(*error)));
        other.set(None);
        attempt.set(Attempt::Idle);
        let Ok(token) = token else {
            return focus("new-token");
        };
        let connection = Connection {
            token,
            ..access.connection()
        };
        attempt.set(Attempt::Trying);
        spawn_local(async move {
            let answer = connect(calls, &connection).await;
            // Closed meanwhile, or another tab was quicker.
            if attempt.is_disposed() {
                return;
            }
            match answer {
                Err(failed) => attempt.set(failed),
                Ok(organisation) => {
                    attempt.set(Attempt::Idle);
                    let known = remote.known(GetOrganisation);
                    if !session.is_same_organisation(known.as_deref(), &organisation) {
                        return other.set(Some((connection, organisation)));
                    }
                    if session.renew(&connection.token) {
                        toasts.good(t(Text::TokenRenewed));
                    } else {
                        toasts.warn(t(Text::NotKept));
                    }
                }
            }
        });
    };
    let host = access.connection().base_url.host().to_owned();
    let text = tf(Text::TokenRefusedText, &[("host", &host)]);
    let detail = move || {
        access
            .refusal()
            .map(|error| view! { <TechnicalDetail error /> })
    };
    view! {
        <form class="form" novalidate on:submit=submit>
            <p>{text}</p>
            {detail}
            <AttemptNotice attempt />
            {move || other.get().map(|other| view! { <OtherOrganisation other /> })}
            <SecretField
                id="new-token" label=t(Text::TokenNew) value=typed error=wrong hint=Signal::stored(t(Text::TokenNewHint).to_owned())
                reveal=t(Text::TokenReveal) hide=t(Text::TokenHide)
            />
            <div class="actions end">
                <Button kind=ButtonKind::Quiet label=t(Text::Disconnect).to_owned() on_press=Callback::new(move |()| session.disconnect()) />
                <Button label=t(Text::TokenNotNow).to_owned() on_press=Callback::new(move |()| access.asked().set(false)) />
                <Button
                    kind=ButtonKind::Primary submit=true busy
                    label=Signal::derive(move || t(if busy.get() { Text::Connecting } else { Text::TokenGoOn }).to_owned())
                />
            </div>
        </form>
    }
}

/// The token works, and is another organisation's: nothing that waits may go there.
#[component]
fn OtherOrganisation(other: Other) -> impl IntoView {
    let (session, toasts) = (Session::get(), Toasts::get());
    let (connection, organisation) = other;
    let (name, theirs) = (session.organisation(), organisation.name.clone());
    let values = [("name", name.as_str()), ("other", theirs.as_str())];
    let [title, text, label] =
        [Text::TokenOther, Text::TokenOtherText, Text::TokenSwitch].map(|text| tf(text, &values));
    let keep = session.is_saved(&connection.base_url);
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
