//! The table of operators: a page of rows at a time, sorted by its heads.

use leptos::prelude::*;
use switchboard_api::{Email, Operator};
use switchboard_model::directory::Place;

use super::super::live_chat::{AskDomains, AskDomainsDialog, LiveChatSwitch, has_live_chat};
use super::super::pager::Pager;
use super::super::values::{self, Worded, display_name};
use super::bulk_bar::SELECT_ALL;
use super::chosen::Chosen;
use super::columns;
use super::selection::{Column, Selection};
use super::ticked::{Counted, Ticked};
use crate::i18n::{Text, t, tf};
use crate::preferences::DevicePreferences;
use crate::remote::Read;
use crate::route::Route;
use crate::ui::{Badge, Person, Tick};

/// How many rows are on the page at once: an answer may hold tens of thousands, and each letter that is typed may bring as many others.
const ROWS: usize = 25;

/// What a column is called.
pub(super) fn head(column: Column) -> Text {
    match column {
        Column::Name => Text::Name,
        Column::Presence => Text::Presence,
        Column::Login => Text::Login,
        Column::LiveChat => Text::LiveChatAddon,
    }
}

/// The table and, where there is more than one page, the way to the others.
#[component]
pub(super) fn OperatorTable(
    /// Those who are shown, on all pages.
    chosen: Memo<Chosen>,
    /// All of them, for what a row shows now.
    operators: Read<Vec<Operator>>,
    /// Who is ticked.
    ticked: Ticked,
    /// How many are.
    counted: Memo<Counted>,
    /// What the URL says.
    selection: Memo<Selection>,
    /// Goes to another selection.
    go: Callback<Selection>,
) -> impl IntoView {
    let (preferences, ask) = (DevicePreferences::get(), AskDomains::new());
    let hidden = Memo::new(move |_| columns::hidden(preferences.operator_columns()));
    let heads = Column::ALL.map(|column| view! { <SortHead column selection go /> });
    // A row stays the same while its values change: its switch keeps the focus.
    let rows = move || {
        let from = page(selection, chosen) * ROWS;
        chosen.with(|chosen| {
            let on_page = chosen.rows(from, ROWS).into_iter();
            on_page
                .map(|(place, operator)| (place, operator.email.clone()))
                .collect::<Vec<_>>()
        })
    };
    let count = Memo::new(move |_| chosen.with(Chosen::len));
    let turn = Callback::new(move |page| {
        let selection = selection.get_untracked();
        go.run(Selection { page, ..selection });
    });
    view! {
        <div class="table-frame">
            <table class="operators cards-when-narrow" aria-label=t(Text::NavOperators) data-hidden=move || hidden.get()>
                <thead><tr><th scope="col" class="tick-cell"><SelectAll chosen ticked counted /></th>{heads.into_iter().collect_view()}</tr></thead>
                <tbody>
                    <For each=rows key=|(_, email)| email.clone() let((place, email))>
                        <Row place email operators ticked ask />
                    </For>
                </tbody>
            </table>
        </div>
        <Pager label=Text::Pages page=Signal::derive(move || page(selection, chosen)) on_turn=turn count rows=ROWS />
        <AskDomainsDialog ask />
    }
}

/// Ticks all who are let through by the filter, on every page.
#[component]
fn SelectAll(chosen: Memo<Chosen>, ticked: Ticked, counted: Memo<Counted>) -> impl IntoView {
    let checked = Signal::derive(move || counted.with(|now| now.here > 0 && now.here == now.of));
    let partly = Signal::derive(move || counted.with(|now| now.here > 0 && now.here < now.of));
    let flip = move |on| chosen.with_untracked(|chosen| ticked.set_all(chosen, on));
    view! { <Tick id=SELECT_ALL label=t(Text::SelectAll) unseen=true checked partly on_flip=flip /> }
}

/// The page that is shown: the last one where the URL asks for one beyond it.
fn page(selection: Memo<Selection>, chosen: Memo<Chosen>) -> usize {
    selection
        .with(|selection| selection.page)
        .min(last_page(chosen))
}

fn last_page(chosen: Memo<Chosen>) -> usize {
    chosen.with(Chosen::len).saturating_sub(1) / ROWS
}

#[component]
fn SortHead(column: Column, selection: Memo<Selection>, go: Callback<Selection>) -> impl IntoView {
    let sorted = Memo::new(move |_| match selection.with(|selection| selection.sort) {
        Some((now, false)) if now == column => Some("ascending"),
        Some((now, true)) if now == column => Some("descending"),
        _ => None,
    });
    let press = move |_| go.run(selection.with_untracked(|selection| selection.sorted_by(column)));
    view! {
        <th scope="col" aria-sort=move || sorted.get() data-column=column.word()>
            <button type="button" class="sort" on:click=press>{t(head(column))}</button>
        </th>
    }
}

#[component]
fn Row(
    place: Place,
    email: Email,
    operators: Read<Vec<Operator>>,
    ticked: Ticked,
    ask: AskDomains,
) -> impl IntoView {
    let key = email.clone();
    let operator = Memo::new(move |before: Option<&Option<Operator>>| {
        let now = operators.data().and_then(|all| {
            // Where they stood is where they most likely stand.
            let there = all.get(place as usize).filter(|one| one.email == key);
            let one = there.or_else(|| all.iter().find(|one| one.email == key));
            one.cloned()
        });
        // Gone from the answer, and from the list in a moment.
        now.or_else(|| before.cloned().flatten())
    });
    let badge = move |worded: fn(&Operator) -> Worded| {
        move || {
            operator
                .with(|operator| operator.as_ref().map(worded))
                .map(|(tone, text)| view! { <Badge tone text /> })
        }
    };
    let active = Signal::derive(move || {
        operator.with(|operator| operator.as_ref().is_some_and(has_live_chat))
    });
    let answers = Signal::derive(move || operators.answers());
    let href = Route::Operator(email.clone()).href();
    let shown = operator.get_untracked();
    let name = shown
        .as_ref()
        .map_or_else(|| email.to_string(), |one| display_name(&one.name, &email));
    let initials = shown.map(|one| one.name.initials()).unwrap_or_default();
    let label = tf(Text::LiveChatAddonOf, &[("name", &name)]);
    let select = tf(Text::SelectOperator, &[("name", &name)]);
    let (key, flipped) = (email.clone(), email.clone());
    let checked = Memo::new(move |_| ticked.has(&key));
    let flip = move |on| ticked.set(&flipped, on);
    view! {
        <tr data-ticked=move || checked.get().then_some("true")>
            <td class="tick-cell"><Tick label=select unseen=true checked on_flip=flip /></td>
            <th scope="row"><Person initials name=name.clone() email=email.to_string() href /></th>
            <td data-label=t(Text::Presence) data-column=Column::Presence.word()>{badge(|one| values::presence(&one.presence))}</td>
            <td data-label=t(Text::Login) data-column=Column::Login.word()>{badge(|one| values::login(&one.login))}</td>
            <td data-label=t(Text::LiveChatAddon) data-column=Column::LiveChat.word()>
                <div class="switch-with-word"><LiveChatSwitch label email name value=active answers ask />{badge(|one| values::live_chat(one.live_chat.as_ref()))}</div>
            </td>
        </tr>
    }
}
