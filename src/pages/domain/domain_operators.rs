//! The operators on the domain (endpoint 13).

use leptos::prelude::*;
use switchboard_api::endpoints::ListOperators;
use switchboard_api::{Assignment, DomainName, Email, Operator};

use super::put_on::PutOnDialog;
use crate::browser::pointer::at_rest;
use crate::i18n::{Text, t};
use crate::remote::{Read, Remote};
use crate::route::Route;
use crate::ui::{Badge, Button, EmptyState, IconName, Panel, Person, SkeletonTable};
use crate::widgets::assignment::{AssignmentId, TakeOffButton, find, switch_cells, switch_columns};
use crate::widgets::failure::Failure;
use crate::widgets::load_state::load_state;
use crate::wording::values::{self, display_name};

/// The region "Operators on this domain".
#[component]
pub(super) fn OperatorsPanel(
    /// The domain.
    name: DomainName,
    /// The operators on it.
    assignments: Read<Vec<Assignment>>,
) -> impl IntoView {
    let adding = RwSignal::new(false);
    let error = Memo::new(move |_| assignments.get().error.map(|error| (*error).clone()));
    let some = Memo::new(move |_| assignments.data().map(|data| !data.is_empty()));
    let body = load_state(move || some.get(), move || error.with(Option::is_some));
    let aside = ViewFn::from(move || {
        view! { <Button icon=IconName::Plus label=t(Text::AddOperator).to_owned() on_press=Callback::new(move |()| adding.set(true)) /> }
    });
    let table_name = name.clone();
    let operators = Remote::get().read(ListOperators);
    view! {
        <Panel title=t(Text::OperatorsOnDomain) id="domain-operators" aside>
            {move || error.get().map(|error| view! {
                <Failure error=Signal::stored(error) doing=t(Text::OperatorsOnDomainNotLoaded) retry=Callback::new(move |()| assignments.retry()) />
            })}
            {move || match body.get() {
                Ok(true) => view! { <Assignments name=table_name.clone() assignments operators /> }.into_any(),
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
fn Assignments(
    name: DomainName,
    assignments: Read<Vec<Assignment>>,
    operators: Read<Vec<Operator>>,
) -> impl IntoView {
    let emails = at_rest(move || {
        let data = assignments.data().unwrap_or_default();
        data.iter().map(|one| one.email.clone()).collect::<Vec<_>>()
    });
    view! {
        <div class="table-frame flush">
            <table class="cards-when-narrow switch-rows" aria-labelledby="domain-operators">
                <thead>
                    <tr>
                        <th scope="col">{t(Text::Name)}</th>
                        {switch_columns()}
                        <th scope="col"><span class="visually-hidden">{t(Text::Actions)}</span></th>
                    </tr>
                </thead>
                <tbody>
                    // The row stays the same while its values change, so that its switch keeps the focus.
                    <For each=move || emails.get() key=Clone::clone let:email>
                        <DomainOperatorRow name=name.clone() email assignments operators />
                    </For>
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn DomainOperatorRow(
    name: DomainName,
    email: Email,
    assignments: Read<Vec<Assignment>>,
    operators: Read<Vec<Operator>>,
) -> impl IntoView {
    let person = find(assignments, email.clone()).get_untracked();
    let initials = person
        .as_ref()
        .map(|one| one.name.initials())
        .unwrap_or_default();
    let shown = person.map_or_else(
        || email.to_string(),
        |one| display_name(&one.name, &one.email),
    );
    let place = AssignmentId {
        domain: name,
        email: email.clone(),
        operator: shown.clone(),
        label: shown.clone(),
    };
    let href = Route::Operator(email.clone()).href();
    let cells = switch_cells(&place, assignments);
    let who = email.clone();
    let reason = Memo::new(move |_| {
        let operators = operators.data()?;
        let operator = operators.iter().find(|one| one.email == who)?;
        values::cannot_answer(operator)
    });
    let note = ViewFn::from(move || {
        move || {
            reason
                .get()
                .map(|(tone, text)| view! { <Badge tone text /> })
        }
    });
    view! {
        <tr>
            <th scope="row"><Person initials name=shown email=email.to_string() href note /></th>
            {cells}
            <td class="row-actions"><TakeOffButton place /></td>
        </tr>
    }
}
