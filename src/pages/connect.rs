//! Connecting: a base URL and a token, a saved connection, or the sandbox.

pub(super) mod attempt;
mod saved;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use switchboard_api::{BodyEncoding, Connection, HeaderName};

use super::input;
use crate::i18n::{Text, t};
use crate::remote::{CallLog, SandboxInfo, find_sandbox};
use crate::route::{self, NEXT};
use crate::session::Session;
use crate::ui::{
    Button, ButtonKind, Checkbox, Choice, IconName, PageHeading, SecretField, TextField, Toasts,
    focus,
};
use attempt::{Attempt, AttemptNotice, connect};
use saved::SavedConnections;

/// What is in the form.
#[derive(Clone, Copy)]
struct Form {
    base_url: RwSignal<String>,
    token: RwSignal<String>,
    keep: RwSignal<bool>,
    header: RwSignal<String>,
    encoding: RwSignal<String>,
    base_url_error: RwSignal<Option<String>>,
    token_error: RwSignal<Option<String>>,
    header_error: RwSignal<Option<String>>,
}

/// What connecting needs: the connection, and whether it shall stay on this device.
type Wish = (Connection, bool);

/// The page "Connect".
#[component]
pub fn ConnectPage() -> impl IntoView {
    let form = Form {
        base_url: RwSignal::new(String::new()),
        token: RwSignal::new(String::new()),
        keep: RwSignal::new(false),
        header: RwSignal::new(HeaderName::default().as_str().to_owned()),
        encoding: RwSignal::new(BodyEncoding::default().as_str().to_owned()),
        base_url_error: RwSignal::new(None),
        token_error: RwSignal::new(None),
        header_error: RwSignal::new(None),
    };
    let attempt = RwSignal::new(Attempt::Idle);
    let sandbox = RwSignal::new(None::<SandboxInfo>);
    spawn_local(async move {
        if let Some(found) = find_sandbox().await {
            sandbox.set(Some(found));
        }
    });
    let go = connecting(attempt);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if attempt.with_untracked(|attempt| *attempt == Attempt::Trying) {
            return;
        }
        // What an earlier attempt came to is no longer what is wrong.
        attempt.set(Attempt::Idle);
        if let Some(wish) = read(form) {
            go.run(wish);
        }
    };
    let busy = Signal::derive(move || attempt.with(|attempt| *attempt == Attempt::Trying));
    view! {
        <div class="connect">
            <PageHeading title=t(Text::Connect).to_owned() subtitle=t(Text::ConnectText).to_owned() />
            <SavedConnections go />
            <form class="panel form" novalidate on:submit=submit>
                <AttemptNotice attempt />
                <TextField
                    id="base-url" label=t(Text::BaseUrl) value=form.base_url error=form.base_url_error keyboard="url" autocomplete="url"
                    example="https://acme.chatwhizz.com/" hint=Signal::stored(t(Text::BaseUrlHint).to_owned())
                />
                <SecretField
                    id="token" label=t(Text::Token) value=form.token error=form.token_error hint=Signal::stored(t(Text::TokenHint).to_owned())
                    reveal=t(Text::TokenReveal) hide=t(Text::TokenHide)
                />
                <Checkbox id="keep" label=t(Text::KeepConnected) checked=form.keep hint=t(Text::KeepConnectedHint) />
                <details class="advanced">
                    <summary>{t(Text::Advanced)}</summary>
                    <div class="form">
                        <TextField id="header" label=t(Text::TokenHeader) value=form.header error=form.header_error hint=Signal::stored(t(Text::TokenHeaderHint).to_owned()) />
                        <Choice
                            id="encoding" label=t(Text::BodyEncoding) value=form.encoding
                            options=vec![("json", t(Text::EncodingJson).to_owned()), ("form", t(Text::EncodingForm).to_owned())]
                        />
                    </div>
                </details>
                <div class="actions">
                    <Button
                        kind=ButtonKind::Primary submit=true busy
                        label=Signal::derive(move || t(if busy.get() { Text::Connecting } else { Text::Connect }).to_owned())
                    />
                </div>
            </form>
            // Below the form, which it would push away when it comes.
            {move || sandbox.get().map(|sandbox| view! { <SandboxOffer sandbox busy go /> })}
        </div>
    }
}

/// What connecting does once the form is read: try, and go on to where the user wanted to be. One attempt at a time.
fn connecting(attempt: RwSignal<Attempt>) -> Callback<Wish> {
    let (session, toasts, navigate) = (Session::get(), Toasts::get(), use_navigate());
    let (calls, query) = (CallLog::get(), use_location().query);
    Callback::new(move |(connection, keep): Wish| {
        if attempt.with_untracked(|attempt| *attempt == Attempt::Trying) {
            return;
        }
        attempt.set(Attempt::Trying);
        let next = route::safe_next(query.with_untracked(|query| query.get(NEXT)));
        let navigate = navigate.clone();
        spawn_local(async move {
            match connect(calls, &connection).await {
                Ok(organisation) => {
                    if !session.connect(connection, organisation, keep) {
                        toasts.warn(t(Text::NotKept));
                    }
                    navigate(
                        &next,
                        NavigateOptions {
                            replace: true,
                            ..NavigateOptions::default()
                        },
                    );
                }
                Err(failed) => attempt.set(failed),
            }
        });
    })
}

/// Reads the form. None when something is wrong with it: that is then told beside its field, and the first such field has the focus.
fn read(form: Form) -> Option<Wish> {
    let base_url = form.base_url.with_untracked(|typed| typed.parse());
    let token = form.token.with_untracked(|typed| typed.parse());
    let header = form
        .header
        .with_untracked(|typed| typed.trim().parse::<HeaderName>());
    form.base_url_error
        .set(base_url.as_ref().err().map(input::base_url_error));
    form.token_error
        .set(token.as_ref().err().map(|error| input::token_error(*error)));
    form.header_error.set(
        header
            .as_ref()
            .err()
            .map(|_| t(Text::TokenHeaderInvalid).to_owned()),
    );
    match (base_url, token, header) {
        (Ok(base_url), Ok(token), Ok(token_header)) => {
            let body_encoding = form
                .encoding
                .with_untracked(|chosen| chosen.parse())
                .unwrap_or_default();
            Some((
                Connection {
                    token_header,
                    body_encoding,
                    ..Connection::new(base_url, token)
                },
                form.keep.get_untracked(),
            ))
        }
        (base_url, token, _) => {
            focus(if base_url.is_err() {
                "base-url"
            } else if token.is_err() {
                "token"
            } else {
                "header"
            });
            None
        }
    }
}

/// The way in for whoever has no account: one click.
#[component]
fn SandboxOffer(sandbox: SandboxInfo, busy: Signal<bool>, go: Callback<Wish>) -> impl IntoView {
    let open = Callback::new(move |()| {
        let SandboxInfo { base_url, token } = sandbox.clone();
        go.run((Connection::new(base_url, token), false));
    });
    view! {
        <section class="panel offer" aria-labelledby="sandbox-offer">
            <div><h2 id="sandbox-offer">{t(Text::SandboxTitle)}</h2><p class="hint">{t(Text::SandboxText)}</p></div>
            <Button icon=IconName::Sandbox label=t(Text::SandboxOpen).to_owned() busy on_press=open />
        </section>
    }
}
