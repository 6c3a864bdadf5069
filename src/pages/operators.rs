//! The list of operators: searched, filtered, sorted and paged, all in the URL; and a dialog to add one.

mod activate_many;
mod add;
mod bulk_bar;
mod columns;
mod delete_many;
mod export;
mod filtered;
mod import_operators;
mod list;
mod list_query;
mod put_many_on;
mod row_recycler;
mod selection;
mod take_many_off;

use std::sync::Arc;

use leptos::prelude::*;
use switchboard_api::Operator;
use switchboard_api::endpoints::ListOperators;
use switchboard_model::directory::Directory;

use crate::browser::fold::decompose;
use crate::i18n::{Text, t, tc, tn};
use crate::remote::{Read, Remote};
use crate::ui::{
    Button, ButtonKind, EmptyState, IconName, Notice, PageHeading, SkeletonTable, Tone,
};
use crate::widgets::failure::Failure;
use crate::widgets::list_filter::ListFilter;
use crate::widgets::list_navigation::ListNavigation;
use crate::widgets::list_search::{ListSearch, SearchSuggestions};
use crate::widgets::load_state::load_state;
use crate::widgets::sort_head::SortFilter;
use add::AddOperatorDialog;
use bulk_bar::BulkBar;
use columns::ColumnMenu;
use export::ExportOperatorsButton;
use filtered::Filtered;
use import_operators::ImportDialog;
use list::OperatorTable;
use list_query::{Column, ListQuery};
pub use selection::Selection;

/// The operators' page.
#[component]
pub fn OperatorsPage() -> impl IntoView {
    let operators = Remote::get().read(ListOperators);
    let (adding, importing) = (RwSignal::new(false), RwSignal::new(false));
    let selection = use_context().unwrap_or_else(Selection::new);
    let list = ListNavigation::<ListQuery>::follow_url();
    let query = list.query;
    let error = Memo::new(move |_| operators.get().error.map(|error| (*error).clone()));
    let all = Memo::new(move |_| operators.data());
    let state = Memo::new(move |_| all.with(|all| all.as_ref().map(|all| all.is_empty())));
    let directory = Memo::new(move |_| Some(Arc::new(Directory::of(all.get()?, decompose))));
    let sort = Memo::new(move |_| query.with(|query| query.sort));
    let order = Memo::new(move |_| {
        let directory = directory.get()?;
        Some(Arc::new(filtered::order(&directory, sort.get())))
    });
    let filtered = Memo::new(move |_| match (directory.get(), order.get()) {
        (Some(directory), Some(order)) => {
            query.with(|query| Filtered::of(&directory, &order, query))
        }
        _ => Filtered::nobody(),
    });
    Effect::new(move || {
        if let Some(all) = all.get() {
            selection.keep_among(&all);
        }
    });
    let subtitle = Signal::derive(move || {
        let all = all.with(|all| all.as_ref().map(|all| all.len()));
        let filtered = filtered.with(Filtered::len);
        match all {
            // Reserves the line until then.
            None => "\u{a0}".to_owned(),
            Some(all) if query.with(ListQuery::narrows) => tc(
                Text::OperatorsMatching,
                &[("found", filtered), ("all", all)],
                &[],
            ),
            Some(all) => tn(Text::OperatorsCount, all),
        }
    });
    let body = load_state(move || state.get(), move || error.with(Option::is_some));
    view! {
        <PageHeading title=t(Text::NavOperators).to_owned() subtitle counts=true>
            <Button icon=IconName::Upload label=t(Text::ImportCsv).to_owned() on_press=Callback::new(move |()| importing.set(true)) />
            <ExportOperatorsButton filtered />
            <Button kind=ButtonKind::Primary icon=IconName::Plus label=t(Text::AddOperator).to_owned() on_press=Callback::new(move |()| adding.set(true)) />
        </PageHeading>
        <Failure
            error=Signal::derive(move || operators.get().error) doing=t(Text::OperatorsNotLoaded) retry=Callback::new(move |()| operators.retry())
            is_covered=Signal::derive(move || operators.is_covered())
        />
        {move || operators.get().warning.map(|warning| view! { <Notice tone=Tone::Warn title=warning /> })}
        {move || match body.get() {
            Ok(true) => view! { <NoOperators adding /> }.into_any(),
            Ok(false) => view! { <OperatorList operators filtered selection list /> }.into_any(),
            Err(false) => view! { <SkeletonTable rows=8 label=t(Text::Loading) /> }.into_any(),
            Err(true) => ().into_any(),
        }}
        <AddOperatorDialog open=adding />
        <ImportDialog open=importing operators />
    }
}

#[component]
fn OperatorList(
    operators: Read<Vec<Operator>>,
    filtered: Memo<Filtered>,
    selection: Selection,
    list: ListNavigation<ListQuery>,
) -> impl IntoView {
    let ListNavigation {
        query, go, turn_to, ..
    } = list;
    let none = Memo::new(move |_| filtered.with(Filtered::is_empty));
    let counted = Memo::new(move |_| filtered.with(|filtered| selection.counted(filtered)));
    let similar = Memo::new(move |_| {
        let search = query.with(|query| query.search.clone());
        filtered.with(|filtered| filtered.nearest_names(&search))
    });
    let search = list.search();
    let filters = Memo::new(move |_| query.with(ListQuery::filters));
    view! {
        <OperatorFilters list />
        {move || if none.get() {
            let advice = if filters.get() { Text::OperatorsNoMatchFilter } else { Text::OperatorsNoMatchText };
            view! {
                <EmptyState icon=IconName::Search title=t(Text::OperatorsNoMatch) text=t(advice)>
                    <SearchSuggestions names=similar choose=search />
                    <Button label=t(Text::OperatorsShowAll).to_owned() on_press=Callback::new(move |()| go.run(ListQuery::default())) />
                </EmptyState>
            }.into_any()
        } else {
            view! { <OperatorTable filtered operators selection counted query go turn_to /> }.into_any()
        }}
        <BulkBar selection counted operators />
    }
}

#[component]
fn OperatorFilters(list: ListNavigation<ListQuery>) -> impl IntoView {
    let ListNavigation { query, go, .. } = list;
    view! {
        <div class="toolbar" role="search">
            <ListSearch
                label=t(Text::SearchOperators)
                value=Signal::derive(move || query.with(|query| query.search.clone()))
                on_type=list.on_type()
                on_leave=list.on_leave()
            />
            <ListFilter
                label=t(Text::Presence)
                any=Text::FilterAnyPresence
                options=&[("online", Text::ValueOnline), ("away", Text::ValueAway), ("busy", Text::ValueBusy), ("offline", Text::ValueOffline)]
                value=Memo::new(move |_| query.with(|query| query.presence.clone()))
                choose=Callback::new(move |presence| go.run(ListQuery { presence, page: 0, ..query.get_untracked() }))
            />
            <ListFilter
                label=t(Text::Login)
                any=Text::FilterAnyLogin
                options=&[("able", Text::ValueCanLogIn), ("unable", Text::ValueCannotLogIn)]
                value=Memo::new(move |_| query.with(|query| query.login.clone()))
                choose=Callback::new(move |login| go.run(ListQuery { login, page: 0, ..query.get_untracked() }))
            />
            <ListFilter
                label=t(Text::LiveChatAddon)
                any=Text::FilterAnyAddon
                options=&[("active", Text::LiveChatActive), ("inactive", Text::LiveChatInactive), ("none", Text::ValueNoAddon)]
                value=Memo::new(move |_| query.with(|query| query.addon.clone()))
                choose=Callback::new(move |addon| go.run(ListQuery { addon, page: 0, ..query.get_untracked() }))
            />
            <ColumnMenu />
            <SortFilter
                columns=Column::ALL.map(|column| (column.word(), columns::heading(column))).into()
                own=Text::SortOwn
                value=Memo::new(move |_| query.with(ListQuery::order))
                choose=Callback::new(move |order: String| go.run(query.with_untracked(|query| query.in_order(&order))))
            />
        </div>
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
