//! The domain's settings (endpoint 8): active or not, its address, its name. Only what changed is sent.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use switchboard_api::{ApiError, Domain, DomainName, Email};
use switchboard_model::journal::{Change, DomainSettings};
use switchboard_model::workspace::PendingRename;

use super::super::change::domain_is_there;
use super::super::embed::store_error;
use super::super::explain::{complaint_about, explain};
use super::super::input;
use super::super::settle::{Settled, quietly};
use super::super::toggle::{Toggle, Write};
use crate::browser::clock;
use crate::browser::lock::try_lock;
use crate::i18n::{Text, t, tf};
use crate::remote::{Read, Remote};
use crate::route::Route;
use crate::ui::{Button, Panel, TextField, Toasts};
use crate::workspace::KnownDomains;

/// The region "Settings".
#[component]
pub(super) fn SettingsPanel(
    /// The domain.
    name: DomainName,
    /// What the API says of it.
    domain: Read<Domain>,
) -> impl IntoView {
    let remote = Remote::get();
    let active = Signal::derive(move || domain.data().is_some_and(|domain| domain.status.is_on()));
    let answers = Signal::derive(move || domain.answers());
    let write = set_active(remote, name.clone());
    view! {
        <Panel title=t(Text::DomainSettings) id="domain-settings">
            <div class="form">
                <div class="switch-line">
                    <div><p class="row-title">{t(Text::DomainActive)}</p><p class="hint">{t(Text::DomainActiveText)}</p></div>
                    <Toggle label=t(Text::DomainActive) value=active answers write />
                </div>
                <EmailForm name=name.clone() domain />
                <RenameForm name />
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
        Box::pin(quietly(remote, change(&name, to)))
    })
}

fn change(name: &DomainName, to: DomainSettings) -> Change {
    Change::ChangeDomain {
        domain: name.clone(),
        to,
    }
}

/// A write on its way to its end. The error is what to tell when it did not work.
type Sending = Pin<Box<dyn Future<Output = Result<(), String>>>>;

/// Sends what was typed, or says what is wrong with it.
type Send = Arc<dyn Fn(&str) -> Result<Sending, String> + std::marker::Send + Sync>;

/// One field with its button. What is wrong is told below it, and what was typed stays.
#[component]
fn ValueForm(
    id: &'static str,
    label: Text,
    keyboard: &'static str,
    typed: RwSignal<String>,
    hint: Signal<String>,
    /// What the button says, and what it says while it works.
    action: (Text, Text),
    send: Send,
) -> impl IntoView {
    let error = RwSignal::new(None::<String>);
    let (busy, toasts) = (RwSignal::new(false), Toasts::get());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        match typed.with_untracked(|typed| send(typed)) {
            Err(wrong) => error.set(Some(wrong)),
            Ok(sending) => {
                error.set(None);
                busy.set(true);
                spawn_local(async move {
                    let ended = sending.await;
                    busy.set(false);
                    // Whoever went on to another page hears of it all the same.
                    if let Some(Some(what)) = error.try_set(ended.err()) {
                        toasts.bad(format!("{}: {what}", t(label)));
                    }
                });
            }
        }
    };
    view! {
        <form class="field-with-button" novalidate on:submit=submit>
            <TextField id label=t(label) value=typed error keyboard hint />
            <Button submit=true busy label=Signal::derive(move || t(if busy.get() { action.1 } else { action.0 }).to_owned()) />
        </form>
    }
}

/// Tells good news, or the API's own warning in its place; gives what to tell at the field when it did not work.
fn told(toasts: Toasts, settled: Settled, good: String, field: &str) -> Result<(), String> {
    match settled {
        Settled::Done(Some(warning)) => toasts.warn(warning),
        Settled::Done(None) => toasts.good(good),
        Settled::NotDone(error) => return Err(said(&error, field)),
        Settled::Unknown(_) => return Err(t(Text::OutcomeUnknownChecked).to_owned()),
    }
    Ok(())
}

/// What went wrong with one field's write, in words for the line below it.
fn said(error: &ApiError, field: &str) -> String {
    complaint_about(error, field).unwrap_or_else(|| {
        let words = explain(error, clock::now());
        format!("{} {}", words.title, words.advice)
    })
}

#[component]
fn EmailForm(name: DomainName, domain: Read<Domain>) -> impl IntoView {
    let (remote, toasts) = (Remote::get(), Toasts::get());
    let there = Memo::new(move |_| domain.data().map(|domain| domain.email.clone()));
    let typed = RwSignal::new(there.with_untracked(|email| text_of(email.as_ref())));
    // What the API says is what stands here, unless something else was typed over it.
    Effect::new(move |before: Option<String>| {
        let now = there.with(|email| text_of(email.as_ref()));
        if before.is_some_and(|before| before != now && typed.get_untracked() == before) {
            typed.set(now.clone());
        }
        now
    });
    let send: Send = Arc::new(move |text| {
        let email = input::email(text)?;
        if there.get_untracked().as_ref() == Some(&email) {
            return Err(t(Text::ContactEmailSame).to_owned());
        }
        let to = DomainSettings {
            email: Some(email),
            ..DomainSettings::default()
        };
        let change = change(&name, to);
        Ok(Box::pin(async move {
            let settled = quietly(remote, change).await;
            if matches!(settled, Settled::Done(_)) {
                typed.update(|typed| *typed = typed.trim().to_owned());
            }
            told(toasts, settled, t(Text::Saved).to_owned(), "email")
        }))
    });
    let hint = Signal::stored(t(Text::ContactEmailHint).to_owned());
    view! { <ValueForm id="domain-email" label=Text::ContactEmail keyboard="email" typed hint action=(Text::Save, Text::Saving) send /> }
}

fn text_of(email: Option<&Email>) -> String {
    email.map(ToString::to_string).unwrap_or_default()
}

#[component]
fn RenameForm(name: DomainName) -> impl IntoView {
    let (remote, known, toasts) = (Remote::get(), KnownDomains::get(), Toasts::get());
    let navigate = use_navigate();
    let typed = RwSignal::new(String::new());
    let send: Send = Arc::new(move |text| {
        let to = input::domain(text)?.name;
        if to == name {
            return Err(t(Text::RenameSame).to_owned());
        }
        let rename = PendingRename {
            from: name.clone(),
            to,
        };
        let navigate = navigate.clone();
        Ok(Box::pin(async move {
            let settled = carry_out(remote, known, &rename).await?;
            let names = [("from", rename.from.as_str()), ("to", rename.to.as_str())];
            told(toasts, settled, tf(Text::Renamed, &names), "new_domain")?;
            let options = NavigateOptions {
                replace: true,
                ..NavigateOptions::default()
            };
            // Whoever went on to another page is not called back.
            if !typed.is_disposed() {
                navigate(&Route::Domain(rename.to).href(), options);
            }
            Ok(())
        }))
    });
    let hint = Signal::derive(move || match typed.with(|typed| input::domain(typed)) {
        Ok(input) => tf(Text::RenameWillBe, &[("domain", input.name.as_str())]),
        Err(_) => t(Text::RenameHint).to_owned(),
    });
    view! { <ValueForm id="domain-rename" label=Text::NewDomainName keyboard="url" typed hint action=(Text::Rename, Text::Renaming) send /> }
}

/// Renames at the API, and carries over what is kept here: with a note of the intent, so that a reload in the middle is mended
/// (`settle_renames`). The error is what to tell when this browser could not do its part.
pub(in crate::pages) async fn carry_out(
    remote: Remote,
    known: KnownDomains,
    rename: &PendingRename,
) -> Result<Settled, String> {
    // Held to the end, so that no tab that is opened meanwhile takes the note for one that was broken off.
    let _lock = try_lock(&lock_of(known, rename)).await;
    known.begin_rename(rename).map_err(store_error)?;
    known.is_on_disk().await;
    let to = DomainSettings {
        name: Some(rename.to.clone()),
        ..DomainSettings::default()
    };
    let settled = quietly(remote, change(&rename.from, to)).await;
    match &settled {
        Settled::Done(_) => known.finish_rename(rename).map_err(|error| {
            tf(
                Text::RenamedNotMoved,
                &[("to", rename.to.as_str()), ("reason", &store_error(error))],
            )
        })?,
        // A note that cannot be taken away is looked into when the page is next opened.
        Settled::NotDone(_) => drop(known.cancel_rename(rename)),
        Settled::Unknown(_) => {}
    }
    Ok(settled)
}

/// Looks into the renames in whose middle the page was closed: whichever name exists is the one that holds.
pub async fn settle_renames(remote: Remote, known: KnownDomains) {
    for rename in known.pending_renames() {
        let Some(_lock) = try_lock(&lock_of(known, &rename)).await else {
            continue;
        };
        if let Ok(is_renamed) = domain_is_there(remote, &rename.to).await {
            // What could not be kept under the new name is still there under the old one, and so is the note.
            let _ = known.settle_rename(&rename, is_renamed);
        }
    }
}

fn lock_of(known: KnownDomains, rename: &PendingRename) -> String {
    format!(
        "switchboard rename {} {}",
        known.organisation(),
        rename.from
    )
}
