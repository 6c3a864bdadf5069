//! Assigns many operators to some of the known domains (endpoint 10 for each).

use leptos::prelude::*;
use switchboard_api::{DomainName, Operator};

use crate::i18n::{Text, t, tf};
use crate::operations::bulk::{RunStarter, Runs};
use crate::operations::plan;
use crate::ui::{Button, ButtonKind, Dialog};
use crate::widgets::domain_choice::{DomainChoice, NoDomainChoice, any_known, focus_choice};
use crate::wording::values::{display_name, some_names};

/// The maximum number of operators named.
const NAMED: usize = 5;

/// The id of the search for domains.
const SEARCH: &str = "put-many-search";

/// The dialog "Put on domains".
#[component]
pub(super) fn PutManyOnDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Returns the selected operators.
    those: Callback<(), Vec<Operator>>,
) -> impl IntoView {
    let starter = RunStarter::new(Runs::get());
    view! {
        <Dialog open title=t(Text::PutOnTitle) id="put-many-title" close=t(Text::Close)>
            {move || if any_known() {
                view! { <PutOnForm open starter operators=those.run(()) /> }.into_any()
            } else {
                view! { <NoDomainChoice /> }.into_any()
            }}
        </Dialog>
    }
}

#[component]
fn PutOnForm(open: RwSignal<bool>, starter: RunStarter, operators: Vec<Operator>) -> impl IntoView {
    let chosen = RwSignal::new(Vec::<DomainName>::new());
    let wrong = RwSignal::new(false);
    Effect::new(move || focus_choice(SEARCH));
    let names: Vec<String> = operators
        .iter()
        .map(|one| display_name(&one.name, &one.email))
        .collect();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let domains = chosen.get_untracked();
        if domains.is_empty() {
            wrong.set(true);
        } else {
            let rows = plan::put_on(operators.iter().map(|one| &one.email), &domains);
            starter.start(rows, move || {
                open.try_set(false);
            });
        }
    };
    view! {
        <form class="form" novalidate on:submit=submit>
            <p>{tf(Text::PutOnMany, &[("names", &some_names(&names, NAMED))])}</p>
            <DomainChoice id=SEARCH chosen wrong hint=t(Text::PutOnManyHint) />
            <div class="actions end">
                <Button label=t(Text::Cancel).to_owned() on_press=Callback::new(move |()| open.set(false)) />
                <Button kind=ButtonKind::Primary submit=true busy=starter.busy() label=t(Text::PutOnMore).to_owned() />
            </div>
        </form>
    }
}
