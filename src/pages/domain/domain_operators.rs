//! The operators on the domain (endpoint 13).

use leptos::prelude::*;
use switchboard_api::endpoints::ListOperators;
use switchboard_api::{Assignment, DomainName, Email, Operator};

use super::put_on::PutOnDialog;
use crate::browser::pointer::{rows_in_place, while_in_use};
use crate::i18n::{Text, t, tf};
use crate::remote::{Read, Remote};
use crate::route::Route;
use crate::ui::{Badge, Button, EmptyState, IconName, Panel, Person, SkeletonTable};
use crate::widgets::assignment::{
    AssignmentId, TakeOffButton, find, is_among, switch_cells, switch_columns,
};
use crate::widgets::failure::Failure;
use crate::widgets::load_state::load_state;
use crate::wording::values::{self, display_name, some_names};

/// The id of the rows.
const BODY: &str = "domain-operator-rows";

/// The maximum number of operators that a sentence names.
const NAMED: usize = 5;

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
            <Failure
                error=Signal::derive(move || assignments.get().error) doing=t(Text::OperatorsOnDomainNotLoaded) retry=Callback::new(move |()| assignments.retry())
                is_covered=Signal::derive(move || assignments.is_true() || some.get() == Some(true) && assignments.is_covered())
            />
            {move || match body.get() {
                Ok(true) => view! { <Assignments name=table_name.clone() assignments operators /> }.into_any(),
                // After a failed refresh, a write may have made the empty list untrue.
                Ok(false) if error.with(Option::is_some) && !assignments.is_true() => ().into_any(),
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
    let there = move |email: &Email| is_among(&assignments.data().unwrap_or_default(), email);
    let emails = rows_in_place(while_in_use(BODY), usize::MAX, there, move || {
        let data = assignments.data().unwrap_or_default();
        (
            (),
            data.iter().map(|one| one.email.clone()).collect::<Vec<_>>(),
        )
    });
    // Without a badge, everybody would seem able to answer.
    let unknown = Memo::new(move |_| {
        let (there, all) = (assignments.data().unwrap_or_default(), operators.get());
        if all.data.is_none() && all.error.is_none() {
            return None;
        }
        let all = all.data.unwrap_or_default();
        let names = not_among(&there, &all);
        let names = some_names(&names, NAMED);
        (!names.is_empty()).then(|| tf(Text::CanAnswerUnknown, &[("names", &names)]))
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
                <tbody id=BODY>
                    // The row stays the same while its values change, so that its switch keeps the focus.
                    <For each=move || emails.get().1 key=Clone::clone let:email>
                        <DomainOperatorRow name=name.clone() email assignments operators />
                    </For>
                </tbody>
            </table>
            {move || unknown.get().map(|text| view! { <p class="hint table-foot" role="status">{text}</p> })}
        </div>
    }
}

/// Returns the names of those on the domain whom the list of operators lacks.
fn not_among(there: &[Assignment], operators: &[Operator]) -> Vec<String> {
    let is_known = |one: &&Assignment| operators.iter().any(|other| other.email == one.email);
    let unknown = there.iter().filter(|one| !is_known(one));
    unknown
        .map(|one| display_name(&one.name, &one.email))
        .collect()
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
