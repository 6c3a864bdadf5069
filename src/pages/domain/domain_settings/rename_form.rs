//! Renames a domain (endpoint 8). Asks first, because the code on the website may stop working. Finishes the rename
//! even if the page is closed in the middle.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use switchboard_api::DomainName;
use switchboard_model::workspace::PendingRename;

use super::{ValueForm, ValueState, email_of, tell_done};
use crate::browser::idna::readable;
use crate::i18n::{Text, t, tf};
use crate::operations::rename::carry_out;
use crate::operations::submit::WriteOutcome;
use crate::remote::Remote;
use crate::route::Route;
use crate::ui::{Button, ButtonKind, Dialog, Toasts, UnsavedInput, focus};
use crate::widgets::rename_consequences::RenameConsequences;
use crate::wording::input;
use crate::wording::values::domain_with_ascii;
use crate::workspace::KnownDomains;

/// The id of the consequences in the dialog.
const CONSEQUENCES: &str = "rename-consequences";

/// The id of the button that closes the dialog.
const CANCEL: &str = "rename-cancel";

/// The field "New domain name", and the dialog that asks before the domain is renamed.
#[component]
pub(super) fn RenameForm(
    /// The domain.
    name: DomainName,
    /// The contact address that is typed in the settings and not saved.
    email: Memo<Option<String>>,
    /// Whether the domain is being renamed.
    ending: RwSignal<bool>,
) -> impl IntoView {
    let (remote, known, toasts) = (Remote::get(), KnownDomains::get(), Toasts::get());
    let navigate = use_navigate();
    let typed = RwSignal::new(String::new());
    let state = ValueState::new(Text::NewDomainName, "new_domain", typed);
    let unsaved = UnsavedInput::get();
    unsaved.watch(move || !state.busy.get() && typed.with(|typed| !typed.trim().is_empty()));
    let (open, asked) = (
        RwSignal::new(false),
        StoredValue::new(None::<PendingRename>),
    );
    let on_submit = Callback::new(move |text: String| match input::domain(&text) {
        Err(wrong) => state.error.set(Some(wrong)),
        Ok(to) if to.name == name => state.error.set(Some(t(Text::RenameSame).to_owned())),
        Ok(to) => {
            state.error.set(None);
            asked.set_value(Some(PendingRename {
                from: name.clone(),
                to: to.name,
            }));
            open.set(true);
        }
    });
    let confirmed = Callback::new(move |rename: PendingRename| {
        open.set(false);
        let navigate = navigate.clone();
        ending.set(true);
        let from = rename.from.clone();
        let sending = Box::pin(async move {
            let outcome = carry_out(remote, known, &rename).await;
            if matches!(
                outcome,
                Ok(WriteOutcome::NotDone(_) | WriteOutcome::Unknown(..))
            ) {
                ending.try_set(false);
            }
            let [from, to] = [&rename.from, &rename.to].map(readable);
            let names = [("from", from.as_str()), ("to", to.as_str())];
            let outcome = outcome?;
            if !tell_done(toasts, &outcome, tf(Text::Renamed, &names)) {
                return Ok(outcome);
            }
            let options = NavigateOptions {
                replace: true,
                ..NavigateOptions::default()
            };
            // Only if the user is still on this page.
            if !typed.is_disposed() {
                if let Some(email) = email.get_untracked() {
                    unsaved.hand_over(email_of(&rename.to), email);
                }
                navigate(&Route::Domain(rename.to).href(), options);
            }
            Ok(outcome)
        });
        state.send(&from, sending);
    });
    let hint = Signal::derive(move || match typed.with(|typed| input::domain(typed)) {
        Ok(input) => tf(
            Text::RenameWillBe,
            &[("domain", &domain_with_ascii(&input.name))],
        ),
        Err(_) => t(Text::RenameHint).to_owned(),
    });
    view! {
        <ValueForm id="domain-rename" keyboard="url" state hint action=(Text::Rename, Text::Renaming) on_submit />
        <Dialog open title=t(Text::RenameDomain) id="rename-title" described_by=CONSEQUENCES close=t(Text::Close)>
            {move || asked.get_value().map(|rename| view! { <ConfirmRename rename open confirmed /> })}
        </Dialog>
    }
}

/// Explains what a rename means for the website, before it is sent.
#[component]
fn ConfirmRename(
    rename: PendingRename,
    open: RwSignal<bool>,
    confirmed: Callback<PendingRename>,
) -> impl IntoView {
    Effect::new(move || focus(CANCEL));
    let asked = rename.clone();
    let go = Callback::new(move |()| confirmed.run(asked.clone()));
    view! {
        <div class="form">
            <div class="stack" id=CONSEQUENCES><RenameConsequences rename /></div>
            <div class="actions end">
                <Button id=CANCEL label=t(Text::Cancel).to_owned() on_press=Callback::new(move |()| open.set(false)) />
                <Button kind=ButtonKind::Primary settles=true label=t(Text::Rename).to_owned() on_press=go />
            </div>
        </div>
    }
}
