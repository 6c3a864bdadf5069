//! Asks again about each deletion and removal that waited for a token, before this tab sends it.

use leptos::prelude::*;
use switchboard_model::journal::Change;

use crate::browser::idna::readable;
use crate::i18n::{Text, t, tf};
use crate::remote::Remote;
use crate::session::Session;
use crate::ui::{Button, ButtonKind, Dialog, focus};

/// The id of the text in the dialog that describes it.
const TEXT: &str = "again-text";

/// The dialog "Do you still want this?", above every page and every other dialog. Closing it drops the waiting
/// changes.
#[component]
pub fn ConfirmationDialog() -> impl IntoView {
    let (session, auth) = (Session::get(), Remote::get().auth());
    let confirmations = auth.confirmations();
    let waits = Memo::new(move |_| !confirmations.waiting().is_empty());
    let open = RwSignal::new(false);
    // The dialog that asks for a token comes first.
    Effect::new(move || {
        open.set(waits.get() && !auth.asked().get() && !session.has_ended());
    });
    Effect::new(move |was_open: Option<bool>| {
        let is_open = open.get();
        let is_dropped = was_open == Some(true)
            && !is_open
            && !auth.asked().get_untracked()
            && !session.has_ended();
        if is_dropped {
            confirmations.drop_all();
        }
        is_open
    });
    view! {
        <Dialog open title=t(Text::AgainTitle) id="confirm-again" described_by=TEXT close=t(Text::Close)>
            <div class="form">
            <p id=TEXT>{t(Text::AgainText)}</p>
            <ul class="entries">
                <For each=move || confirmations.waiting() key=|(id, _)| *id let((id, change))>
                    <ConfirmAgainItem id change />
                </For>
            </ul>
            </div>
        </Dialog>
    }
}

#[component]
fn ConfirmAgainItem(id: u64, change: Change) -> impl IntoView {
    let confirmations = Remote::get().auth().confirmations();
    let Restated { what, go, keep } = restated(&change);
    let answer = move |go| Callback::new(move |()| confirmations.answer(id, go));
    let text = format!("again-{id}");
    let is_first = Memo::new(move |_| confirmations.waiting().first().map(|one| one.0) == Some(id));
    // What is lost is read first: the browser would focus the button that closes the dialog.
    let shown = text.clone();
    Effect::new(move || {
        if is_first.get() {
            focus(&shown);
        }
    });
    view! {
        <li class="entry">
            <p class="entry-text" id=text tabindex="-1">{what}</p>
            <div class="actions end">
                <Button label=keep on_press=answer(false) />
                <Button kind=ButtonKind::Danger label=go on_press=answer(true) />
            </div>
        </li>
    }
}

/// A change, worded as a question.
#[derive(Debug, PartialEq, Eq)]
struct Restated {
    /// What the change does.
    what: String,
    /// The button that sends it.
    go: String,
    /// The button that drops it.
    keep: String,
}

fn restated(change: &Change) -> Restated {
    let (texts, domain, email) = match change {
        Change::DeleteDomain { domain } => (
            [Text::AgainDomain, Text::AgainDelete, Text::AgainKeep],
            readable(domain),
            "",
        ),
        Change::DeleteUser { email } => (
            [Text::AgainUser, Text::AgainDelete, Text::AgainKeep],
            String::new(),
            email.as_str(),
        ),
        Change::RemoveAssignment { domain, email } => (
            [Text::AgainRemoval, Text::AgainRemove, Text::AgainKeepOn],
            readable(domain),
            email.as_str(),
        ),
        // None of these waits for confirmation (`Change::is_destructive`).
        Change::AddOperator { .. }
        | Change::SwitchOperator { .. }
        | Change::AddDomain { .. }
        | Change::ChangeDomain { .. }
        | Change::AddAssignment { .. }
        | Change::ChangeAssignment { .. } => (
            [Text::AgainOther, Text::AgainOtherGo, Text::Cancel],
            String::new(),
            "",
        ),
    };
    let name = if domain.is_empty() { email } else { &domain };
    let values = [("name", name), ("domain", &domain), ("email", email)];
    let [what, go, keep] = texts.map(|text| tf(text, &values));
    Restated { what, go, keep }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_change_names_its_action() {
        let domain = || "shop.acme.example".parse().expect("a domain name");
        let email = || "ada@acme.example".parse().expect("an e-mail");
        for (change, go, keep) in [
            (
                Change::DeleteDomain { domain: domain() },
                "Delete shop.acme.example now",
                "Keep shop.acme.example",
            ),
            (
                Change::DeleteUser { email: email() },
                "Delete ada@acme.example now",
                "Keep ada@acme.example",
            ),
            (
                Change::RemoveAssignment {
                    domain: domain(),
                    email: email(),
                },
                "Remove ada@acme.example from shop.acme.example now",
                "Keep ada@acme.example on shop.acme.example",
            ),
        ] {
            assert!(change.is_destructive());
            let restated = restated(&change);
            assert_eq!((restated.go.as_str(), restated.keep.as_str()), (go, keep));
            assert!(!restated.what.is_empty());
        }
    }
}
