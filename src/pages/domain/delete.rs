//! Deleting the domain (endpoint 9): its consequences first, by name; then its name typed.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use switchboard_api::{Assignment, DomainName};
use switchboard_model::journal::Change;

use super::super::confirm::ConfirmForm;
use super::super::embed::{both, copy_texts};
use super::super::explain::explain_briefly;
use super::super::settle::{Settled, quietly, tell_there};
use super::super::values::display_name;
use crate::browser::clock;
use crate::i18n::{Text, t, tf};
use crate::remote::{Read, Remote};
use crate::route::Route;
use crate::ui::{Button, CopyButton, Dialog, Panel, Toasts};
use crate::workspace::KnownDomains;

/// The way to the dialog "Delete domain".
#[component]
pub(super) fn DeleteDomainPanel(
    /// The domain.
    name: DomainName,
    /// Who is on it.
    assignments: Read<Vec<Assignment>>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <Panel title=t(Text::DeleteDomain) id="delete-domain">
            <div class="switch-line">
                <p class="muted">{t(Text::DeleteDomainText)}</p>
                <Button label=t(Text::DeleteDomain).to_owned() on_press=Callback::new(move |()| open.set(true)) />
            </div>
        </Panel>
        <Dialog open title=t(Text::DeleteDomain) id="delete-domain-title" close=t(Text::Close)>
            <Confirm open name=name.clone() assignments />
        </Dialog>
    }
}

#[component]
fn Confirm(
    open: RwSignal<bool>,
    name: DomainName,
    assignments: Read<Vec<Assignment>>,
) -> impl IntoView {
    let (remote, known, toasts) = (Remote::get(), KnownDomains::get(), Toasts::get());
    let navigate = use_navigate();
    let (busy, error) = (RwSignal::new(false), RwSignal::new(None::<String>));
    let domain = name.clone();
    let confirmed = Callback::new(move |()| {
        busy.set(true);
        error.set(None);
        let (domain, navigate) = (domain.clone(), navigate.clone());
        spawn_local(async move {
            let change = Change::DeleteDomain {
                domain: domain.clone(),
            };
            let settled = quietly(remote, change).await;
            busy.set(false);
            match settled {
                Settled::Done(warning) => {
                    // A record that cannot be taken away is only a name too many in the list.
                    let _ = known.forget(&domain);
                    let is_left = open.try_set(false).is_some();
                    let good = tf(Text::Deleted, &[("name", domain.as_str())]);
                    toasts.good(warning.unwrap_or(good));
                    // Whoever went on to another page is not called back.
                    if !is_left {
                        navigate(&Route::Domains.href(), NavigateOptions::default());
                    }
                }
                Settled::NotDone(failed) => {
                    let reason = explain_briefly(&failed, clock::now());
                    let values = [("name", domain.as_str()), ("reason", &reason)];
                    tell_there(error, toasts, tf(Text::NotDeleted, &values));
                }
                Settled::Unknown(_) => {
                    tell_there(error, toasts, t(Text::OutcomeUnknownChecked).to_owned());
                }
            }
        });
    });
    let shown = name.to_string();
    let held = known.find_now(&name).and_then(|known| known.held);
    let code = held.map(|held| {
        let text = Signal::stored(both(&held.code));
        view! {
            <li>{t(Text::DeleteDomainCode)}</li>
            <li>{t(Text::DeleteDomainKeepCode)}" "<CopyButton label=t(Text::CopyBoth) text texts=copy_texts() /></li>
        }
    });
    view! {
        <ConfirmForm id="delete-domain-confirm" name=shown.clone() action=t(Text::DeleteDomain) busy error on_confirm=confirmed on_cancel=Callback::new(move |()| open.set(false))>
            <p>{tf(Text::DeleteDomainConsequences, &[("domain", &shown)])}</p>
            <ul class="consequences">
                <li>{move || who(&assignments.data().unwrap_or_default())}</li>
                {code}
            </ul>
        </ConfirmForm>
    }
}

/// Who is taken off the domain, by name.
fn who(assignments: &[Assignment]) -> String {
    let names: Vec<String> = assignments
        .iter()
        .map(|one| display_name(&one.name, &one.email))
        .collect();
    if names.is_empty() {
        t(Text::DeleteDomainNobody).to_owned()
    } else {
        tf(Text::DeleteDomainNames, &[("names", &names.join(", "))])
    }
}
