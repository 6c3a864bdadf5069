//! What can be done with those who are ticked: a bar at the foot of the window, which moves nothing when it comes.

use leptos::prelude::*;
use switchboard_api::Operator;

use super::super::bulk::Runs;
use super::delete_many::DeleteManyDialog;
use super::plan;
use super::put_on::PutOnDialog;
use super::ticked::{Counted, Ticked};
use crate::i18n::{Text, number, t, tf, tn};
use crate::remote::Read;
use crate::ui::{ActionBar, Button, ButtonKind, Toasts, focus};

/// The id of the box "Select all".
pub(super) const SELECT_ALL: &str = "select-all";

/// The bar, and the dialogs that its buttons open.
#[component]
pub(super) fn BulkBar(
    /// Who is ticked.
    ticked: Ticked,
    /// How many are.
    counted: Memo<Counted>,
    /// All of them.
    operators: Read<Vec<Operator>>,
) -> impl IntoView {
    let (runs, toasts) = (Runs::get(), Toasts::get());
    let (putting, deleting) = (RwSignal::new(false), RwSignal::new(false));
    let any = Memo::new(move |_| counted.get().all > 0);
    let told = move || {
        let counted = counted.get();
        let selected = tn(Text::Selected, counted.all);
        match counted.all - counted.here {
            0 => selected,
            elsewhere => tf(
                Text::SelectedElsewhere,
                &[("selected", &selected), ("count", &number(elsewhere))],
            ),
        }
    };
    let those = Callback::new(move |()| {
        let all = untrack(move || operators.data()).unwrap_or_default();
        ticked.of(&all)
    });
    let switch = move |on: bool, already: Text| {
        Callback::new(move |()| {
            let rows = plan::switch(&those.run(()), on);
            if rows.is_empty() {
                toasts.good(t(already));
            } else {
                runs.start(rows);
            }
        })
    };
    let clear = Callback::new(move |()| {
        ticked.clear();
        // The bar goes, and with it the button that had the focus.
        focus(SELECT_ALL);
    });
    view! {
        <div class="bulk-bar" data-empty=move || (!any.get()).then_some("true")>
            <p role="status">{move || if any.get() { told() } else { String::new() }}</p>
            {move || any.get().then(|| view! {
                <ActionBar label=t(Text::BulkActions)>
                    <Button label=t(Text::Activate).to_owned() on_press=switch(true, Text::AllActive) />
                    <Button label=t(Text::Deactivate).to_owned() on_press=switch(false, Text::AllInactive) />
                    <Button label=t(Text::PutOnDomains).to_owned() on_press=Callback::new(move |()| putting.set(true)) />
                    <Button label=t(Text::DeleteMany).to_owned() on_press=Callback::new(move |()| deleting.set(true)) />
                    <Button kind=ButtonKind::Quiet label=t(Text::ClearSelection).to_owned() on_press=clear />
                </ActionBar>
            })}
        </div>
        <PutOnDialog open=putting those />
        <DeleteManyDialog open=deleting those />
    }
}
