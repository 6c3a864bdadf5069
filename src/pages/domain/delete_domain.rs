//! Deletes the domain (endpoint 9): looks up the consequences afresh, then asks for its name.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use switchboard_api::DomainName;
use switchboard_model::journal::Change;

use crate::browser::clock;
use crate::browser::idna::readable;
use crate::i18n::{Text, t, tf};
use crate::operations::submit::{WriteOutcome, show_error, submit};
use crate::remote::Remote;
use crate::route::Route;
use crate::ui::{Button, CopyButton, Dialog, Panel, Toasts};
use crate::widgets::confirm::ConfirmForm;
use crate::widgets::consequences::{ConsequencesCheck, operators_line};
use crate::widgets::embed_codes::{both, copy_texts};
use crate::wording::explain::{explain_briefly, explain_unknown};
use crate::workspace::KnownDomains;

/// The id of the consequences in the dialog.
const CONSEQUENCES: &str = "delete-domain-consequences";

/// The panel that opens the dialog "Delete domain".
#[component]
pub(super) fn DeleteDomainPanel(
    /// The domain.
    name: DomainName,
    /// Whether the domain is being deleted: true while the call is in flight, and once it worked.
    ending: RwSignal<bool>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <Panel title=t(Text::DeleteDomain) id="delete-domain">
            <div class="switch-line">
                <p class="muted">{t(Text::DeleteDomainText)}</p>
                <Button label=t(Text::DeleteDomain).to_owned() on_press=Callback::new(move |()| open.set(true)) />
            </div>
        </Panel>
        <Dialog open title=t(Text::DeleteDomain) id="delete-domain-title" described_by=CONSEQUENCES close=t(Text::Close)>
            <ConfirmDeleteDomain open name=name.clone() ending />
        </Dialog>
    }
}

#[component]
fn ConfirmDeleteDomain(
    open: RwSignal<bool>,
    name: DomainName,
    ending: RwSignal<bool>,
) -> impl IntoView {
    let (remote, known, toasts) = (Remote::get(), KnownDomains::get(), Toasts::get());
    let navigate = use_navigate();
    let (busy, error) = (RwSignal::new(false), RwSignal::new(None::<String>));
    let domain = name.clone();
    let confirmed = Callback::new(move |()| {
        busy.set(true);
        ending.set(true);
        error.set(None);
        let (domain, navigate) = (domain.clone(), navigate.clone());
        spawn_local(async move {
            let change = Change::DeleteDomain {
                domain: domain.clone(),
            };
            let outcome = submit(remote, change).await;
            busy.set(false);
            match outcome {
                WriteOutcome::Done(warning) => {
                    // A record that cannot be deleted only leaves an extra name in the list.
                    let _ = known.forget(&domain);
                    let is_left = open.try_set(false).is_some();
                    let good = tf(Text::Deleted, &[("name", &readable(&domain))]);
                    toasts.good(warning.unwrap_or(good));
                    // Only if the user is still on this page.
                    if !is_left {
                        navigate(&Route::Domains.href(), NavigateOptions::default());
                    }
                }
                WriteOutcome::NotDone(failed) => {
                    ending.try_set(false);
                    let reason = explain_briefly(&failed, clock::now());
                    let name = readable(&domain);
                    let values = [("name", name.as_str()), ("reason", &reason)];
                    show_error(error, toasts, tf(Text::NotDeleted, &values));
                }
                WriteOutcome::Unknown(look) => {
                    ending.try_set(false);
                    show_error(error, toasts, explain_unknown(&look));
                }
            }
        });
    });
    let check = ConsequencesCheck::of_domain(name.clone());
    let shown = readable(&name);
    let held = known.find_now(&name).and_then(|known| known.held);
    let code = held.map(|held| {
        let text = Signal::stored(both(&held.code));
        view! {
            <li>{t(Text::DeleteDomainCode)}</li>
            <li>{t(Text::DeleteDomainKeepCode)}" "<CopyButton label=t(Text::CopyBoth) text texts=copy_texts() /></li>
        }
    });
    let cancel = Callback::new(move |()| open.set(false));
    view! {
        <ConfirmForm
            id="delete-domain-confirm" name=shown.clone() also=name.to_string() action=t(Text::DeleteDomain) busy error
            check consequences=CONSEQUENCES on_confirm=confirmed on_cancel=cancel
        >
            <p>{tf(Text::DeleteDomainConsequences, &[("domain", &shown)])}</p>
            <ul class="consequences">
                <li>{move || check.with(operators_line)}</li>
                {code}
            </ul>
        </ConfirmForm>
    }
}
