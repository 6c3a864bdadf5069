//! The operators: a list that is searched, filtered, sorted and paged, all in the URL, and a way to add one.

mod add;
mod bulk_bar;
mod chosen;
mod columns;
mod delete_many;
mod export;
mod import;
mod list;
mod plan;
mod put_on;
mod selection;
mod slots;
mod ticked;
mod typing;

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use switchboard_api::Operator;
use switchboard_api::endpoints::ListOperators;
use switchboard_model::directory::Directory;

use super::explain::Failure;
use super::footing::footing;
use crate::i18n::{Text, number, t, tf, tn};
use crate::readers;
use crate::remote::{Read, Remote};
use crate::ui::{
    Button, ButtonKind, EmptyState, IconName, Notice, PageHeading, SkeletonTable, Tone,
};
use add::AddOperatorDialog;
use bulk_bar::BulkBar;
use chosen::Chosen;
use columns::ColumnMenu;
use export::ExportButton;
use import::ImportDialog;
use list::OperatorTable;
use selection::Selection;
use ticked::Ticked;
use typing::Typing;

/// The operators' page.
#[component]
pub fn OperatorsPage() -> impl IntoView {
    let operators = Remote::get().read(ListOperators);
    let (adding, importing) = (RwSignal::new(false), RwSignal::new(false));
    let ticked = Ticked::new();
    let query = use_location().query;
    let typing = Typing::new(Memo::new(move |_| {
        readers::until_gone();
        query.with(|query| Selection::from_query(|name| query.get(name)))
    }));
    let selection = typing.selection();
    let error = Memo::new(move |_| operators.get().error.map(|error| (*error).clone()));
    let all = Memo::new(move |_| operators.data());
    let state = Memo::new(move |_| all.with(|all| all.as_ref().map(|all| all.is_empty())));
    let directory = Memo::new(move |_| Some(Arc::new(Directory::of(all.get()?))));
    let sort = Memo::new(move |_| selection.with(|selection| selection.sort));
    let order = Memo::new(move |_| {
        let directory = directory.get()?;
        Some(Arc::new(chosen::order(&directory, sort.get())))
    });
    let chosen = Memo::new(move |_| match (directory.get(), order.get()) {
        (Some(directory), Some(order)) => {
            selection.with(|selection| Chosen::of(&directory, &order, selection))
        }
        _ => Chosen::nobody(),
    });
    Effect::new(move || {
        if let Some(all) = all.get() {
            ticked.keep_among(&all);
        }
    });
    let subtitle = Signal::derive(move || {
        let all = all.with(|all| all.as_ref().map(|all| all.len()));
        let chosen = chosen.with(Chosen::len);
        match all {
            // Its line stays free until then.
            None => "\u{a0}".to_owned(),
            Some(all) if selection.with(Selection::narrows) => tf(
                Text::OperatorsMatching,
                &[("found", &number(chosen)), ("all", &number(all))],
            ),
            Some(all) => tn(Text::OperatorsCount, all),
        }
    });
    let body = footing(move || state.get(), move || error.with(Option::is_some));
    view! {
        <PageHeading title=t(Text::NavOperators).to_owned() subtitle>
            <Button icon=IconName::Upload label=t(Text::ImportCsv).to_owned() on_press=Callback::new(move |()| importing.set(true)) />
            <ExportButton chosen />
            <Button kind=ButtonKind::Primary icon=IconName::Plus label=t(Text::AddOperator).to_owned() on_press=Callback::new(move |()| adding.set(true)) />
        </PageHeading>
        {move || error.get().map(|error| view! {
            <Failure error=Signal::stored(error) doing=t(Text::OperatorsNotLoaded) retry=Callback::new(move |()| operators.retry()) />
        })}
        {move || operators.get().warning.map(|warning| view! { <Notice tone=Tone::Warn title=warning /> })}
        {move || match body.get() {
            Ok(true) => view! { <NoOperators adding /> }.into_any(),
            Ok(false) => view! { <List operators chosen ticked selection typing /> }.into_any(),
            Err(false) => view! { <SkeletonTable rows=8 label=t(Text::Loading) /> }.into_any(),
            Err(true) => ().into_any(),
        }}
        <AddOperatorDialog open=adding />
        <ImportDialog open=importing operators />
    }
}

#[component]
fn List(
    operators: Read<Vec<Operator>>,
    chosen: Memo<Chosen>,
    ticked: Ticked,
    selection: Memo<Selection>,
    typing: Typing,
) -> impl IntoView {
    let navigate = use_navigate();
    // Each letter and each filter replaces the entry in the history: Back leaves the page, it does not undo typing.
    let go = Callback::new(move |selection: Selection| {
        let options = NavigateOptions {
            replace: true,
            scroll: false,
            ..NavigateOptions::default()
        };
        navigate(&selection.href(), options);
        typing.forget();
    });
    let none = Memo::new(move |_| chosen.with(Chosen::is_empty));
    let counted = Memo::new(move |_| chosen.with(|chosen| ticked.counted(chosen)));
    view! {
        <Filters selection go typing />
        {move || if none.get() {
            view! {
                <EmptyState icon=IconName::Search title=t(Text::OperatorsNoMatch) text=t(Text::OperatorsNoMatchText)>
                    <Button label=t(Text::OperatorsShowAll).to_owned() on_press=Callback::new(move |()| go.run(Selection::default())) />
                </EmptyState>
            }.into_any()
        } else {
            view! { <OperatorTable chosen operators ticked counted selection go /> }.into_any()
        }}
        <BulkBar ticked counted operators />
    }
}

#[component]
fn Filters(selection: Memo<Selection>, go: Callback<Selection>, typing: Typing) -> impl IntoView {
    let search = move |event| {
        let selection = Selection {
            search: event_target_value(&event),
            page: 0,
            ..selection.get_untracked()
        };
        typing.take(selection, go);
    };
    // What is pressed next may lead elsewhere.
    let leave = move |_| {
        if typing.is_ahead() {
            go.run(selection.get_untracked());
        }
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
                prop:value=move || selection.with(|selection| selection.search.clone())
                on:input=search
                on:blur=leave
            />
            <Filter
                label=t(Text::Presence)
                options=&[("online", Text::ValueOnline), ("away", Text::ValueAway), ("busy", Text::ValueBusy), ("offline", Text::ValueOffline)]
                value=Memo::new(move |_| selection.with(|selection| selection.presence.clone()))
                choose=Callback::new(move |presence| go.run(Selection { presence, page: 0, ..selection.get_untracked() }))
            />
            <Filter
                label=t(Text::Login)
                options=&[("able", Text::ValueCanLogIn), ("unable", Text::ValueCannotLogIn)]
                value=Memo::new(move |_| selection.with(|selection| selection.login.clone()))
                choose=Callback::new(move |login| go.run(Selection { login, page: 0, ..selection.get_untracked() }))
            />
            <Filter
                label=t(Text::LiveChatAddon)
                options=&[("active", Text::ValueActive), ("inactive", Text::ValueInactive), ("none", Text::ValueNoAddon)]
                value=Memo::new(move |_| selection.with(|selection| selection.addon.clone()))
                choose=Callback::new(move |addon| go.run(Selection { addon, page: 0, ..selection.get_untracked() }))
            />
            <ColumnMenu />
        </div>
    }
}

/// A filter: everything, or one of a few.
#[component]
fn Filter(
    label: &'static str,
    options: &'static [(&'static str, Text)],
    // A memo, so that the options stay untouched by what is typed beside them.
    value: Memo<String>,
    choose: Callback<String>,
) -> impl IntoView {
    let options = options
        .iter()
        .map(|(option, text)| {
            view! { <option value=*option selected=move || value.with(|value| value == option)>{t(*text)}</option> }
        })
        .collect_view();
    view! {
        <select class="filter" aria-label=label on:change=move |event| choose.run(event_target_value(&event))>
            <option value="" selected=move || value.with(String::is_empty)>{tf(Text::FilterAny, &[("name", label)])}</option>
            {options}
        </select>
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
