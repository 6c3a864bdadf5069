//! Assigns an operator to the domain (endpoint 10), chosen from those who are not on it yet (4).

use std::sync::Arc;

use leptos::html::Div;
use leptos::prelude::*;
use switchboard_api::endpoints::ListOperators;
use switchboard_api::{Assignment, DomainName, Email, Operator};
use switchboard_model::directory::{Directory, Place};

use crate::browser::fold::decompose;
use crate::browser::pointer::{rows_in_place, while_in_use};
use crate::i18n::{Text, t, tc, tn};
use crate::remote::{Read, Remote};
use crate::ui::{
    Badge, Dialog, EmptyState, IconName, Person, SkeletonLines, TextField, focus, keep_height,
};
use crate::widgets::assignment::{AssignmentId, PutOnButton, find};
use crate::widgets::failure::Failure;
use crate::widgets::list_search::SearchSuggestions;
use crate::wording::values::{self, display_name, distinct_names};

/// The maximum number shown at once; a search finds the others.
const SHOWN: usize = 20;

/// The number of similar names to suggest.
const NEAREST: usize = 3;

/// The id of the search field.
const SEARCH: &str = "put-on-search";

/// The id of the rows.
const LIST: &str = "put-on-rows";

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
    Effect::new(move || focus(SEARCH));
    let directory = Memo::new(move |_| Some(Arc::new(Directory::of(operators.data()?, decompose))));
    // Who is added here keeps the row, so that no other row takes its place under a finger.
    let there = Memo::new(move |before: Option<&Option<Arc<Vec<Assignment>>>>| {
        before.cloned().flatten().or_else(|| assignments.data())
    });
    let free = Memo::new(move |_| {
        let (directory, there) = (directory.get()?, there.get()?);
        Some(not_among(directory.operators(), &there))
    });
    let found = Memo::new(move |_| {
        let (directory, free) = (directory.get()?, free.get()?);
        Some(sought.with(|sought| directory.found(&free, sought)))
    });
    let exists = move |email: &Email| {
        let all = operators.data().unwrap_or_default();
        all.iter().any(|one| one.email == *email)
    };
    let said = RwSignal::new(String::new());
    let rows = rows_in_place(while_in_use(LIST), SHOWN, exists, move || {
        let first = found.get().zip(directory.get()).map(|(found, directory)| {
            let first = found.iter().take(SHOWN);
            let email = |place: &Place| directory.operators()[*place as usize].email.clone();
            first.map(email).collect::<Vec<_>>()
        });
        (sought.get(), first.unwrap_or_default())
    });
    let similar = Memo::new(move |_| match (directory.get(), free.get(), found.get()) {
        (Some(directory), Some(free), Some(found)) if found.is_empty() => {
            let near = sought.with(|sought| directory.nearest(sought, usize::MAX));
            let near = near.into_iter().filter(|place| free.contains(place));
            distinct_names(
                near.take(NEAREST)
                    .map(|place| &directory.operators()[place as usize]),
            )
        }
        _ => Vec::new(),
    });
    let note = move || {
        let found = found.with(|found| found.as_ref().map(Vec::len))?;
        let all = free.with(|free| free.as_ref().map(Vec::len))?;
        Some(match found {
            _ if all == 0 => return None,
            0 => t(Text::OperatorsNoMatch).to_owned(),
            _ if found > SHOWN => tn(Text::OperatorsMore, found - SHOWN),
            _ if found < all => {
                let counts = [("found", found), ("all", all)];
                tc(Text::OperatorsMatching, &counts, &[])
            }
            _ => return None,
        })
    };
    let none_is_free = Memo::new(move |_| free.with(|free| free.as_ref().map(Vec::is_empty)));
    let error = Memo::new(move |_| operators.get().error.map(|error| (*error).clone()));
    let form = NodeRef::<Div>::new();
    let keep = move |_| {
        if let Some(form) = form.get_untracked() {
            keep_height(&form);
        }
    };
    view! {
        <div class="form" node_ref=form on:beforeinput=keep>
            <TextField id=SEARCH label=t(Text::SearchOperators) value=sought keyboard="search" />
            <Failure
                error=Signal::derive(move || operators.get().error) doing=t(Text::OperatorsNotLoaded) retry=Callback::new(move |()| operators.retry())
                is_covered=Signal::derive(move || operators.is_covered())
            />
            {move || match none_is_free.get() {
                Some(true) => view! {
                    <EmptyState icon=IconName::People title=t(Text::EverybodyOnDomain) text=t(Text::EverybodyOnDomainText) />
                }.into_any(),
                Some(false) => {
                    let name = name.clone();
                    view! {
                        // A row stays while it changes, so that its button keeps the focus, and shows that it is busy.
                        <ul class="choices" id=LIST>
                            <For each=move || rows.get().1 key=Clone::clone let:email><Candidate name=name.clone() email operators assignments said /></For>
                        </ul>
                    }.into_any()
                }
                None if error.with(Option::is_some) => ().into_any(),
                None => view! { <SkeletonLines lines=4 label=t(Text::Loading) /> }.into_any(),
            }}
            <SearchSuggestions names=similar choose=Callback::new(move |name| sought.set(name)) field=SEARCH />
            <p class="hint" role="status">{note}</p>
            <p class="visually-hidden" role="status">{said}</p>
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
fn Candidate(
    name: DomainName,
    email: Email,
    operators: Read<Vec<Operator>>,
    assignments: Read<Vec<Assignment>>,
    said: RwSignal<String>,
) -> impl IntoView {
    let key = email.clone();
    let operator = Memo::new(move |_| {
        let all = operators.data()?;
        all.iter().find(|one| one.email == key).cloned()
    });
    let person = operator.get_untracked()?;
    let shown = display_name(&person.name, &email);
    let place = AssignmentId {
        domain: name,
        email: email.clone(),
        operator: shown.clone(),
        label: shown.clone(),
    };
    let done = Signal::derive({
        let there = find(assignments, email.clone());
        move || there.with(Option::is_some)
    });
    let reason = Memo::new(move |_| operator.with(|one| values::cannot_answer(one.as_ref()?)));
    let note = ViewFn::from(move || {
        move || {
            reason
                .get()
                .map(|(tone, text)| view! { <Badge tone text /> })
        }
    });
    Some(view! {
        <li class="choice">
            <Person initials=person.name.initials() name=shown email=email.to_string() note />
            <PutOnButton place done said />
        </li>
    })
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
