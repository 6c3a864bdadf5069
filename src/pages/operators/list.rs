//! The table of operators: paged, and sorted by its column heads.

use leptos::html::Tbody;
use leptos::prelude::*;
use switchboard_api::{Email, LiveChatStatus, Operator};

use super::bulk_bar::{SELECT_ALL, focus_actions};
use super::columns;
use super::filtered::Filtered;
use super::list_query::{Column, ListQuery};
use super::row_recycler::{SlotKey, Slots};
use super::selection::{Selection, SelectionCount};
use crate::browser::pointer::{rows_in_place, while_in_use};
use crate::i18n::{Text, t, tf};
use crate::preferences::DevicePreferences;
use crate::remote::Read;
use crate::route::Route;
use crate::ui::{Badge, Person, Tick, Tone};
use crate::widgets::live_chat::{AskDomains, AskDomainsDialog, LiveChatSwitch, has_live_chat};
use crate::widgets::pager::Pager;
use crate::widgets::sort_head::SortHead;
use crate::wording::values::{self, Worded, display_name};

/// The number of rows on a page. An answer may contain tens of thousands, and each typed letter may replace them all.
const ROWS: usize = 25;

/// The id of the rows.
const BODY: &str = "operator-rows";

/// The table, with a pager if there is more than one page.
#[component]
pub(super) fn OperatorTable(
    /// The matching operators, on all pages.
    filtered: Memo<Filtered>,
    /// All operators, for the present data of a row.
    operators: Read<Vec<Operator>>,
    /// The selected operators.
    selection: Selection,
    /// Their number.
    counted: Memo<SelectionCount>,
    /// The query of the URL.
    query: Memo<ListQuery>,
    /// Goes to another query, and replaces the history entry.
    go: Callback<ListQuery>,
    /// Goes to another page, and adds a history entry.
    turn_to: Callback<ListQuery>,
) -> impl IntoView {
    let (preferences, ask) = (DevicePreferences::get(), AskDomains::default());
    let hidden = Memo::new(move |_| columns::hidden(preferences.operator_columns()));
    let heads = Column::ALL.map(|column| {
        let sorted = Memo::new(move |_| {
            let sort = query.with(|query| query.sort)?;
            (sort.0 == column).then_some(sort.1)
        });
        let press = Callback::new(move |()| go.run(query.with_untracked(|query| query.sorted_by(column))));
        view! { <SortHead column=column.word() label=columns::heading(column) sorted on_press=press /> }
    });
    let body = NodeRef::<Tbody>::new();
    let (slots, rows) = (StoredValue::new(Slots::new(ROWS)), no_rows());
    let exists = move |email: &Email| operator_of(operators, email).is_some();
    let on_page = rows_in_place(while_in_use(BODY), ROWS, exists, move || {
        let from = page(query, filtered) * ROWS;
        let emails = filtered.with(|filtered| {
            let rows = filtered.rows(from, ROWS);
            rows.map(|one| one.email.clone()).collect::<Vec<_>>()
        });
        (query.get(), emails)
    });
    // A row stays the same while its values change, so that its switch keeps the focus. It is recycled for another
    // operator only while the focus is elsewhere, so that no key press reaches the wrong one.
    let shown = move || {
        let emails = on_page.with(|(_, rows)| rows.clone());
        let has_focus = body.get_untracked().is_some_and(|body| holds_focus(&body));
        let keys = slots.try_update_value(|slots| slots.assign(&emails, has_focus));
        let keys = keys.unwrap_or_default();
        let from = page(query, filtered) * ROWS;
        for (key, email) in keys.iter().zip(&emails) {
            let row = rows[key.place];
            // Mostly the operator is on the page; a list may have tens of thousands.
            let who = filtered.with(|filtered| {
                let mut on_page = filtered.rows(from, ROWS);
                on_page.find(|one| one.email == *email).cloned()
            });
            let who = who.or_else(|| operator_of(operators, email));
            if who.is_some() && row.with_untracked(|before| *before != who) {
                row.set(who);
            }
        }
        let of = |key: SlotKey| (key, rows[key.place]);
        keys.into_iter().map(of).collect::<Vec<_>>()
    };
    let count = Memo::new(move |_| filtered.with(Filtered::len));
    let turn = Callback::new(move |page| {
        let query = query.get_untracked();
        turn_to.run(ListQuery { page, ..query });
    });
    // The click event precedes the checkbox's change event, and the key event precedes the click.
    let has_shift = StoredValue::new(false);
    let last_selected = StoredValue::new(None::<Email>);
    let select = Callback::new(move |(email, on): (Email, bool)| {
        let anchor = last_selected.get_value().filter(|_| has_shift.get_value());
        last_selected.set_value(Some(email.clone()));
        let range = on_page.with_untracked(|(_, rows)| between(rows, anchor.as_ref(), &email));
        selection.set(&range, on);
    });
    view! {
        <div class="table-frame">
            <table class="operators cards-when-narrow" aria-label=t(Text::NavOperators) data-hidden=move || hidden.get()>
                <thead><tr><th scope="col" class="tick-cell"><SelectAll filtered selection counted /></th>{heads.into_iter().collect_view()}</tr></thead>
                <tbody
                    id=BODY
                    node_ref=body
                    on:keydown=move |event| has_shift.set_value(event.shift_key())
                    on:click=move |event| {
                        if event.detail() > 0 {
                            has_shift.set_value(event.shift_key());
                        }
                    }
                >
                    <For each=shown key=|(key, _)| *key let((_, who))>
                        <OperatorRow who operators selection select ask />
                    </For>
                </tbody>
            </table>
        </div>
        <Pager label=Text::Pages page=Signal::derive(move || page(query, filtered)) on_turn=turn count rows=ROWS />
        <AskDomainsDialog ask />
    }
}

/// Selects all operators that match the filter, on every page.
#[component]
fn SelectAll(
    filtered: Memo<Filtered>,
    selection: Selection,
    counted: Memo<SelectionCount>,
) -> impl IntoView {
    let checked = Signal::derive(move || counted.with(|now| now.here > 0 && now.here == now.of));
    let partly = Signal::derive(move || counted.with(|now| now.here > 0 && now.here < now.of));
    let flip = move |on| filtered.with_untracked(|filtered| selection.set_all(filtered, on));
    view! { <Tick id=SELECT_ALL label=t(Text::SelectAll) unseen=true checked partly on_flip=flip /> }
}

/// Returns the current page: the last one if the URL asks for a page beyond it.
fn page(query: Memo<ListQuery>, filtered: Memo<Filtered>) -> usize {
    query.with(|query| query.page).min(last_page(filtered))
}

fn last_page(filtered: Memo<Filtered>) -> usize {
    filtered.with(Filtered::len).saturating_sub(1) / ROWS
}

/// Returns the operators from `anchor` to `email` on the page, in either direction; `email` alone without an anchor on it.
fn between(rows: &[Email], anchor: Option<&Email>, email: &Email) -> Vec<Email> {
    let place = |email: &Email| rows.iter().position(|row| row == email);
    match (anchor.and_then(place), place(email)) {
        (Some(from), Some(to)) => rows[from.min(to)..=from.max(to)].to_vec(),
        _ => vec![email.clone()],
    }
}

/// Returns an operator's latest data.
fn operator_of(operators: Read<Vec<Operator>>, email: &Email) -> Option<Operator> {
    let all = operators.data()?;
    all.iter().find(|one| one.email == *email).cloned()
}

/// The operator that a row shows. `None` at first.
type Who = RwSignal<Option<Operator>>;

fn no_rows() -> [Who; ROWS] {
    std::array::from_fn(|_| RwSignal::new(None))
}

/// A row. When it is recycled for another operator, only texts and attributes change, which keeps typing fast.
#[component]
fn OperatorRow(
    who: Who,
    operators: Read<Vec<Operator>>,
    selection: Selection,
    select: Callback<(Email, bool)>,
    ask: AskDomains,
) -> impl IntoView {
    let of = |text: fn(&Operator) -> String| {
        Signal::derive(move || who.with(|who| who.as_ref().map(text)).unwrap_or_default())
    };
    let email = Memo::new(move |_| who.with(|who| Some(who.as_ref()?.email.clone())));
    let name = Memo::new(move |_| {
        who.with(|who| who.as_ref().map(name_of))
            .unwrap_or_default()
    });
    let requested = RwSignal::new(None);
    let badge = |worded: fn(&Operator, Option<bool>) -> Worded| {
        let worded = Memo::new(move |_| {
            let requested = requested.get();
            who.with(|who| who.as_ref().map(|who| worded(who, requested)))
        });
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
        email.with(|email| email.as_ref().is_some_and(|email| selection.has(email)))
    });
    let flip = move |on| {
        if let Some(email) = email.get_untracked() {
            select.run((email, on));
        }
    };
    view! {
        <tr data-ticked=move || checked.get().then_some("true")>
            <td class="tick-cell">
                <Tick label=label(Text::SelectOperator) unseen=true checked on_flip=flip />
                {move || checked.get().then(|| view! {
                    <button type="button" class="skip-link" on:click=move |_| focus_actions()>{t(Text::GoToActions)}</button>
                })}
            </td>
            <th scope="row">
                <Person initials=of(|one| one.name.initials()) name email=of(|one| one.email.to_string()) href=of(href_of) />
            </th>
            <td data-label=t(Text::Presence) data-column=Column::Presence.word()>{badge(|one, _| values::presence(&one.presence))}</td>
            <td data-label=t(Text::Login) data-column=Column::Login.word()>{badge(|one, _| values::login(&one.login))}</td>
            <td data-label=t(Text::LiveChatAddon) data-column=Column::LiveChat.word()>
                <div class="switch-with-word">
                    <LiveChatSwitch label=label(Text::LiveChatAddonOf) email name value=active answers requested ask />
                    {badge(live_chat_now)}
                </div>
            </td>
        </tr>
    }
}

/// Words the addon's state as its switch shows it.
fn live_chat_now(operator: &Operator, requested: Option<bool>) -> Worded {
    match requested {
        Some(true) => values::live_chat(Some(&LiveChatStatus::Active)),
        Some(false) => values::live_chat(Some(&LiveChatStatus::Inactive)),
        None => values::live_chat(operator.live_chat.as_ref()),
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

#[cfg(test)]
mod tests;
