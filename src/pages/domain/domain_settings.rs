//! The domain's settings (endpoint 8): status, address and name. Sends only what changed.

mod rename_form;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_api::{ApiError, Domain, DomainName, Email};
use switchboard_model::journal::{Change, DomainSettings};

use crate::browser::clock;
use crate::browser::idna::readable;
use crate::i18n::{Text, sentences, t, tf};
use crate::operations::submit::{WriteOutcome, show_error, submit};
use crate::remote::{Read, Remote};
use crate::ui::{Button, Panel, TextField, Toasts, UnsavedInput};
use crate::widgets::toggle::{Toggle, Write};
use crate::wording::explain::{explain, explain_unknown, field_error_about};
use crate::wording::input;
use rename_form::RenameForm;

/// The region "Settings".
#[component]
pub(super) fn SettingsPanel(
    /// The domain.
    name: DomainName,
    /// The domain's data.
    domain: Read<Domain>,
    /// Whether the domain is being renamed: true while the call is in flight, and once it worked.
    ending: RwSignal<bool>,
) -> impl IntoView {
    let remote = Remote::get();
    let active = Signal::derive(move || domain.data().is_some_and(|domain| domain.status.is_on()));
    let answers = Signal::derive(move || domain.answers());
    let write = set_active(remote, name.clone());
    let there = Memo::new(move |_| domain.data().map(|domain| domain.email.clone()));
    // Input typed before a rename carries over to the page of the new name.
    let typed = UnsavedInput::get().take(&email_of(&name));
    let typed = typed.unwrap_or_else(|| there.with_untracked(|email| text_of(email.as_ref())));
    let email = ValueState::new(Text::ContactEmail, "email", RwSignal::new(typed));
    // Also while it is being sent: the API may refuse it.
    let unsaved_email = Memo::new(move |_| {
        let is_there = there.with(|there| text_of(there.as_ref()) == email.typed.get().trim());
        (!is_there).then(|| email.typed.get())
    });
    UnsavedInput::get().watch(move || unsaved_email.with(Option::is_some));
    view! {
        <Panel title=t(Text::DomainSettings) id="domain-settings">
            <div class="form">
                <div class="switch-line">
                    <div><p class="row-title">{t(Text::DomainActive)}</p><p class="hint">{t(Text::DomainActiveText)}</p></div>
                    <Toggle label=t(Text::DomainActive) about=readable(&name) value=active answers write />
                </div>
                <EmailForm name=name.clone() there state=email />
                <RenameForm name email=unsaved_email ending />
            </div>
        </Panel>
    }
}

fn set_active(remote: Remote, name: DomainName) -> Write {
    Arc::new(move |wanted| {
        let to = DomainSettings {
            active: Some(wanted),
            ..DomainSettings::default()
        };
        Box::pin(submit(remote, change(&name, to)))
    })
}

fn change(name: &DomainName, to: DomainSettings) -> Change {
    Change::ChangeDomain {
        domain: name.clone(),
        to,
    }
}

/// A write in progress. The error is what this browser could not do.
type Sending = Pin<Box<dyn Future<Output = Result<WriteOutcome, String>>>>;

/// The state of one field with its button: its input, its error, and whether it is being sent.
#[derive(Clone, Copy)]
struct ValueState {
    label: Text,
    /// The name of the field in the API's messages.
    field: &'static str,
    typed: RwSignal<String>,
    error: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
    toasts: Toasts,
}

impl ValueState {
    fn new(label: Text, field: &'static str, typed: RwSignal<String>) -> Self {
        Self {
            label,
            field,
            typed,
            error: RwSignal::new(None),
            busy: RwSignal::new(false),
            toasts: Toasts::get(),
        }
    }

    /// Sends the write to this domain. On failure, shows the error below the field and keeps the input.
    fn send(self, domain: &DomainName, sending: Sending) {
        let domain = readable(domain);
        self.error.set(None);
        self.busy.set(true);
        spawn_local(async move {
            let ended = sending.await;
            self.busy.try_set(false);
            // If the user has left the page, the error stays above the next one.
            let elsewhere = move |what: &str| {
                let values = [("name", t(self.label)), ("domain", &domain), ("text", what)];
                tf(Text::SettingNotSaved, &values)
            };
            match ended {
                Ok(outcome) => {
                    let words = move |outcome: &WriteOutcome| unsaved(outcome, self.field);
                    show_error(self.error, self.toasts, outcome, words, elsewhere);
                }
                Err(what) => {
                    if let Some(Some(what)) = self.error.try_set(Some(what)) {
                        self.toasts.keep(elsewhere(&what));
                    }
                }
            }
        });
    }
}

/// The form of one field with its button.
#[component]
fn ValueForm(
    id: &'static str,
    keyboard: &'static str,
    state: ValueState,
    hint: Signal<String>,
    /// The button's text, and its text while the write is in progress.
    action: (Text, Text),
    /// Sends the input.
    on_submit: Callback<String>,
) -> impl IntoView {
    let ValueState {
        label,
        typed,
        error,
        busy,
        ..
    } = state;
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if !busy.get_untracked() {
            on_submit.run(typed.get_untracked());
        }
    };
    view! {
        <form class="field-with-button" novalidate on:submit=submit>
            <TextField id label=t(label) value=typed error keyboard hint />
            <Button submit=true busy label=Signal::derive(move || t(if busy.get() { action.1 } else { action.0 }).to_owned()) />
        </form>
    }
}

/// Shows success as a toast, or the API's own warning. Returns whether the write worked.
fn tell_done(toasts: Toasts, outcome: &WriteOutcome, good: String) -> bool {
    let WriteOutcome::Done(warning) = outcome else {
        return false;
    };
    match warning {
        Some(warning) => toasts.warn(warning),
        None => toasts.good(good),
    }
    true
}

/// Returns the message for the field if the write failed, or may have.
fn unsaved(outcome: &WriteOutcome, field: &str) -> Option<String> {
    match outcome {
        WriteOutcome::Done(_) => None,
        // Its answer was lost, and the look-up showed that nothing has changed.
        WriteOutcome::NotDone(error) if error.outcome_unknown() => {
            let why = explain(error, clock::now()).title;
            Some(sentences(&why, t(Text::SettingUnchanged)))
        }
        WriteOutcome::NotDone(error) => Some(said(error, field)),
        WriteOutcome::Unknown(look, _) => Some(explain_unknown(look)),
    }
}

/// Words the error of one field's write for the line below it.
fn said(error: &ApiError, field: &str) -> String {
    field_error_about(error, field).unwrap_or_else(|| {
        let words = explain(error, clock::now());
        sentences(&words.title, &words.advice)
    })
}

/// Returns the key under which a typed contact address is handed over to another page.
fn email_of(name: &DomainName) -> String {
    format!("contact email of {name}")
}

#[component]
fn EmailForm(name: DomainName, there: Memo<Option<Email>>, state: ValueState) -> impl IntoView {
    let (remote, toasts, typed) = (Remote::get(), state.toasts, state.typed);
    // Follows the API's value, unless the user has typed another one.
    Effect::new(move |before: Option<String>| {
        let now = there.with(|email| text_of(email.as_ref()));
        if before.is_some_and(|before| before != now && typed.get_untracked() == before) {
            typed.set(now.clone());
        }
        now
    });
    let on_submit = Callback::new(move |text: String| {
        let email = match input::email(&text) {
            Ok(email) => email,
            Err(wrong) => return state.error.set(Some(wrong)),
        };
        if there.get_untracked().as_ref() == Some(&email) {
            return state.error.set(Some(t(Text::ContactEmailSame).to_owned()));
        }
        let to = DomainSettings {
            email: Some(email),
            ..DomainSettings::default()
        };
        let change = change(&name, to);
        let sending = Box::pin(async move {
            let outcome = submit(remote, change).await;
            if tell_done(toasts, &outcome, t(Text::Saved).to_owned()) {
                typed.try_update(|typed| *typed = typed.trim().to_owned());
            }
            Ok(outcome)
        });
        state.send(&name, sending);
    });
    let hint = Signal::stored(t(Text::ContactEmailHint).to_owned());
    view! { <ValueForm id="domain-email" keyboard="email" state hint action=(Text::Save, Text::Saving) on_submit /> }
}

fn text_of(email: Option<&Email>) -> String {
    email.map(ToString::to_string).unwrap_or_default()
}
