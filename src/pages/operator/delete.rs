//! Deleting the user (endpoint 14): the consequences first, by name; then the e-mail address typed.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use switchboard_api::endpoints::ListAssignments;
use switchboard_api::{DomainName, Email};
use switchboard_model::journal::Change;

use super::super::confirm::ConfirmForm;
use super::super::explain::explain_briefly;
use super::super::settle::{Settled, quietly, tell_there};
use crate::browser::clock;
use crate::i18n::{Text, t, tf};
use crate::remote::Remote;
use crate::route::Route;
use crate::ui::{Button, Dialog, Panel, Toasts};
use crate::workspace::KnownDomains;

/// The way to the dialog "Delete user".
#[component]
pub(super) fn DeleteUserPanel(
    /// The operator's key.
    email: Email,
    /// What the operator is called.
    name: Memo<String>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <Panel title=t(Text::DeleteUser) id="delete-user">
            <div class="switch-line">
                <p class="muted">{t(Text::DeleteUserText)}</p>
                <Button label=t(Text::DeleteUser).to_owned() on_press=Callback::new(move |()| open.set(true)) />
            </div>
        </Panel>
        <Dialog open title=t(Text::DeleteUser) id="delete-user-title" close=t(Text::Close)>
            <Confirm open email=email.clone() name />
        </Dialog>
    }
}

#[component]
fn Confirm(open: RwSignal<bool>, email: Email, name: Memo<String>) -> impl IntoView {
    let (remote, toasts, navigate) = (Remote::get(), Toasts::get(), use_navigate());
    let (busy, error) = (RwSignal::new(false), RwSignal::new(None::<String>));
    let shown = name.get_untracked();
    let domains = on_which(&domains_of(remote, &email));
    let (key, called) = (email.clone(), shown.clone());
    let confirmed = Callback::new(move |()| {
        busy.set(true);
        error.set(None);
        let (email, called, navigate) = (key.clone(), called.clone(), navigate.clone());
        spawn_local(async move {
            let settled = quietly(remote, Change::DeleteUser { email }).await;
            busy.set(false);
            match settled {
                Settled::Done(warning) => {
                    let is_left = open.try_set(false).is_some();
                    let good = tf(Text::Deleted, &[("name", &called)]);
                    toasts.good(warning.unwrap_or(good));
                    // Whoever went on to another page is not called back.
                    if !is_left {
                        navigate(&Route::Operators.href(), NavigateOptions::default());
                    }
                }
                Settled::NotDone(failed) => {
                    let reason = explain_briefly(&failed, clock::now());
                    let values = [("name", called.as_str()), ("reason", &reason)];
                    tell_there(error, toasts, tf(Text::NotDeleted, &values));
                }
                Settled::Unknown(_) => {
                    tell_there(error, toasts, t(Text::OutcomeUnknownChecked).to_owned());
                }
            }
        });
    });
    let cancel = Callback::new(move |()| open.set(false));
    view! {
        <ConfirmForm id="delete-user-confirm" name=email.to_string() action=t(Text::DeleteUser) busy error on_confirm=confirmed on_cancel=cancel>
            <p>{tf(Text::DeleteUserConsequences, &[("name", &shown)])}</p>
            <ul class="consequences">
                <li>{t(Text::DeleteUserAccount)}</li>
                <li>{domains}</li>
            </ul>
        </ConfirmForm>
    }
}

/// The known domains that the operator is on, as far as their answers are here: the rows of the page have asked for them.
fn domains_of(remote: Remote, email: &Email) -> Vec<DomainName> {
    let listing = KnownDomains::get().listing_now().unwrap_or_default();
    let names = listing.domains.into_iter().map(|domain| domain.name);
    let is_on = |name: &DomainName| {
        let there = remote.known(ListAssignments {
            domain: name.clone(),
        });
        there.is_some_and(|there| there.iter().any(|one| one.email == *email))
    };
    names.filter(is_on).collect()
}

fn on_which(domains: &[DomainName]) -> String {
    let names: Vec<&str> = domains.iter().map(DomainName::as_str).collect();
    if names.is_empty() {
        t(Text::DeleteUserNoDomains).to_owned()
    } else {
        tf(Text::DeleteUserDomains, &[("names", &names.join(", "))])
    }
}
