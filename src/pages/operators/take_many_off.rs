//! Taking many operators off some of the known domains (endpoint 12 for each): the domains are selected first, then the dialog shows who is
//! taken off which of them.

use std::collections::HashSet;
use std::sync::Arc;

use leptos::prelude::*;
use switchboard_api::{DomainName, Email, Operator};
use switchboard_model::deletion::DeletionCheck;

use crate::browser::idna::readable;
use crate::i18n::{Text, t, tc, tf, tn};
use crate::operations::bulk::{RunStarter, Runs};
use crate::operations::plan;
use crate::ui::{Button, ButtonKind, Dialog, Notice, Tone, focus};
use crate::widgets::consequences::{
    CheckStatus, ConsequencesCheck, focus_way_on, leaves_nobody, removals_line,
};
use crate::widgets::domain_choice::{DomainChoice, NoDomainChoice, any_known, focus_choice};
use crate::wording::values::{display_name, some_names};
use crate::workspace::natural_order;

/// How many operators are named in one place.
const NAMED: usize = 5;

/// How many domains are listed.
const LISTED: usize = 20;

/// The id of the consequences, which take the focus when they appear.
const CONSEQUENCES: &str = "take-many-off-consequences";

/// The id of the search for domains.
const SEARCH: &str = "take-many-off-search";

/// The id of the button that shows the consequences.
const NEXT: &str = "take-many-off-next";

/// The dialog "Take off domains".
#[component]
pub(super) fn TakeManyOffDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The selected operators.
    those: Callback<(), Vec<Operator>>,
) -> impl IntoView {
    let starter = RunStarter::new(Runs::get());
    view! {
        <Dialog open title=t(Text::TakeOffTitle) id="take-many-off-title" close=t(Text::Close)>
            {move || if any_known() {
                view! { <TakeOffSteps open starter operators=those.run(()) /> }.into_any()
            } else {
                view! { <NoDomainChoice /> }.into_any()
            }}
        </Dialog>
    }
}

/// The two steps of the dialog. Going back keeps the selected domains.
#[component]
fn TakeOffSteps(
    open: RwSignal<bool>,
    starter: RunStarter,
    operators: Vec<Operator>,
) -> impl IntoView {
    let operators = StoredValue::new(Arc::new(operators));
    let chosen = RwSignal::new(Vec::<DomainName>::new());
    let is_review = RwSignal::new(false);
    let turn = Callback::new(move |to: bool| {
        is_review.set(to);
        request_animation_frame(move || focus(if to { CONSEQUENCES } else { NEXT }));
    });
    move || {
        let operators = operators.get_value();
        if is_review.get() {
            let domains = chosen.get_untracked();
            view! { <TakeOffReview open starter operators domains turn /> }.into_any()
        } else {
            view! { <TakeOffChoice open operators chosen turn /> }.into_any()
        }
    }
}

#[component]
fn TakeOffChoice(
    open: RwSignal<bool>,
    operators: Arc<Vec<Operator>>,
    chosen: RwSignal<Vec<DomainName>>,
    turn: Callback<bool>,
) -> impl IntoView {
    let wrong = RwSignal::new(false);
    Effect::new(move || focus_choice(SEARCH));
    let names: Vec<String> = operators.iter().map(name_of).collect();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if chosen.with_untracked(Vec::is_empty) {
            wrong.set(true);
        } else {
            turn.run(true);
        }
    };
    view! {
        <form class="form" novalidate on:submit=submit>
            <p>{tf(Text::TakeOffMany, &[("names", &some_names(&names, NAMED))])}</p>
            <DomainChoice id=SEARCH chosen wrong hint=t(Text::TakeOffManyHint) />
            <div class="actions end">
                <Button label=t(Text::Cancel).to_owned() on_press=Callback::new(move |()| open.set(false)) />
                <Button kind=ButtonKind::Primary submit=true id=NEXT label=t(Text::TakeOffNext).to_owned() />
            </div>
        </form>
    }
}

#[component]
fn TakeOffReview(
    open: RwSignal<bool>,
    starter: RunStarter,
    operators: Arc<Vec<Operator>>,
    domains: Vec<DomainName>,
    turn: Callback<bool>,
) -> impl IntoView {
    let check = ConsequencesCheck::of_assignments(operators.iter().map(|one| &one.email), domains);
    let refused = RwSignal::new(None);
    let lines = Memo::new(move |_| check.with(|check| listed(&operators, check)));
    let nothing = Memo::new(move |_| check.with(removals_line));
    let left = Memo::new(move |_| check.with(leaves_nobody));
    let action = Memo::new(move |_| check.with(|check| action(&check.removals())));
    let some = Memo::new(move |_| action.with(Option::is_some));
    let label = Signal::derive(move || action.get().unwrap_or_default());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match check.may_confirm() {
            Ok(()) => {
                let rows = plan::take_off(check.removals());
                starter.start(rows, move || {
                    open.try_set(false);
                });
            }
            Err(obstacle) => {
                refused.set(Some(obstacle));
                focus_way_on(obstacle);
            }
        }
    };
    view! {
        <form class="form" novalidate on:submit=submit>
            <div class="stack" id=CONSEQUENCES tabindex="-1">
                {move || match nothing.get() {
                    Some(nothing) => view! { <p>{nothing}</p> }.into_any(),
                    None => {
                        let lines = lines.get().into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
                        view! { <p>{t(Text::TakeOffText)}</p><ul class="consequences">{lines}</ul> }.into_any()
                    }
                }}
                {move || left.get().map(|left| view! { <Notice tone=Tone::Warn title=left /> })}
            </div>
            <CheckStatus check refused />
            {move || some.get().then(|| view! { <p class="hint">{t(Text::TakeOffUndo)}</p> })}
            <div class="actions end">
                <Button label=t(Text::Back).to_owned() on_press=Callback::new(move |()| turn.run(false)) />
                {move || some.get().then(|| view! { <Button kind=ButtonKind::Danger submit=true settles=true busy=starter.busy() label /> })}
            </div>
        </form>
    }
}

fn name_of(operator: &Operator) -> String {
    display_name(&operator.name, &operator.email)
}

/// Names for each domain who is taken off it.
fn listed(operators: &[Operator], check: &DeletionCheck) -> Vec<String> {
    let found = check.found();
    let more = found.len().saturating_sub(LISTED);
    let order = natural_order(found.iter().map(|(domain, _)| *domain)).into_iter();
    let line = |at: usize| {
        let (domain, users) = &found[at];
        let there = operators.iter().filter(|one| users.contains(&&one.email));
        let names: Vec<String> = there.map(name_of).collect();
        let names = some_names(&names, NAMED);
        tf(
            Text::TakeOffFrom,
            &[("domain", &readable(domain)), ("names", &names)],
        )
    };
    let mut lines: Vec<String> = order.take(LISTED).map(line).collect();
    if more > 0 {
        lines.push(tn(Text::AndMore, more));
    }
    lines
}

/// Returns what the button says: how many operators leave how many domains. Nothing where there is nothing to remove.
fn action(removals: &[(DomainName, Email)]) -> Option<String> {
    let domains: HashSet<&DomainName> = removals.iter().map(|(domain, _)| domain).collect();
    let operators: HashSet<&Email> = removals.iter().map(|(_, email)| email).collect();
    let counts = [("operators", operators.len()), ("domains", domains.len())];
    (!removals.is_empty()).then(|| tc(Text::RunTakeOff, &counts, &[]))
}

#[cfg(test)]
mod tests {
    use switchboard_api::{Assignment, PersonName, Tristate};

    use super::*;
    use crate::operations::plan::tests::operator;

    #[test]
    fn review_names_for_each_domain_who_is_taken_off() {
        let operators = ["ada@x.example", "grace@x.example"].map(operator);
        let domains: Vec<DomainName> = ["a.example", "b.example"]
            .map(|name| name.parse().expect("a domain name of the test"))
            .into();
        let on = |one: &Operator| Assignment {
            name: PersonName::default(),
            is_admin: Tristate::Off,
            shown_online: Tristate::On,
            gets_messages: Tristate::On,
            user_id: String::new(),
            email: one.email.clone(),
        };
        let emails = operators.iter().map(|one| &one.email);
        let mut check = DeletionCheck::of_assignments(emails, domains.clone());
        check.start(6);
        check.take_operators(&domains[0], Ok(&operators.each_ref().map(on)));
        check.take_operators(&domains[1], Ok(&[]));
        assert_eq!(
            listed(&operators, &check),
            ["a.example: ada@x.example and grace@x.example"]
        );
        assert_eq!(
            action(&check.removals()).as_deref(),
            Some("Take 2 operators off 1 domain")
        );
        assert_eq!(action(&[]), None);
    }
}
