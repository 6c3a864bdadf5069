//! Lets the user select some of the known domains, to assign operators or to switch an operator on.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::ev::KeyboardEvent;
use leptos::html::Fieldset;
use leptos::prelude::*;
use switchboard_api::DomainName;
use switchboard_model::domain_index::DomainIndex;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::browser::fold::decompose;
use crate::browser::idna::{ascii_detail, readable, unicode};
use crate::browser::pointer::{rows_in_place, while_in_use};
use crate::browser::throttle::{REST, debounce};
use crate::i18n::{Text, sentences, t, tc, tn};
use crate::remote::Remote;
use crate::route::Route;
use crate::ui::{
    Button, ButtonKind, EmptyState, IconName, LinkButton, TextField, Tick, UnsavedInput,
    keep_height,
};
use crate::widgets::list_search::SearchSuggestions;
use crate::workspace::KnownDomains;

/// The number of domains from which a search field appears.
const MANY: usize = 8;

/// The maximum number of domains shown at once; a search finds the others.
const SHOWN: usize = 50;

/// The number of ticks up to which leaving the page causes no question.
const FEW: usize = 5;
/// The number of similar names to suggest.
const NEAREST: usize = 3;

/// Returns whether this browser knows any domain, untracked.
pub fn any_known() -> bool {
    untrack(|| KnownDomains::get().with_domains(|domains| !domains.is_empty()))
}

/// What a dialog shows in place of [`DomainChoice`] while this browser knows no domain.
#[component]
pub fn NoDomainChoice() -> impl IntoView {
    view! {
        <div class="form">
            <EmptyState icon=IconName::Globe title=t(Text::OperatorDomainsNone) text=t(Text::OperatorDomainsNoneText)>
                <LinkButton label=t(Text::NavDomains) href=Route::Domains.href() />
            </EmptyState>
        </div>
    }
}

/// Focuses the search field of the [`DomainChoice`] with this id, or the first domain where there are only a few.
pub fn focus_choice(id: &str) {
    let first = format!("#{id}, #{id}-list input");
    let first = document().query_selector(&first).ok().flatten();
    if let Some(first) = first.and_then(|first| first.dyn_into::<HtmlElement>().ok()) {
        let _ = first.focus();
    }
}

/// The group "Domains": the known domains, each to be ticked. Those that were selected before come first. Nothing where
/// none is known.
#[component]
pub fn DomainChoice(
    /// The search field's id: unique on the page.
    id: &'static str,
    /// The selected domains, in the order of their selection.
    chosen: RwSignal<Vec<DomainName>>,
    /// Receives each domain that the user selects or deselects.
    #[prop(default = StoredValue::default())]
    touched: StoredValue<Vec<DomainName>>,
    /// Whether the form was submitted although it needs a domain.
    #[prop(optional, into)]
    wrong: Signal<bool>,
    /// What selecting a domain does.
    #[prop(into)]
    hint: String,
) -> impl IntoView {
    let known = KnownDomains::get();
    let sought = RwSignal::new(String::new());
    let names = Memo::new(move |_| known.names());
    let any = Memo::new(move |_| names.with(|names| !names.is_empty()));
    let many = Memo::new(move |_| names.with(Vec::len) >= MANY);
    let index = Memo::new(move |_| {
        let names = names.get().into_iter().map(|name| (name, None));
        Arc::new(DomainIndex::of(names.collect(), unicode, decompose))
    });
    let found = Memo::new(move |_| {
        let index = index.get();
        let found = sought.with(|sought| index.found(sought)).into_iter();
        found
            .map(|at| index.names()[at].clone())
            .collect::<Vec<_>>()
    });
    let similar = Memo::new(move |_| {
        let index = index.get();
        let near = sought.with(|sought| index.nearest(sought, NEAREST));
        near.into_iter().map(readable).collect()
    });
    // What the user selects stays where it is.
    let by_others = move || {
        let mut chosen = chosen.get();
        touched.with_value(|touched| chosen.retain(|one| !touched.contains(one)));
        chosen
    };
    // A row that other code selects later stays, too: rows that move under a finger are mistaken for others.
    let first = Memo::new(move |_| {
        sought.track();
        untrack(by_others)
    });
    let list = format!("{id}-list");
    let exists = move |name: &DomainName| names.with(|names| names.contains(name));
    let shown = rows_in_place(while_in_use(&list), SHOWN, exists, move || {
        let found = found.get();
        let of = |first: Vec<DomainName>| {
            let first: BTreeSet<_> = first.into_iter().collect();
            let found = found.iter().cloned();
            found.partition::<Vec<_>, _>(|name| first.contains(name))
        };
        let (mut rows, others) = of(first.get());
        rows.extend(others);
        rows.truncate(SHOWN);
        let late = of(by_others()).0.into_iter();
        let late: Vec<_> = late.filter(|name| !rows.contains(name)).collect();
        rows.extend(late);
        (sought.get(), rows)
    });
    let note = move || {
        let (found, all) = (found.with(Vec::len), names.with(Vec::len));
        let more = found.saturating_sub(shown.with(|(_, rows)| rows.len()));
        if found == 0 {
            t(Text::DomainsNoMatch).to_owned()
        } else if more > 0 {
            tn(Text::DomainsMore, more)
        } else if found < all {
            let counts = [("found", found), ("all", all)];
            tc(Text::DomainsMatching, &counts, &[])
        } else {
            String::new()
        }
    };
    let is_wrong = move || wrong.get() && chosen.with(Vec::is_empty);
    let error_id = format!("{id}-group-error");
    // A few ticks are made again faster than a question is answered.
    UnsavedInput::get().watch(move || touched.with_value(Vec::len) > FEW);
    let count = move || {
        many.get()
            .then(|| tn(Text::DomainsChosen, chosen.with(Vec::len)))
    };
    let told = Signal::derive(move || sentences(&note(), &count().unwrap_or_default()));
    let announced = debounce(told, told.get_untracked(), REST);
    // Enter in the search field would submit the whole form.
    let enter = move |event: KeyboardEvent| {
        let at = event.target().and_then(|at| at.dyn_into::<Element>().ok());
        if event.key() != "Enter" || event.is_composing() || at.is_none_or(|at| at.id() != id) {
            return;
        }
        event.prevent_default();
        let only = found.with_untracked(|found| match found.as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        });
        if let Some(only) = only {
            select(chosen, touched, &[only], true);
        }
    };
    // Not those that the API does not know: the user selects them one by one.
    let is_missing = is_missing();
    let existing = Memo::new(move |_| {
        chosen.track();
        let mut found = found.get();
        found.retain(|name| !is_missing(name));
        found
    });
    let are_all = Memo::new(move |_| {
        let chosen: BTreeSet<_> = chosen.get().into_iter().collect();
        existing.with(|all| all.iter().all(|one| chosen.contains(one)))
    });
    // Also those that were selected one by one.
    let selected = Memo::new(move |_| {
        let chosen: BTreeSet<_> = chosen.get().into_iter().collect();
        let mut found = found.get();
        found.retain(|name| chosen.contains(name));
        found
    });
    let all_label = Signal::derive(move || match are_all.get() {
        true => tn(Text::DeselectDomains, selected.with(Vec::len)),
        false => tn(Text::SelectDomains, existing.with(Vec::len)),
    });
    let press_all = Callback::new(move |()| {
        let on = !are_all.get_untracked();
        let mut all = if on { &existing } else { &selected }.get_untracked();
        // One may have been read since.
        all.retain(|name| !on || !is_missing(name));
        select(chosen, touched, &all, on);
    });
    let can_all = Memo::new(move |_| many.get() && existing.with(|all| !all.is_empty()));
    let group = NodeRef::<Fieldset>::new();
    let keep = move |_| {
        if let Some(group) = group.get_untracked() {
            keep_height(&group);
        }
    };
    let hint = StoredValue::new(hint);
    move || {
        let list = list.clone();
        any.get().then(|| view! {
            <fieldset class="group" node_ref=group aria-describedby=error_id.clone() on:keydown=enter on:beforeinput=keep>
                <legend>{t(Text::OperatorDomains)}</legend>
                <p class="hint">{hint.get_value()}</p>
                {move || many.get().then(|| view! { <TextField id label=t(Text::SearchDomains) value=sought keyboard="search" /> })}
                {move || can_all.get().then(|| view! {
                    <div class="choice-all"><Button kind=ButtonKind::Quiet label=all_label on_press=press_all /></div>
                })}
                <div class="ticks" id=list>
                    <For each=move || shown.get().1 key=Clone::clone let:name>
                        <DomainOption name chosen touched />
                    </For>
                </div>
                <SearchSuggestions names=similar choose=Callback::new(move |name| sought.set(name)) field=id />
                <p class="hint spread"><span>{note}</span><span>{count}</span></p>
                <p class="visually-hidden" role="status">{announced}</p>
                <p class="field-error" id=error_id.clone() role="alert">{move || is_wrong().then(|| t(Text::ChooseDomain))}</p>
            </fieldset>
        })
    }
}

#[component]
fn DomainOption(
    name: DomainName,
    chosen: RwSignal<Vec<DomainName>>,
    touched: StoredValue<Vec<DomainName>>,
) -> impl IntoView {
    let (ticked, flipped) = (name.clone(), name.clone());
    let checked = Memo::new(move |_| chosen.with(|chosen| chosen.contains(&ticked)));
    let flip = move |on: bool| select(chosen, touched, std::slice::from_ref(&flipped), on);
    let detail = ascii_detail(&name).unwrap_or_default();
    view! { <Tick label=readable(&name) detail ltr=true checked on_flip=flip /> }
}

/// Returns what says whether the API does not know a domain.
fn is_missing() -> impl Fn(&DomainName) -> bool + Copy + Send + Sync + 'static {
    // Without the context, as in a component test, nothing was read.
    let remote = use_context::<Remote>();
    move |name| remote.is_some_and(|remote| remote.is_missing(name))
}

/// Selects or deselects domains for the user.
fn select(
    chosen: RwSignal<Vec<DomainName>>,
    touched: StoredValue<Vec<DomainName>>,
    names: &[DomainName],
    on: bool,
) {
    touched.update_value(|touched| touched.extend_from_slice(names));
    let all: BTreeSet<_> = names.iter().collect();
    chosen.update(|chosen| {
        chosen.retain(|one| !all.contains(one));
        if on {
            chosen.extend_from_slice(names);
        }
    });
}
