//! Adding a domain (endpoint 6): the one call that ever returns the embed code.
//!
//! Sent once. What comes back is in this browser's storage before anything else happens, and is said to be kept once it is on disk: also when
//! the page was left meanwhile, or the connection. If it cannot be kept, the code is shown at once to be copied by hand; if the answer is lost
//! on the way, the domain is looked up (7), never added again.

mod attempt;
mod doubt;
mod in_hand;
mod told;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use switchboard_api::endpoints::AddDomain;
use switchboard_api::{ApiError, DomainName};

use super::embed::tell_kept;
use super::explain::complaint_about;
use super::input;
use crate::i18n::{Text, t, tf};
use crate::remote::Remote;
use crate::route::{DOMAIN, Route};
use crate::ui::{Button, ButtonKind, LinkButton, PageHeading, TextField, Toasts, focus};
use crate::workspace::KnownDomains;
pub use attempt::settle_additions;
use attempt::{Adding, Attempt, send};
use doubt::Doubt;
pub use in_hand::{CodesInHand, CodesInHandNotice};
use told::{AttemptNotice, tell_elsewhere};

/// What is in the form.
#[derive(Clone, Copy)]
struct Form {
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
    let form = Form {
        domain: RwSignal::new(asked),
        email: RwSignal::new(String::new()),
        domain_error: RwSignal::new(None),
        email_error: RwSignal::new(None),
    };
    let attempt = RwSignal::new(Attempt::Typing);
    let busy = Signal::derive(move || attempt.with(Attempt::is_under_way));
    let in_hand = CodesInHand::get();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        // What an earlier attempt came to is no longer what is wrong.
        attempt.set(Attempt::Typing);
        let Some(call) = read(form) else { return };
        let navigate = navigate.clone();
        attempt.set(Attempt::Sending);
        spawn_local(async move {
            let adding = Adding::begin(known, &call).await;
            let asked = call.domain.clone();
            let ended = if known.is_gone() {
                // Disconnected before anything was sent.
                Attempt::Refused(ApiError::Cancelled)
            } else {
                send(remote, known, attempt, call).await
            };
            if let Attempt::Refused(error) = &ended {
                form.domain_error.try_set(complaint_about(error, "domain"));
                form.email_error.try_set(complaint_about(error, "email"));
            }
            // Shown before anything else is waited for.
            let is_left = attempt.try_set(ended.clone()).is_some();
            if is_left {
                tell_elsewhere(toasts, &asked, &ended);
            }
            match &ended {
                // Whoever went on to another page is not called back to this one.
                Attempt::Kept(name) if !is_left => navigate(
                    &Route::Embed(name.clone()).href(),
                    NavigateOptions {
                        replace: true,
                        ..NavigateOptions::default()
                    },
                ),
                Attempt::NotKept(record, error) => {
                    in_hand.hold((**record).clone(), error.clone(), adding);
                    // The form is for the next one.
                    form.domain.try_set(String::new());
                    form.email.try_set(String::new());
                    return;
                }
                _ => {}
            }
            let is_on_disk = adding.end(&ended).await;
            if let Attempt::Kept(name) = &ended {
                tell_kept(toasts, Text::DomainAdded, name, is_on_disk);
            }
        });
    };
    view! {
        <PageHeading title=t(Text::AddDomain).to_owned() subtitle=t(Text::AddDomainText).to_owned() />
        <AttemptNotice attempt />
        <form class="panel form narrow" novalidate on:submit=submit>
            <TextField
                id="domain" label=t(Text::Domain) value=form.domain error=form.domain_error keyboard="url" example="shop.acme.com"
                hint=preview(form.domain)
            />
            <Doubt typed=form.domain />
            <TextField
                id="contact-email" label=t(Text::ContactEmail) value=form.email error=form.email_error keyboard="email" autocomplete="email"
                hint=Signal::stored(t(Text::ContactEmailHint).to_owned())
            />
            <div class="actions">
                <Button kind=ButtonKind::Primary submit=true busy label=Signal::derive(move || t(match attempt.get() {
                    Attempt::Sending => Text::Adding,
                    Attempt::Checking => Text::Checking,
                    _ => Text::AddDomain,
                }).to_owned()) />
                <LinkButton label=t(Text::Cancel) href=Route::Domains.href() kind=ButtonKind::Quiet />
            </div>
        </form>
    }
}

/// What will be sent, said while it is typed: the normal form, and what was changed for it.
fn preview(typed: RwSignal<String>) -> Signal<String> {
    Signal::derive(move || {
        let Ok(input) = typed.with(|typed| input::domain(typed)) else {
            return t(Text::DomainHint).to_owned();
        };
        let name = [("domain", input.name.as_str())];
        match input::domain_changes(&input) {
            nothing if nothing.is_empty() => tf(Text::DomainWillBeSent, &name),
            changes => tf(
                Text::DomainWillBeSentChanged,
                &[("domain", input.name.as_str()), ("changes", &changes)],
            ),
        }
    })
}

/// Reads the form. None when something is wrong with it: that is then told beside its field, and the first such field has the focus.
fn read(form: Form) -> Option<AddDomain> {
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
