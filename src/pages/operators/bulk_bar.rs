//! What can be done with the selected operators: a bar at the foot of the window, which moves nothing when it comes.
//! Each selected row has a button that leads to it: on the way through the rows there may be a hundred stops.

use leptos::prelude::*;
use switchboard_api::Operator;

use super::activate_many::{ActivateManyDialog, not_set_up};
use super::delete_many::DeleteManyDialog;
use super::put_many_on::PutManyOnDialog;
use super::selection::{Selection, SelectionCount};
use super::take_many_off::TakeManyOffDialog;
use crate::i18n::{Text, t, tc, tn};
use crate::operations::bulk::{RunStarter, Runs};
use crate::operations::plan;
use crate::remote::Read;
use crate::ui::{ActionBar, Button, ButtonKind, focus, toggle_id};

/// The id of the checkbox "Select all".
pub(super) const SELECT_ALL: &str = "select-all";

/// The id of the actions.
const ACTIONS: &str = "bulk-actions";

/// The id of the first action.
const FIRST_ACTION: &str = "first-bulk-action";

/// Puts the focus on the first action, or in a narrow window on the button that opens them: the style sheet shows only one of the two.
pub(super) fn focus_actions() {
    focus(&toggle_id(ACTIONS));
    focus(FIRST_ACTION);
}

/// The bar, and the dialogs that its buttons open.
#[component]
pub(super) fn BulkBar(
    /// The selected operators.
    selection: Selection,
    /// Their number.
    counted: Memo<SelectionCount>,
    /// All operators.
    operators: Read<Vec<Operator>>,
) -> impl IntoView {
    let starter = RunStarter::new(Runs::get());
    let busy = starter.busy();
    let [activating, putting, taking, deleting] = std::array::from_fn(|_| RwSignal::new(false));
    let any = Memo::new(move |_| counted.get().all > 0);
    let told = move || {
        let counted = counted.get();
        match counted.all - counted.here {
            0 => tn(Text::Selected, counted.all),
            elsewhere => tc(
                Text::SelectedElsewhere,
                &[("selected", counted.all), ("count", elsewhere)],
                &[],
            ),
        }
    };
    let those = Callback::new(move |()| {
        let all = untrack(move || operators.data()).unwrap_or_default();
        selection.of(&all)
    });
    let activate = Callback::new(move |()| {
        let operators = those.run(());
        if not_set_up(&operators).is_empty() {
            starter.start(plan::switch(&operators, true), || ());
        } else {
            activating.set(true);
        }
    });
    let deactivate =
        Callback::new(move |()| starter.start(plan::switch(&those.run(()), false), || ()));
    let clear = Callback::new(move |()| {
        selection.clear();
        // The bar disappears, and with it the button that has the focus.
        focus(SELECT_ALL);
    });
    view! {
        <div class="bulk-bar" data-empty=move || (!any.get()).then_some("true")>
            <p role="status">{move || if any.get() { told() } else { String::new() }}</p>
            {move || any.get().then(|| view! {
                <ActionBar id=ACTIONS label=t(Text::BulkActions) toggle=t(Text::Actions)>
                    <Button id=FIRST_ACTION label=t(Text::Activate).to_owned() busy on_press=activate />
                    <Button label=t(Text::Deactivate).to_owned() busy on_press=deactivate />
                    <Button label=t(Text::PutOnDomains).to_owned() on_press=Callback::new(move |()| putting.set(true)) />
                    <Button label=t(Text::TakeOffDomains).to_owned() on_press=Callback::new(move |()| taking.set(true)) />
                    <Button label=t(Text::DeleteMany).to_owned() on_press=Callback::new(move |()| deleting.set(true)) />
                    <Button kind=ButtonKind::Quiet label=t(Text::ClearSelection).to_owned() on_press=clear />
                </ActionBar>
            })}
        </div>
        <ActivateManyDialog open=activating starter those />
        <PutManyOnDialog open=putting those />
        <TakeManyOffDialog open=taking those />
        <DeleteManyDialog open=deleting those />
    }
}
