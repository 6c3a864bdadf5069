//! Assigns an operator to the domain (endpoint 10), chosen from those who are not on it yet (4).

use std::sync::Arc;

use leptos::prelude::*;
use switchboard_api::endpoints::ListOperators;
use switchboard_api::{Assignment, DomainName, Email, Operator};
use switchboard_model::directory::{Directory, Place};

use crate::browser::fold::decompose;
use crate::i18n::{Text, t, tn};
use crate::remote::{Read, Remote};
use crate::ui::{Badge, Dialog, EmptyState, IconName, Person, SkeletonLines, TextField, focus};
use crate::widgets::assignment::{AssignmentId, PutOnButton};
use crate::widgets::failure::Failure;
use crate::wording::values::{self, display_name};

/// The maximum number shown at once; a search finds the others.
const SHOWN: usize = 20;

/// The dialog "Add operator" of a domain.
#[component]
pub(super) fn PutOnDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The domain.
    name: DomainName,
    /// The operators who are on it already.
    assignments: Read<Vec<Assignment>>,
) -> impl IntoView {
    view! {
        <Dialog open title=t(Text::AddOperatorTitle) id="put-on-title" close=t(Text::Close)>
            <Candidates name=name.clone() assignments />
        </Dialog>
    }
}

#[component]
fn Candidates(name: DomainName, assignments: Read<Vec<Assignment>>) -> impl IntoView {
    let operators = Remote::get().read(ListOperators);
    let sought = RwSignal::new(String::new());
    Effect::new(move || focus("put-on-search"));
    let directory = Memo::new(move |_| Some(Arc::new(Directory::of(operators.data()?, decompose))));
    let free = Memo::new(move |_| {
        let (directory, there) = (directory.get()?, assignments.data()?);
        Some(not_among(directory.operators(), &there))
    });
    // The number of matches, and the first of them.
    let matching = Memo::new(move |_| {
        let (directory, free) = (directory.get()?, free.get()?);
        let found = sought.with(|sought| directory.found(&free, sought));
        let first = found.iter().take(SHOWN);
        let first = first.map(|place| directory.operators()[*place as usize].clone());
        Some((found.len(), first.collect::<Vec<_>>()))
    });
    let error = Memo::new(move |_| operators.get().error.map(|error| (*error).clone()));
    view! {
        <div class="form">
            <TextField id="put-on-search" label=t(Text::SearchOperators) value=sought keyboard="search" />
            {move || error.get().map(|error| view! {
                <Failure error=Signal::stored(error) doing=t(Text::OperatorsNotLoaded) retry=Callback::new(move |()| operators.retry()) />
            })}
            {move || match (free.with(|free| free.as_ref().map(Vec::is_empty)), matching.get()) {
                (Some(true), _) => view! {
                    <EmptyState icon=IconName::People title=t(Text::EverybodyOnDomain) text=t(Text::EverybodyOnDomainText) />
                }.into_any(),
                (Some(false), Some((0, _))) => view! {
                    <EmptyState icon=IconName::Search title=t(Text::OperatorsNoMatch) text=t(Text::OperatorsNoMatchText) />
                }.into_any(),
                (Some(false), Some((count, first))) => {
                    let more = count.saturating_sub(SHOWN);
                    let rows = first.into_iter().map(|operator| view! { <Candidate name=name.clone() operator /> }).collect_view();
                    view! {
                        <ul class="choices">{rows}</ul>
                        {(more > 0).then(|| view! { <p class="hint">{tn(Text::OperatorsMore, more)}</p> })}
                    }.into_any()
                }
                _ if error.with(Option::is_some) => ().into_any(),
                _ => view! { <SkeletonLines lines=4 label=t(Text::Loading) /> }.into_any(),
            }}
        </div>
    }
}

/// Returns the indices of the operators who are not on the domain.
fn not_among(operators: &[Operator], there: &[Assignment]) -> Vec<Place> {
    let there: std::collections::HashSet<&Email> = there.iter().map(|one| &one.email).collect();
    let free = (0..)
        .zip(operators)
        .filter(|(_, operator)| !there.contains(&operator.email));
    free.map(|(place, _)| place).collect()
}

#[component]
fn Candidate(name: DomainName, operator: Operator) -> impl IntoView {
    let shown = display_name(&operator.name, &operator.email);
    let place = AssignmentId {
        domain: name,
        email: operator.email.clone(),
        operator: shown.clone(),
        label: shown.clone(),
    };
    let reason = values::cannot_answer(&operator);
    let note = ViewFn::from(move || {
        reason
            .clone()
            .map(|(tone, text)| view! { <Badge tone text /> })
    });
    view! {
        <li class="choice">
            <Person initials=operator.name.initials() name=shown email=operator.email.to_string() note />
            <PutOnButton place />
        </li>
    }
}

#[cfg(test)]
mod tests {
    use switchboard_api::{Login, PersonName, Presence, Tristate};

    use super::*;

    #[test]
    fn assigned_operators_are_not_offered() {
        let name = PersonName {
            first: "A".to_owned(),
            last: String::new(),
        };
        let operator = |email: &str| Operator {
            name: name.clone(),
            email: email.parse().expect("an e-mail of the test"),
            presence: Presence::Online,
            login: Login::Able,
            is_operator: Tristate::On,
            live_chat: None,
        };
        let there = Assignment {
            name: name.clone(),
            is_admin: Tristate::Off,
            shown_online: Tristate::Off,
            gets_messages: Tristate::Off,
            user_id: String::new(),
            email: "a@x.example".parse().expect("an e-mail of the test"),
        };
        let free = not_among(
            &[operator("a@x.example"), operator("b@x.example")],
            &[there],
        );
        assert_eq!(free, [1]);
    }
}
