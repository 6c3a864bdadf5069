//! Connecting: by a base URL and a token, a saved connection, or the sandbox.

mod saved_list;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use switchboard_api::{BaseUrl, BodyEncoding, Connection, HeaderName};

use crate::i18n::{Text, t, tf};
use crate::operations::try_connect::{ConnectAttempt, connect};
use crate::remote::{CallLog, SandboxInfo, find_sandbox};
use crate::route::{self, NEXT};
use crate::session::Session;
use crate::ui::{
    Button, ButtonKind, Checkbox, Choice, IconName, PageHeading, TextField, Toasts, focus,
};
use crate::widgets::connect_failure::ConnectFailure;
use crate::widgets::token_field::TokenField;
use crate::wording::input;
use crate::wording::values::short_base_url;
use saved_list::SavedConnections;

/// The fields of the form.
#[derive(Clone, Copy)]
struct ConnectFields {
    base_url: RwSignal<String>,
    /// The scheme that was added to the address, and the address at that time: the note does not apply to another
    /// one.
    completed: RwSignal<Option<(&'static str, String)>>,
    token: RwSignal<String>,
    keep: RwSignal<bool>,
    header: RwSignal<String>,
    encoding: RwSignal<String>,
    base_url_error: RwSignal<Option<String>>,
    token_error: RwSignal<Option<String>>,
    header_error: RwSignal<Option<String>>,
}

/// A connection to try, and whether to save it on this device. A saved connection is not saved again: the user may
/// forget it during the attempt.
type Wish = (Connection, bool);

/// The page "Connect".
#[component]
pub fn ConnectPage() -> impl IntoView {
    let wanted = wanted();
    continue_if_joined(wanted.as_ref());
    let form = ConnectFields {
        base_url: RwSignal::new(wanted.as_ref().map(ToString::to_string).unwrap_or_default()),
        completed: RwSignal::new(None),
        token: RwSignal::new(String::new()),
        keep: RwSignal::new(false),
        header: RwSignal::new(HeaderName::default().as_str().to_owned()),
        encoding: RwSignal::new(BodyEncoding::default().as_str().to_owned()),
        base_url_error: RwSignal::new(None),
        token_error: RwSignal::new(None),
        header_error: RwSignal::new(None),
    };
    let attempt = RwSignal::new(ConnectAttempt::Idle);
    let sandbox = RwSignal::new(None::<SandboxInfo>);
    spawn_local(async move {
        if let Some(found) = find_sandbox().await {
            sandbox.set(Some(found));
        }
    });
    let session = Session::get();
    let go = connecting(attempt);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if attempt.with_untracked(|attempt| *attempt == ConnectAttempt::Trying) {
            return;
        }
        // The outcome of the previous attempt no longer applies.
        attempt.set(ConnectAttempt::Idle);
        // Enter does not take the focus out of the field.
        complete(form);
        if let Some(wish) = read(form) {
            go.run(wish);
        }
    };
    let busy = Signal::derive(move || attempt.with(|attempt| *attempt == ConnectAttempt::Trying));
    let subtitle = match &wanted {
        Some(base_url) => tf(Text::ConnectWanted, &[("host", short_base_url(base_url))]),
        None => t(Text::ConnectText).to_owned(),
    };
    let note = Signal::derive(move || {
        let (scheme, then) = form.completed.get()?;
        let is_still = form.base_url.with(|typed| *typed == then);
        is_still.then(|| tf(Text::BaseUrlCompleted, &[("scheme", scheme)]))
    });
    view! {
        // After the first input, a late answer of another tab no longer replaces this page.
        <div class="connect" on:input=move |_| session.stop_asking()>
            <PageHeading title=t(Text::Connect).to_owned() subtitle />
            <SavedConnections go />
            <form class="panel form" novalidate on:submit=submit>
                <ConnectFailure attempt token_error=form.token_error />
                <TextField
                    id="base-url" label=t(Text::BaseUrl) value=form.base_url error=form.base_url_error keyboard="url" autocomplete="url"
                    example="https://acme.chatwhizz.com/" hint=Signal::stored(t(Text::BaseUrlHint).to_owned())
                    note on_leave=Callback::new(move |()| complete(form)) required=true
                />
                <TokenField id="token" label=Text::Token value=form.token error=form.token_error hint=Text::TokenHint header=form.header />
                <Checkbox id="keep" label=t(Text::KeepConnected) checked=form.keep hint=t(Text::KeepConnectedHint) />
                <details class="advanced">
                    <summary>{t(Text::Advanced)}</summary>
                    <div class="form">
                        <TextField id="header" label=t(Text::TokenHeader) value=form.header error=form.header_error required=true hint=Signal::stored(t(Text::TokenHeaderHint).to_owned()) />
                        <Choice
                            id="encoding" label=t(Text::BodyEncoding) value=form.encoding
                            options=vec![("json", t(Text::EncodingJson).to_owned()), ("form", t(Text::EncodingForm).to_owned())]
                        />
                    </div>
                </details>
                <div class="actions">
                    <Button
                        kind=ButtonKind::Primary submit=true busy
                        label=Signal::derive(move || t(if busy.get() { Text::Connecting } else { Text::ConnectAction }).to_owned())
                    />
                </div>
            </form>
            // Below the form, so that it does not move the form when it appears.
            {move || sandbox.get().map(|sandbox| view! { <SandboxOffer sandbox busy go /> })}
        </div>
    }
}

/// Opens the page that the user wants to reach if this tab has connected by itself.
fn continue_if_joined(wanted: Option<&BaseUrl>) {
    let session = Session::get();
    let next = use_location().query.with_untracked(|query| query.get(NEXT));
    let Some(Connection { base_url, .. }) = session.connection_now() else {
        return;
    };
    if next.is_none() && !session.has_come_late() {
        return;
    }
    if wanted.is_none_or(|wanted| *wanted == base_url) && !untrack(|| session.has_ended()) {
        use_navigate()(&route::safe_next(next.as_deref(), &base_url), replacing());
    }
}

fn replacing() -> NavigateOptions {
    NavigateOptions {
        replace: true,
        ..NavigateOptions::default()
    }
}

/// Returns the organisation of the page that the user wants to reach.
fn wanted() -> Option<BaseUrl> {
    let next = use_location().query.with_untracked(|query| query.get(NEXT));
    route::organisation_in(next.as_deref())
}

/// Returns the action that tries a connection and continues to the page that the user wanted. One attempt at a time.
fn connecting(attempt: RwSignal<ConnectAttempt>) -> Callback<Wish> {
    let (session, toasts, navigate) = (Session::get(), Toasts::get(), use_navigate());
    let (calls, query) = (CallLog::get(), use_location().query);
    Callback::new(move |(connection, keep): Wish| {
        if attempt.with_untracked(|attempt| *attempt == ConnectAttempt::Trying) {
            return;
        }
        session.stop_asking();
        attempt.set(ConnectAttempt::Trying);
        let asked = query.with_untracked(|query| query.get(NEXT));
        let next = route::safe_next(asked.as_deref(), &connection.base_url);
        let navigate = navigate.clone();
        spawn_local(async move {
            let answer = connect(calls, &connection).await;
            // The user left the page: the tab stays with its organisation.
            if attempt.is_disposed() {
                return;
            }
            match answer {
                Ok(organisation) => {
                    if !session.connect(connection, organisation, keep) {
                        toasts.warn(t(Text::NotKept));
                    }
                    navigate(&next, replacing());
                }
                Err(failed) => attempt.set(failed),
            }
        });
    })
}

/// Adds a missing scheme to the address, visibly. The layout below stays in place, because the focus may leave the
/// field by a press on a button there.
fn complete(form: ConnectFields) {
    let completed = form
        .base_url
        .with_untracked(|typed| BaseUrl::completed(typed));
    if let Some(completed) = completed {
        let text = completed.to_string();
        let is_plain = text.starts_with("http:");
        let scheme = if is_plain { "http://" } else { "https://" };
        form.completed.set(Some((scheme, text.clone())));
        form.base_url.set(text);
    }
}

/// Reads the form. Returns `None` if a field is invalid; the errors are then beside their fields, and the first of
/// them has the focus.
fn read(form: ConnectFields) -> Option<Wish> {
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

/// Offers the sandbox with one click, for a user without an account.
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
