//! Asks before an activation that cannot be undone: of people for whom live chat is not set up.

use leptos::prelude::*;
use switchboard_api::Operator;

use crate::i18n::{Text, t, tf, tn};
use crate::operations::bulk::RunStarter;
use crate::operations::plan;
use crate::ui::{Button, ButtonKind, Dialog, focus};
use crate::wording::values::{display_name, some_names};

/// The maximum number of operators named.
const NAMED: usize = 5;

/// The id of the button that closes the dialog, which has the focus at first.
const CANCEL: &str = "activate-many-cancel";

/// Returns those for whom live chat is not set up.
pub(super) fn not_set_up(operators: &[Operator]) -> Vec<&Operator> {
    let all = operators.iter();
    all.filter(|one| one.live_chat.is_none()).collect()
}

/// The dialog "Activate operators".
#[component]
pub(super) fn ActivateManyDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Starts the run.
    starter: RunStarter,
    /// Returns the selected operators.
    those: Callback<(), Vec<Operator>>,
) -> impl IntoView {
    let content = move || {
        let operators = those.run(());
        let without = not_set_up(&operators);
        let names = without
            .iter()
            .map(|one| display_name(&one.name, &one.email));
        let names = some_names(&names.collect::<Vec<_>>(), NAMED);
        let title = tn(Text::ActivateNotSetUp, without.len());
        let action = tn(Text::RunActivate, operators.len());
        let go = Callback::new(move |()| {
            starter.start(plan::switch(&operators, true), move || {
                open.try_set(false);
            });
        });
        Effect::new(move || focus(CANCEL));
        view! {
            <div class="form">
                <p><strong>{title}</strong></p>
                <p>{tf(Text::ActivateNotSetUpText, &[("names", &names)])}</p>
                <div class="actions end">
                    <Button id=CANCEL label=t(Text::Cancel).to_owned() on_press=Callback::new(move |()| open.set(false)) />
                    <Button kind=ButtonKind::Primary busy=starter.busy() label=action on_press=go />
                </div>
            </div>
        }
    };
    view! {
        <Dialog open title=t(Text::ActivateTitle) id="activate-many-title" close=t(Text::Close)>
            {content}
        </Dialog>
    }
}
