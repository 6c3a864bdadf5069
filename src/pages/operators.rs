//! The operators: a list that is searched and paged, both in the URL, and a way to add one.

mod add;
mod list;

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use switchboard_api::Operator;
use switchboard_api::endpoints::ListOperators;

use super::explain::Failure;
use crate::i18n::{Text, number, t, tf, tn};
use crate::remote::Remote;
use crate::route::{Route, SEARCH};
use crate::ui::{
    Button, ButtonKind, EmptyState, IconName, Notice, PageHeading, SkeletonTable, Tone,
};
use add::AddOperatorDialog;
use list::OperatorTable;

pub(super) use list::found;

/// The operators' page.
#[component]
pub fn OperatorsPage() -> impl IntoView {
    let operators = Remote::get().read(ListOperators);
    let adding = RwSignal::new(false);
    let sought = search_in_url();
    let error = Memo::new(move |_| operators.get().error.map(|error| (*error).clone()));
    let data = Memo::new(move |_| operators.data());
    let matching = Memo::new(move |_| {
        data.get()
            .map(|all| Arc::new(sought.with(|sought| found(&all, sought))))
    });
    let subtitle = Signal::derive(move || match (data.get(), matching.get()) {
        (Some(all), Some(matching)) if matching.len() < all.len() => tf(
            Text::OperatorsMatching,
            &[
                ("found", &number(matching.len())),
                ("all", &number(all.len())),
            ],
        ),
        (Some(all), _) => tn(Text::OperatorsCount, all.len()),
        _ => String::new(),
    });
    view! {
        <PageHeading title=t(Text::NavOperators).to_owned() subtitle>
            <Button kind=ButtonKind::Primary icon=IconName::Plus label=t(Text::AddOperator).to_owned() on_press=Callback::new(move |()| adding.set(true)) />
        </PageHeading>
        {move || error.get().map(|error| view! {
            <Failure error=Signal::stored(error) doing=t(Text::OperatorsNotLoaded) retry=Callback::new(move |()| operators.retry()) />
        })}
        {move || operators.get().warning.map(|warning| view! { <Notice tone=Tone::Warn title=warning /> })}
        {move || match data.get() {
            Some(all) if all.is_empty() => view! { <NoOperators adding /> }.into_any(),
            Some(_) => view! { <SearchBar sought /><Matches matching /> }.into_any(),
            None if error.with(Option::is_some) => ().into_any(),
            None => view! { <SkeletonTable rows=8 label=t(Text::Loading) /> }.into_any(),
        }}
        <AddOperatorDialog open=adding />
    }
}

/// What is searched for, as the URL says it.
fn search_in_url() -> Memo<String> {
    let query = use_location().query;
    Memo::new(move |_| query.with(|query| query.get(SEARCH).unwrap_or_default()))
}

#[component]
fn SearchBar(sought: Memo<String>) -> impl IntoView {
    let navigate = use_navigate();
    // Each letter replaces the entry in the history: Back leaves the page, it does not undo typing.
    let search = move |event| {
        let options = NavigateOptions {
            replace: true,
            scroll: false,
            ..NavigateOptions::default()
        };
        navigate(
            &Route::Operators.href_with(SEARCH, &event_target_value(&event)),
            options,
        );
    };
    view! {
        <div class="toolbar" role="search">
            <input
                type="search"
                class="search"
                aria-label=t(Text::SearchOperators)
                placeholder=t(Text::SearchOperators)
                autocomplete="off"
                spellcheck="false"
                prop:value=move || sought.get()
                on:input=search
            />
        </div>
    }
}

#[component]
fn Matches(matching: Memo<Option<Arc<Vec<Operator>>>>) -> impl IntoView {
    move || {
        let matching = matching.get()?;
        Some(if matching.is_empty() {
            view! { <EmptyState icon=IconName::Search title=t(Text::OperatorsNoMatch) text=t(Text::OperatorsNoMatchText) /> }.into_any()
        } else {
            view! { <OperatorTable operators=matching /> }.into_any()
        })
    }
}

#[component]
fn NoOperators(adding: RwSignal<bool>) -> impl IntoView {
    view! {
        <EmptyState icon=IconName::People title=t(Text::OperatorsNone) text=t(Text::OperatorsNoneText)>
            <Button kind=ButtonKind::Primary label=t(Text::OperatorsAddFirst).to_owned() on_press=Callback::new(move |()| adding.set(true)) />
        </EmptyState>
    }
}
