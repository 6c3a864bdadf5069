//! Adding a domain (endpoint 6): the only call that returns the embed code.
//!
//! The call is sent once. Its answer is stored in this browser before anything else happens, even if the user has
//! left the page or disconnected. The panel says that the code is saved once it is on disk. If it cannot be stored,
//! the page shows the code to be copied by hand. If the answer is lost, the domain is looked up (7), never added
//! again.

mod attempt_notice;
mod pending;
mod similar_name_warning;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use switchboard_api::endpoints::AddDomain;
use switchboard_api::{ApiError, DomainName};
use switchboard_model::domain_input::DomainInput;

use crate::i18n::{Text, t, tf};
use crate::operations::addition::{AddDomainAttempt, Adding, send};
use crate::remote::Remote;
use crate::route::{DOMAIN, Route};
use crate::ui::{
    Button, ButtonKind, LinkButton, PageHeading, TextField, Toasts, UnsavedInput, focus,
};
use crate::widgets::embed_codes::tell_kept;
use crate::widgets::unsaved_codes::UnsavedCodes;
use crate::wording::explain::field_error_about;
use crate::wording::input;
use crate::wording::values::domain_with_ascii;
use crate::workspace::KnownDomains;
use attempt_notice::{AttemptNotice, about_domain, notify_elsewhere};
pub use pending::{UnclearAdditions, UnclearAdditionsNotice};
use similar_name_warning::SimilarNameWarning;

/// The fields of the form.
#[derive(Clone, Copy)]
struct AddDomainFields {
    domain: RwSignal<String>,
    email: RwSignal<String>,
    domain_error: RwSignal<Option<String>>,
    email_error: RwSignal<Option<String>>,
}

/// The page "Add domain".
#[component]
pub fn AddDomainPage() -> impl IntoView {
    let (remote, known, toasts, navigate) = (
        Remote::get(),
        KnownDomains::get(),
        Toasts::get(),
        use_navigate(),
    );
    let asked = use_location()
        .query
        .with_untracked(|query| query.get(DOMAIN))
        .unwrap_or_default();
    let suggested = asked.clone();
    let form = AddDomainFields {
        domain: RwSignal::new(asked),
        email: RwSignal::new(String::new()),
        domain_error: RwSignal::new(None),
        email_error: RwSignal::new(None),
    };
    let attempt = RwSignal::new(AddDomainAttempt::Typing);
    let busy = Signal::derive(move || attempt.with(AddDomainAttempt::is_under_way));
    let (unsaved_codes, unclear) = (UnsavedCodes::get(), UnclearAdditions::get());
    // The message about an unknown outcome is outdated once the outcome is known.
    Effect::new(move || {
        let ended = unclear.ended();
        let is_about = |attempt: &AddDomainAttempt| matches!(attempt, AddDomainAttempt::Unknown { name, .. } if Some(name) == ended.as_ref());
        if attempt.with_untracked(is_about) {
            attempt.set(AddDomainAttempt::Typing);
        }
    });
    // The texts of the fields that were sent last.
    let sent = RwSignal::new(None::<[String; 2]>);
    let is_changed = move || {
        let typed = [form.domain.get(), form.email.get()];
        sent.with(|sent| sent.as_ref() != Some(&typed))
    };
    let is_sent = move || {
        let is_adding = |attempt: &AddDomainAttempt| {
            attempt.is_under_way() || matches!(attempt, AddDomainAttempt::Kept(_))
        };
        let domain = form.domain.get();
        attempt.with(is_adding)
            && sent.with(|sent| sent.as_ref().is_some_and(|[sent, _]| *sent == domain))
    };
    UnsavedInput::get().watch(move || {
        let typed = [form.domain.get(), form.email.get()];
        attempt.with(|attempt| attempt.is_unsaved(is_changed())) && is_typed(&typed, &suggested)
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        // The outcome of the previous attempt no longer applies.
        attempt.set(AddDomainAttempt::Typing);
        let Some(call) = read(form) else { return };
        let navigate = navigate.clone();
        sent.set(Some([
            form.domain.get_untracked(),
            form.email.get_untracked(),
        ]));
        attempt.set(AddDomainAttempt::Sending);
        spawn_local(async move {
            let adding = Adding::begin(known, &call).await;
            let asked = call.domain.clone();
            unclear.drop(&asked);
            let ended = if known.is_gone() {
                // The user disconnected before anything was sent.
                AddDomainAttempt::Refused(ApiError::Cancelled)
            } else {
                send(remote, &adding, attempt, call).await
            };
            // Show the outcome before waiting for anything else.
            let is_left = attempt.try_set(ended.clone()).is_some();
            let is_here = !is_left && !untrack(is_changed);
            if !is_here {
                // The form, if it is still there, is about the next domain.
                notify_elsewhere(toasts, &asked, &ended);
                attempt.try_set(AddDomainAttempt::Typing);
            }
            match &ended {
                AddDomainAttempt::Refused(error) | AddDomainAttempt::There(_, error) if is_here => {
                    form.domain_error.set(about_domain(error));
                    form.email_error.set(field_error_about(error, "email"));
                }
                AddDomainAttempt::Kept(name) if is_here => navigate(
                    &Route::Embed(name.clone()).href(),
                    NavigateOptions {
                        replace: true,
                        ..NavigateOptions::default()
                    },
                ),
                AddDomainAttempt::NotKept(record, error) => {
                    unsaved_codes.add((**record).clone(), error.clone(), adding);
                    // The form is empty for the next domain.
                    if is_here {
                        form.domain.set(String::new());
                        form.email.set(String::new());
                    }
                    return;
                }
                _ => {}
            }
            if let AddDomainAttempt::Unknown { look, .. } = &ended {
                unclear.hold(adding.addition().clone(), look.clone());
            }
            let is_on_disk = adding.end(&ended).await;
            if let AddDomainAttempt::Kept(name) = &ended {
                tell_kept(known, toasts, Text::DomainAdded, name, is_on_disk);
            }
        });
    };
    let announced = RwSignal::new(String::new());
    view! {
        <PageHeading title=t(Text::AddDomain).to_owned() subtitle=t(Text::AddDomainText).to_owned() />
        <AttemptNotice attempt />
        <form class="panel form narrow" novalidate on:submit=submit>
            <TextField
                id="domain" label=t(Text::Domain) value=form.domain error=form.domain_error keyboard="url" example="shop.acme.com" required=true
                hint=preview(form.domain) on_leave=Callback::new(move |()| announced.set(changed(form.domain)))
            />
            <span class="visually-hidden" role="status">{announced}</span>
            <SimilarNameWarning typed=form.domain is_sent=Signal::derive(is_sent) />
            <TextField
                id="contact-email" label=t(Text::ContactEmail) value=form.email error=form.email_error keyboard="email" autocomplete="email" required=true
                hint=Signal::stored(t(Text::ContactEmailHint).to_owned())
            />
            <div class="actions">
                <Button kind=ButtonKind::Primary submit=true busy label=Signal::derive(move || t(match attempt.get() {
                    AddDomainAttempt::Sending => Text::Adding,
                    AddDomainAttempt::Checking => Text::Checking,
                    _ => Text::AddDomain,
                }).to_owned()) />
                <LinkButton label=t(Text::Cancel) href=Route::Domains.href() kind=ButtonKind::Quiet />
            </div>
        </form>
    }
}

/// Returns whether the user has typed something: a suggested domain and an empty field do not count.
fn is_typed([domain, email]: &[String; 2], suggested: &str) -> bool {
    (!domain.is_empty() && domain != suggested) || !email.is_empty()
}

/// Previews the domain that will be sent while the user types: its normal form, and what was changed for it.
fn preview(typed: RwSignal<String>) -> Signal<String> {
    Signal::derive(move || {
        let Ok(input) = typed.with(|typed| input::domain(typed)) else {
            return t(Text::DomainHint).to_owned();
        };
        with_changes(&input).unwrap_or_else(|| {
            let name = domain_with_ascii(&input.name);
            tf(Text::DomainWillBeSent, &[("domain", &name)])
        })
    })
}

/// Returns what is announced when the user leaves the field: the domain that will be sent, if it is not the one that was
/// typed.
fn changed(typed: RwSignal<String>) -> String {
    let input = typed.with_untracked(|typed| input::domain(typed));
    input
        .ok()
        .as_ref()
        .and_then(with_changes)
        .unwrap_or_default()
}

fn with_changes(input: &DomainInput) -> Option<String> {
    let (name, changes) = (domain_with_ascii(&input.name), input::domain_changes(input));
    let values = [("domain", name.as_str()), ("changes", changes.as_str())];
    (!changes.is_empty()).then(|| tf(Text::DomainWillBeSentChanged, &values))
}

/// Reads the form. Returns `None` if a field is invalid; the errors are then beside their fields, and the first of
/// them has the focus.
fn read(form: AddDomainFields) -> Option<AddDomain> {
    let domain = form
        .domain
        .with_untracked(|typed| input::domain(typed))
        .map(|input| -> DomainName { input.name });
    let email = form.email.with_untracked(|typed| input::email(typed));
    form.domain_error.set(domain.as_ref().err().cloned());
    form.email_error.set(email.as_ref().err().cloned());
    match (domain, email) {
        (Ok(domain), Ok(email)) => Some(AddDomain { domain, email }),
        (domain, _) => {
            focus(if domain.is_err() {
                "domain"
            } else {
                "contact-email"
            });
            None
        }
    }
}
