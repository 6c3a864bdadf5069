//! Deletes the user (endpoint 14): looks up the consequences at every known domain, then asks for the e-mail address.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use switchboard_api::Email;
use switchboard_model::journal::Change;

use crate::browser::clock;
use crate::i18n::{Text, t, tf};
use crate::operations::submit::{WriteOutcome, show_error, submit};
use crate::remote::Remote;
use crate::route::Route;
use crate::ui::{Button, Dialog, Panel, Toasts};
use crate::widgets::confirm::ConfirmForm;
use crate::widgets::consequences::{ConsequencesCheck, domains_line, leaves_nobody, manages_line};
use crate::wording::explain::{explain_briefly, explain_unknown};

/// The id of the consequences in the dialog.
const CONSEQUENCES: &str = "delete-user-consequences";

/// The panel that opens the dialog "Delete user".
#[component]
pub(super) fn DeleteUserPanel(
    /// The operator's key.
    email: Email,
    /// The operator's name.
    name: Memo<String>,
    /// Whether the operator is being deleted: true while the call is in flight, and once it worked.
    ending: RwSignal<bool>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <Panel title=t(Text::DeleteUser) id="delete-user">
            <div class="switch-line">
                <p class="muted">{t(Text::DeleteUserText)}</p>
                <Button label=t(Text::DeleteUser).to_owned() on_press=Callback::new(move |()| open.set(true)) />
            </div>
        </Panel>
        <Dialog open title=t(Text::DeleteUser) id="delete-user-title" described_by=CONSEQUENCES close=t(Text::Close)>
            <ConfirmDeleteOperator open email=email.clone() name ending />
        </Dialog>
    }
}

#[component]
fn ConfirmDeleteOperator(
    open: RwSignal<bool>,
    email: Email,
    name: Memo<String>,
    ending: RwSignal<bool>,
) -> impl IntoView {
    let (remote, toasts, navigate) = (Remote::get(), Toasts::get(), use_navigate());
    let (busy, error) = (RwSignal::new(false), RwSignal::new(None::<String>));
    let shown = name.get_untracked();
    let check = ConsequencesCheck::of_users([&email]);
    let (key, called) = (email.clone(), shown.clone());
    let confirmed = Callback::new(move |()| {
        busy.set(true);
        ending.set(true);
        error.set(None);
        let (email, called, navigate) = (key.clone(), called.clone(), navigate.clone());
        spawn_local(async move {
            let outcome = submit(remote, Change::DeleteUser { email }).await;
            busy.set(false);
            match outcome {
                WriteOutcome::Done(warning) => {
                    let is_left = open.try_set(false).is_some();
                    let good = tf(Text::Deleted, &[("name", &called)]);
                    toasts.good(warning.unwrap_or(good));
                    // Only if the user is still on this page.
                    if !is_left {
                        navigate(&Route::Operators.href(), NavigateOptions::default());
                    }
                }
                WriteOutcome::NotDone(failed) => {
                    ending.try_set(false);
                    let reason = explain_briefly(&failed, clock::now());
                    let values = [("name", called.as_str()), ("reason", &reason)];
                    show_error(error, toasts, tf(Text::NotDeleted, &values));
                }
                WriteOutcome::Unknown(look) => {
                    ending.try_set(false);
                    show_error(error, toasts, explain_unknown(&look));
                }
            }
        });
    });
    let cancel = Callback::new(move |()| open.set(false));
    let who = email.clone();
    let role = move || check.with(|check| manages_line(&check.manages(&who)));
    let who = email.clone();
    let domains =
        move || check.with(|check| domains_line(check.domains_of(&who), check.progress()));
    let left = move || check.with(leaves_nobody);
    view! {
        <ConfirmForm
            id="delete-user-confirm" name=email.to_string() action=t(Text::DeleteUser) busy error
            check consequences=CONSEQUENCES on_confirm=confirmed on_cancel=cancel
        >
            <p>{tf(Text::DeleteUserConsequences, &[("name", &shown)])}</p>
            <ul class="consequences">
                <li>{t(Text::DeleteUserAccount)}</li>
                {move || role().map(|role| view! { <li>{role}</li> })}
                <li>{domains}</li>
                {move || left().map(|left| view! { <li>{left}</li> })}
            </ul>
        </ConfirmForm>
    }
}
