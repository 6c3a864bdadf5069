//! The table of operators: a page of rows at a time, sorted by its heads.

use leptos::html::Tbody;
use leptos::prelude::*;
use switchboard_api::{Email, Operator};

use super::super::live_chat::{AskDomains, AskDomainsDialog, LiveChatSwitch, has_live_chat};
use super::super::pager::Pager;
use super::super::values::{self, Worded, display_name};
use super::bulk_bar::SELECT_ALL;
use super::chosen::Chosen;
use super::columns;
use super::selection::{Column, Selection};
use super::slots::{SlotKey, Slots};
use super::ticked::{Counted, Ticked};
use crate::i18n::{Text, t, tf};
use crate::preferences::DevicePreferences;
use crate::remote::Read;
use crate::route::Route;
use crate::ui::{Badge, Person, Tick, Tone};

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
    let body = NodeRef::<Tbody>::new();
    let (slots, rows) = (StoredValue::new(Slots::new(ROWS)), no_rows());
    // A row stays the same while its values change: its switch keeps the focus. It shows somebody else only while the focus is elsewhere, so
    // that no key that was meant for one of them reaches another.
    let shown = move || {
        let from = page(selection, chosen) * ROWS;
        let wanted: Vec<Operator> =
            chosen.with(|chosen| chosen.rows(from, ROWS).cloned().collect());
        let emails: Vec<Email> = wanted.iter().map(|one| one.email.clone()).collect();
        let has_focus = body.get_untracked().is_some_and(|body| holds_focus(&body));
        let keys = slots.try_update_value(|slots| slots.assign(&emails, has_focus));
        let keys = keys.unwrap_or_default();
        for (key, who) in keys.iter().zip(wanted) {
            let row = rows[key.place];
            if row.with_untracked(|before| before.as_ref() != Some(&who)) {
                row.set(Some(who));
            }
        }
        let of = |key: SlotKey| (key, rows[key.place]);
        keys.into_iter().map(of).collect::<Vec<_>>()
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
                <tbody node_ref=body>
                    <For each=shown key=|(key, _)| *key let((_, who))>
                        <Row who operators ticked ask />
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

/// Who is shown in a row. Nobody yet at first.
type Who = RwSignal<Option<Operator>>;

fn no_rows() -> [Who; ROWS] {
    std::array::from_fn(|_| RwSignal::new(None))
}

/// A row. All of it stays in the document when it shows somebody else: only texts and attributes change, which is what a letter costs.
#[component]
fn Row(who: Who, operators: Read<Vec<Operator>>, ticked: Ticked, ask: AskDomains) -> impl IntoView {
    let of = |text: fn(&Operator) -> String| {
        Signal::derive(move || who.with(|who| who.as_ref().map(text)).unwrap_or_default())
    };
    let email = Memo::new(move |_| who.with(|who| Some(who.as_ref()?.email.clone())));
    let name = Memo::new(move |_| {
        who.with(|who| who.as_ref().map(name_of))
            .unwrap_or_default()
    });
    let badge = |worded: fn(&Operator) -> Worded| {
        let worded = Memo::new(move |_| who.with(|who| who.as_ref().map(worded)));
        let tone =
            Signal::derive(move || worded.with(|it| it.as_ref().map_or(Tone::Unknown, |it| it.0)));
        let text = Signal::derive(move || {
            worded.with(|it| it.as_ref().map_or_else(String::new, |it| it.1.clone()))
        });
        view! { <Badge tone text /> }
    };
    let active = Signal::derive(move || who.with(|who| who.as_ref().is_some_and(has_live_chat)));
    let answers = Signal::derive(move || operators.answers());
    let label = |text: Text| Signal::derive(move || tf(text, &[("name", &name.get())]));
    let checked = Memo::new(move |_| {
        email.with(|email| email.as_ref().is_some_and(|email| ticked.has(email)))
    });
    let flip = move |on| {
        if let Some(email) = email.get_untracked() {
            ticked.set(&email, on);
        }
    };
    view! {
        <tr data-ticked=move || checked.get().then_some("true")>
            <td class="tick-cell"><Tick label=label(Text::SelectOperator) unseen=true checked on_flip=flip /></td>
            <th scope="row">
                <Person initials=of(|one| one.name.initials()) name email=of(|one| one.email.to_string()) href=of(href_of) />
            </th>
            <td data-label=t(Text::Presence) data-column=Column::Presence.word()>{badge(|one| values::presence(&one.presence))}</td>
            <td data-label=t(Text::Login) data-column=Column::Login.word()>{badge(|one| values::login(&one.login))}</td>
            <td data-label=t(Text::LiveChatAddon) data-column=Column::LiveChat.word()>
                <div class="switch-with-word">
                    <LiveChatSwitch label=label(Text::LiveChatAddonOf) email name value=active answers ask />
                    {badge(|one| values::live_chat(one.live_chat.as_ref()))}
                </div>
            </td>
        </tr>
    }
}

fn href_of(operator: &Operator) -> String {
    Route::Operator(operator.email.clone()).href()
}

fn name_of(operator: &Operator) -> String {
    display_name(&operator.name, &operator.email)
}

fn holds_focus(body: &web_sys::HtmlElement) -> bool {
    let focused = document().active_element();
    focused.is_some_and(|focused| body.contains(Some(&*focused)))
}
