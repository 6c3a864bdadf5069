//! Deletes the domain (endpoint 9): looks up the consequences afresh, then asks for its name.

use leptos::prelude::*;
use switchboard_api::DomainName;
use switchboard_model::journal::Change;

use crate::browser::idna::readable;
use crate::i18n::{Text, t, tf};
use crate::route::Route;
use crate::ui::{Button, CopyButton, Dialog, Panel};
use crate::widgets::confirm::ConfirmForm;
use crate::widgets::consequences::{ConsequencesCheck, operators_line};
use crate::widgets::deletion::Deletion;
use crate::widgets::embed_codes::{both, copy_texts, names_another};
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
    let known = KnownDomains::get();
    let deletion = Deletion::new(open, ending);
    let change = Change::DeleteDomain {
        domain: name.clone(),
    };
    let domain = name.clone();
    // A record that cannot be deleted only leaves an extra name in the list.
    let done = move || drop(known.forget(&domain));
    let confirmed = deletion.send(change, readable(&name), Route::Domains, done);
    let check = ConsequencesCheck::of_domain(name.clone());
    let shown = readable(&name);
    let held = known.find_now(&name).and_then(|known| known.held);
    let code = held.map(|held| {
        let text = Signal::stored(both(&held.code));
        let mark = names_another(&name, &held.code);
        view! {
            <li>{t(Text::DeleteDomainCode)}</li>
            <li>{t(Text::DeleteDomainKeepCode)}" "<CopyButton label=t(Text::CopyBoth) text texts=copy_texts() />" "<span class="hint">{mark}</span></li>
        }
    });
    let cancel = Callback::new(move |()| open.set(false));
    view! {
        <ConfirmForm
            id="delete-domain-confirm" name=shown.clone() also=name.to_string() action=t(Text::DeleteDomain) busy=deletion.busy error=deletion.error
            check consequences=CONSEQUENCES on_confirm=confirmed on_cancel=cancel
        >
            <p>{tf(Text::DeleteDomainConsequences, &[("domain", &shown)])}</p>
            <ul class="consequences">
                <li>{t(Text::DeleteDomainChat)}</li>
                <li>{move || check.with(operators_line)}</li>
                {code}
            </ul>
        </ConfirmForm>
    }
}
