//! The operators on the domain (endpoint 13).

use leptos::prelude::*;
use switchboard_api::{Assignment, DomainName, Email};

use super::super::assignment::{Place, TakeOffButton, find, switch_cells, switch_columns};
use super::super::explain::Failure;
use super::super::footing::footing;
use super::super::values::display_name;
use super::put_on::PutOnDialog;
use crate::i18n::{Text, t};
use crate::remote::Read;
use crate::route::Route;
use crate::ui::{Button, EmptyState, IconName, Panel, Person, SkeletonTable};

/// The region "Operators on this domain".
#[component]
pub(super) fn OperatorsPanel(
    /// The domain.
    name: DomainName,
    /// Who is on it.
    assignments: Read<Vec<Assignment>>,
) -> impl IntoView {
    let adding = RwSignal::new(false);
    let error = Memo::new(move |_| assignments.get().error.map(|error| (*error).clone()));
    let some = Memo::new(move |_| assignments.data().map(|data| !data.is_empty()));
    let body = footing(move || some.get(), move || error.with(Option::is_some));
    let aside = ViewFn::from(move || {
        view! { <Button icon=IconName::Plus label=t(Text::AddOperator).to_owned() on_press=Callback::new(move |()| adding.set(true)) /> }
    });
    let table_name = name.clone();
    view! {
        <Panel title=t(Text::OperatorsOnDomain) id="domain-operators" aside>
            {move || error.get().map(|error| view! {
                <Failure error=Signal::stored(error) doing=t(Text::OperatorsOnDomainNotLoaded) retry=Callback::new(move |()| assignments.retry()) />
            })}
            {move || match body.get() {
                Ok(true) => view! { <Assignments name=table_name.clone() assignments /> }.into_any(),
                Ok(false) => view! {
                    <EmptyState icon=IconName::People title=t(Text::OperatorsOnDomainNone) text=t(Text::OperatorsOnDomainNoneText) />
                }.into_any(),
                Err(false) => view! { <SkeletonTable rows=3 label=t(Text::Loading) /> }.into_any(),
                Err(true) => ().into_any(),
            }}
        </Panel>
        <PutOnDialog open=adding name assignments />
    }
}

#[component]
fn Assignments(name: DomainName, assignments: Read<Vec<Assignment>>) -> impl IntoView {
    let emails = Memo::new(move |_| {
        let data = assignments.data().unwrap_or_default();
        data.iter().map(|one| one.email.clone()).collect::<Vec<_>>()
    });
    view! {
        <div class="table-frame flush">
            <table class="cards-when-narrow" aria-labelledby="domain-operators">
                <thead>
                    <tr>
                        <th scope="col">{t(Text::Name)}</th>
                        {switch_columns()}
                        <th scope="col"><span class="visually-hidden">{t(Text::Actions)}</span></th>
                    </tr>
                </thead>
                <tbody>
                    // A row stays the same while its values change: its switch keeps the focus.
                    <For each=move || emails.get() key=Clone::clone let:email>
                        <Row name=name.clone() email assignments />
                    </For>
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn Row(name: DomainName, email: Email, assignments: Read<Vec<Assignment>>) -> impl IntoView {
    let person = find(assignments, email.clone()).get_untracked();
    let initials = person
        .as_ref()
        .map(|one| one.name.initials())
        .unwrap_or_default();
    let shown = person.map_or_else(
        || email.to_string(),
        |one| display_name(&one.name, &one.email),
    );
    let place = Place {
        domain: name,
        email: email.clone(),
        operator: shown.clone(),
        label: shown.clone(),
    };
    let href = Route::Operator(email.clone()).href();
    let cells = switch_cells(&place, assignments);
    view! {
        <tr>
            <th scope="row"><Person initials name=shown email=email.to_string() href /></th>
            {cells}
            <td class="row-actions"><TakeOffButton place /></td>
        </tr>
    }
}
