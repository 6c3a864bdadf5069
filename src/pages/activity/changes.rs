//! The changes that were made in this browser, newest first, and the way back where there is one.

use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_model::journal::{Entry, Seen, undoable};

use super::super::change::words::{about, what};
use super::super::embed::store_error;
use super::super::pager::Pager;
use super::undo::{Undone, undo};
use crate::browser::clock;
use crate::changes::Changes;
use crate::i18n::{LOCALE, Text, t, tf};
use crate::remote::Remote;
use crate::ui::{Badge, Button, ButtonKind, EmptyState, IconName, Notice, Panel, Toasts, Tone};
use crate::workspace::KnownDomains;

/// How many rows are on the page at once.
const ROWS: usize = 25;

/// What a row shows.
#[derive(Clone, PartialEq)]
struct Shown {
    entry: Entry,
    can_undo: bool,
}

/// The region "Changes".
#[component]
pub(super) fn ChangesPanel() -> impl IntoView {
    let changes = Changes::get();
    let entries = Memo::new(move |_| changes.entries());
    let error = Memo::new(move |_| {
        let unreadable = entries.with(|entries| entries.as_ref().err().cloned());
        unreadable.or_else(|| changes.not_kept())
    });
    let page = RwSignal::new(0_usize);
    let count = Memo::new(move |_| entries.with(|entries| entries.as_ref().map_or(0, Vec::len)));
    let shown = Memo::new(move |_| {
        let from = page.get() * ROWS;
        entries.with(|entries| shown(entries.as_deref().unwrap_or_default(), from))
    });
    // A row stays the same while its state changes: its button keeps the focus until there is nothing to undo.
    let ids = move || shown.with(|rows| rows.iter().map(|row| row.entry.id()).collect::<Vec<_>>());
    let some = Memo::new(move |_| count.get() > 0);
    view! {
        <Panel title=t(Text::Changes) id="changes">
            {move || error.get().map(|error| view! { <Notice tone=Tone::Warn title=t(Text::ChangesNotKept)><p>{store_error(error)}</p></Notice> })}
            {move || if some.get() {
                view! {
                    <div class="table-frame flush">
                        <table class="cards-when-narrow" aria-labelledby="changes">
                            <thead>
                                <tr>
                                    <th scope="col">{t(Text::Time)}</th>
                                    <th scope="col">{t(Text::Change)}</th>
                                    <th scope="col">{t(Text::ChangeAbout)}</th>
                                    <th scope="col">{t(Text::Outcome)}</th>
                                    <th scope="col"><span class="visually-hidden">{t(Text::Actions)}</span></th>
                                </tr>
                            </thead>
                            <tbody><For each=ids key=Clone::clone let:id><Row id shown /></For></tbody>
                        </table>
                    </div>
                }.into_any()
            } else {
                view! { <EmptyState icon=IconName::Activity title=t(Text::ChangesNone) text=t(Text::ChangesNoneText) /> }.into_any()
            }}
            <Pager label=Text::ChangesPages page on_turn=move |to| page.set(to) count rows=ROWS />
        </Panel>
    }
}

/// The rows of a page. `entries` are all there are, newest first.
fn shown(entries: &[Entry], from: usize) -> Vec<Shown> {
    let rows = entries.iter().zip(undoable(entries)).skip(from).take(ROWS);
    rows.map(|(entry, can_undo)| Shown {
        entry: entry.clone(),
        can_undo,
    })
    .collect()
}

#[component]
fn Row(id: String, shown: Memo<Vec<Shown>>) -> impl IntoView {
    let row = Memo::new(move |_| {
        shown.with(|rows| rows.iter().find(|row| row.entry.id() == id).cloned())
    });
    let entry = row.get_untracked()?.entry;
    let said = what(&entry.change);
    let about = about(&entry.change);
    let name = tf(
        Text::UndoOf,
        &[("change", &said), ("about", &about.join(", "))],
    );
    let lines = about
        .into_iter()
        .map(|line| view! { <bdi class="line">{line}</bdi> });
    let badge = move || {
        let row = row.get()?;
        let (tone, text) = match (row.entry.undone, row.entry.seen) {
            (true, _) => (Tone::Neutral, Text::ChangeUndone),
            (false, Seen::Worked) => (Tone::Good, Text::CallWorked),
            (false, Seen::Unknown) => (Tone::Warn, Text::ChangeUnknown),
        };
        Some(view! { <Badge tone text=t(text) /> })
    };
    let undoing = move || {
        let row = row.get().filter(|row| row.can_undo)?;
        Some(view! { <UndoButton entry=row.entry name=name.clone() /> })
    };
    Some(view! {
        <tr>
            <td data-label=t(Text::Time) class="numeric"><time datetime=clock::iso(entry.at)>{clock::date_and_time(entry.at, LOCALE)}</time></td>
            <th scope="row"><bdi class="row-title">{said}</bdi></th>
            <td data-label=t(Text::ChangeAbout)><span class="lines">{lines.collect_view()}</span></td>
            <td data-label=t(Text::Outcome)>{badge}</td>
            <td class="row-actions">{undoing}</td>
        </tr>
    })
}

#[component]
fn UndoButton(entry: Entry, name: String) -> impl IntoView {
    let (remote, known) = (Remote::get(), KnownDomains::get());
    let (changes, toasts) = (Changes::get(), Toasts::get());
    let busy = RwSignal::new(false);
    let press = Callback::new(move |()| {
        busy.set(true);
        let entry = entry.clone();
        spawn_local(async move {
            let said = what(&entry.change);
            let ended = undo(remote, known, entry.inverse.clone()).await;
            // The row may be gone: the undoing is a change too, and newer.
            let _ = busy.try_set(false);
            let reasoned = |text: Text, reason: &str| {
                tf(text, &[("change", said.as_str()), ("reason", reason)])
            };
            match ended {
                Undone::Wholly(warning) => {
                    changes.mark_undone(entry);
                    match warning {
                        Some(warning) => toasts.warn(warning),
                        None => toasts.good(tf(Text::UndoDone, &[("change", &said)])),
                    }
                }
                Undone::Partly(reason) => toasts.bad(reasoned(Text::UndoPartly, &reason)),
                Undone::Not(reason) => toasts.bad(reasoned(Text::UndoNotDone, &reason)),
            }
        });
    });
    view! { <Button kind=ButtonKind::Quiet label=t(Text::Undo).to_owned() name busy on_press=press /> }
}
