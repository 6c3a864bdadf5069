//! Deletes the user (endpoint 14): looks up the consequences at every known domain, then asks for the e-mail address.

use leptos::prelude::*;
use switchboard_api::Email;
use switchboard_model::journal::Change;

use crate::i18n::{Text, t, tf};
use crate::route::Route;
use crate::ui::{Button, Dialog, Panel};
use crate::widgets::confirm::ConfirmForm;
use crate::widgets::consequences::{ConsequencesCheck, domains_line, leaves_nobody, manages_line};
use crate::widgets::deletion::Deletion;

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
    let shown = name.get_untracked();
    let check = ConsequencesCheck::of_users([&email]);
    let deletion = Deletion::new(open, ending);
    let change = Change::DeleteUser {
        email: email.clone(),
    };
    let (list, called) = (Route::Operators, shown.clone());
    let confirmed = deletion.send(change, called, list, || ());
    let cancel = Callback::new(move |()| open.set(false));
    let who = email.clone();
    let role = move || check.with(|check| manages_line(&check.manages(&who)));
    let who = email.clone();
    let domains =
        move || check.with(|check| domains_line(check.domains_of(&who), check.progress()));
    let left = move || check.with(leaves_nobody);
    view! {
        <ConfirmForm
            id="delete-user-confirm" name=email.to_string() action=t(Text::DeleteUser) busy=deletion.busy error=deletion.error
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
