//! The bar of bulk actions at the bottom of the window. It overlays the page, so that it moves nothing when it
//! appears.

use leptos::prelude::*;
use switchboard_api::Operator;

use super::delete_many::DeleteManyDialog;
use super::put_many_on::PutManyOnDialog;
use super::selection::{Selection, SelectionCount};
use crate::i18n::{Text, t, tc, tn};
use crate::operations::bulk::Runs;
use crate::operations::plan;
use crate::remote::Read;
use crate::ui::{ActionBar, Button, ButtonKind, focus};

/// The id of the checkbox "Select all".
pub(super) const SELECT_ALL: &str = "select-all";

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
    let runs = Runs::get();
    let (putting, deleting) = (RwSignal::new(false), RwSignal::new(false));
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
    let switch =
        move |on: bool| Callback::new(move |()| runs.start(plan::switch(&those.run(()), on)));
    let clear = Callback::new(move |()| {
        selection.clear();
        // The bar disappears, and with it the button that has the focus.
        focus(SELECT_ALL);
    });
    view! {
        <div class="bulk-bar" data-empty=move || (!any.get()).then_some("true")>
            <p role="status">{move || if any.get() { told() } else { String::new() }}</p>
            {move || any.get().then(|| view! {
                <ActionBar id="bulk-actions" label=t(Text::BulkActions) toggle=t(Text::Actions)>
                    <Button label=t(Text::Activate).to_owned() on_press=switch(true) />
                    <Button label=t(Text::Deactivate).to_owned() on_press=switch(false) />
                    <Button label=t(Text::PutOnDomains).to_owned() on_press=Callback::new(move |()| putting.set(true)) />
                    <Button label=t(Text::DeleteMany).to_owned() on_press=Callback::new(move |()| deleting.set(true)) />
                    <Button kind=ButtonKind::Quiet label=t(Text::ClearSelection).to_owned() on_press=clear />
                </ActionBar>
            })}
        </div>
        <PutManyOnDialog open=putting those />
        <DeleteManyDialog open=deleting those />
    }
}
