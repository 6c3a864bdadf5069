//! Lists the changes that were made in this browser, newest first. A change that can be undone has a button for it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_model::bulk::Head;
use switchboard_model::journal::{Entry, LocalEntry, Recorded, RunEntry, Seen, undoable_among};
use switchboard_model::sort::sort_by_key;

use super::export_changes::ExportChangesButtons;
use super::local_row::LocalRow;
use super::run_row::{RunChanges, RunRow, ShownRun, UndoneByRun};
use super::undoing::{UndoDialog, Undoing};
use crate::browser::clock;
use crate::browser::pointer::{rows_in_place, while_in_use};
use crate::i18n::{Text, enumeration, locale, t, tf};
use crate::journal::ChangeJournal;
use crate::ui::{Badge, Button, ButtonKind, EmptyState, IconName, Notice, Panel, Tone};
use crate::widgets::pager::Pager;
use crate::wording::change_text::{about, what};
use crate::wording::old_value::before;
use crate::wording::store::store_error;

/// The number of rows on a page.
const ROWS: usize = 25;

/// The id of the rows.
const BODY: &str = "change-rows";

/// One row of the list.
#[derive(Clone, PartialEq)]
enum ListedChange {
    /// A single change that belongs to no run.
    Change { entry: Entry, can_undo: bool },
    /// A bulk run.
    Run(ShownRun),
    /// A change to the workspace of this browser.
    Local(LocalEntry),
}

impl ListedChange {
    /// Returns the key of the row in the list.
    fn id(&self) -> String {
        match self {
            Self::Change { entry, .. } => entry.id(),
            Self::Run(run) => format!("run {}", run.head.id),
            Self::Local(entry) => format!("local {} {}", entry.at, entry.salt),
        }
    }

    fn at(&self) -> u64 {
        match self {
            Self::Change { entry, .. } => entry.at,
            Self::Run(run) => run.head.id,
            Self::Local(entry) => entry.at,
        }
    }
}

/// Shows the region "Changes".
#[component]
pub(super) fn ChangesPanel() -> impl IntoView {
    let journal = ChangeJournal::get();
    let undoing = Undoing::provide();
    let recorded = Memo::new(move |_| journal.recorded());
    let error = Memo::new(move |_| {
        let unreadable = recorded.with(|recorded| recorded.as_ref().err().cloned());
        unreadable.or_else(|| journal.not_kept())
    });
    let page = RwSignal::new(0_usize);
    let of_runs = RunChanges::new(journal);
    let all = Memo::new(move |_| {
        let heads = journal.runs().unwrap_or_default();
        let runs: Vec<RunEntry> = heads.iter().map(|head| of_runs.of(head)).collect();
        recorded.with(|recorded| match recorded {
            Ok(recorded) => merged(recorded, &heads, &runs),
            Err(_) => merged(&Recorded::default(), &heads, &runs),
        })
    });
    let count = Memo::new(move |_| all.with(Vec::len));
    // Newer changes wait while the user aims at a row: an undo adds one.
    let exists = move |id: &String| all.with(|all| all.iter().any(|row| row.id() == *id));
    let ids = rows_in_place(while_in_use(BODY), 0, exists, move || {
        let page = page.get();
        let ids = all.with(|all| {
            let rows = all.iter().skip(page * ROWS).take(ROWS);
            rows.map(ListedChange::id).collect::<Vec<_>>()
        });
        (page, ids)
    });
    let shown = Memo::new(move |_| {
        let ids = ids.get().1;
        all.with(|all| {
            let rows = all.iter().filter(|row| ids.contains(&row.id()));
            rows.take(ROWS).cloned().collect::<Vec<_>>()
        })
    });
    // Rows are keyed by id and stay mounted while their state changes: a button keeps the focus until there is nothing
    // to undo.
    let some = Memo::new(move |_| count.get() > 0);
    let none = Signal::derive(move || !some.get());
    let aside = ViewFn::from(move || view! { <ExportChangesButtons none /> });
    let since = move || {
        let since = recorded.with(|recorded| recorded.as_ref().ok()?.since)?;
        let time = clock::date_and_time(since, locale());
        let connection = journal.organisation().as_str();
        let said = tf(
            Text::ChangesSince,
            &[("time", &time), ("connection", connection)],
        );
        Some(view! { <p class="hint table-note">{said}</p> })
    };
    view! {
        <Panel title=t(Text::Changes) id="changes" aside>
            {since}
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
                                    <th scope="col">{t(Text::ChangeBefore)}</th>
                                    <th scope="col">{t(Text::Outcome)}</th>
                                    <th scope="col"><span class="visually-hidden">{t(Text::Actions)}</span></th>
                                </tr>
                            </thead>
                            <tbody id=BODY><For each=move || ids.get().1 key=Clone::clone let:id><JournalRow id shown /></For></tbody>
                        </table>
                    </div>
                }.into_any()
            } else {
                view! { <EmptyState icon=IconName::Activity title=t(Text::ChangesNone) text=t(Text::ChangesNoneText) /> }.into_any()
            }}
            <Pager label=Text::ChangesPages page on_turn=move |to| page.set(to) count rows=ROWS />
        </Panel>
        <UndoDialog undoing />
    }
}

/// Merges single changes, runs and local entries into one list, newest first. Changes and runs must be in that order
/// already.
fn merged(recorded: &Recorded, heads: &[Head], runs: &[RunEntry]) -> Vec<ListedChange> {
    let can = undoable_among(&recorded.changes, runs);
    let entries = recorded.changes.iter().zip(can.entries);
    let entries = entries.map(|(entry, can_undo)| ListedChange::Change {
        entry: entry.clone(),
        can_undo,
    });
    let runs = heads.iter().zip(can.runs).map(|(head, can_undo)| {
        let undoing = heads.iter().filter(|other| other.undoes == Some(head.id));
        let undone = UndoneByRun::of(undoing.map(|other| other.progress));
        ListedChange::Run(ShownRun {
            head: head.clone(),
            can_undo: can_undo && undone != UndoneByRun::Now,
            undone,
        })
    });
    let local = recorded.local.iter().cloned().map(ListedChange::Local);
    let mut all: Vec<ListedChange> = entries.chain(runs).chain(local).collect();
    sort_by_key(&mut all, |row| std::cmp::Reverse(row.at()));
    all
}

#[component]
fn JournalRow(id: String, shown: Memo<Vec<ListedChange>>) -> impl IntoView {
    let row =
        Memo::new(move |_| shown.with(|rows| rows.iter().find(|row| row.id() == id).cloned()));
    match row.get_untracked()? {
        ListedChange::Run(_) => {
            let run = Signal::derive(move || match row.get() {
                Some(ListedChange::Run(run)) => Some(run),
                _ => None,
            });
            Some(view! { <RunRow run /> }.into_any())
        }
        ListedChange::Local(entry) => Some(view! { <LocalRow entry /> }.into_any()),
        ListedChange::Change { .. } => {
            let change = Memo::new(move |_| match row.get() {
                Some(ListedChange::Change { entry, can_undo }) => Some((entry, can_undo)),
                _ => None,
            });
            Some(view! { <ChangeRow change /> }.into_any())
        }
    }
}

/// Shows a single change.
#[component]
fn ChangeRow(
    /// The change, and whether it can be undone; `None` once it is no longer stored.
    change: Memo<Option<(Entry, bool)>>,
) -> impl IntoView {
    let (entry, _) = change.get_untracked()?;
    let (said, was) = (
        what(&entry.change),
        before(&entry.change, entry.old_value()),
    );
    let about = about(&entry.change);
    let name = tf(
        Text::UndoOf,
        &[("change", &said), ("about", &enumeration(&about))],
    );
    let lines = about
        .into_iter()
        .map(|line| view! { <bdi class="line">{line}</bdi> });
    let badge = move || {
        let (entry, _) = change.get()?;
        let (tone, text) = match (entry.undone, entry.seen) {
            (true, _) => (Tone::Neutral, Text::ChangeUndone),
            (false, Seen::Worked) => (Tone::Good, Text::ChangeWorked),
            (false, Seen::Unknown) => (Tone::Warn, Text::ChangeUnknown),
        };
        Some(view! { <Badge tone text=t(text) /> })
    };
    let undoing = move || {
        let (entry, _) = change.get().filter(|(_, can_undo)| *can_undo)?;
        Some(view! { <UndoButton entry name=name.clone() /> })
    };
    Some(view! {
        <tr>
            <td data-label=t(Text::Time) class="numeric"><time datetime=clock::iso(entry.at)>{clock::date_and_time(entry.at, locale())}</time></td>
            <th scope="row"><bdi class="row-title">{said}</bdi></th>
            <td data-label=t(Text::ChangeAbout)><span class="lines">{lines.collect_view()}</span></td>
            <td data-label=t(Text::ChangeBefore)><bdi>{was}</bdi></td>
            <td data-label=t(Text::Outcome) data-focus-fallback="">{badge}</td>
            <td class="row-actions">{undoing}</td>
        </tr>
    })
}

/// Renders the button that undoes a change: at once if that overwrites nothing, otherwise after the user confirms it in
/// the dialog.
#[component]
fn UndoButton(entry: Entry, name: String) -> impl IntoView {
    let (undoing, said) = (Undoing::get(), StoredValue::new(None));
    let busy = RwSignal::new(false);
    let press = Callback::new(move |()| {
        busy.set(true);
        let entry = entry.clone();
        spawn_local(async move {
            undoing.begin(entry, said).await;
            // The row may be gone: the undo is a newer change, and can move this one to the next page.
            let _ = busy.try_set(false);
        });
    });
    view! { <Button kind=ButtonKind::Quiet label=t(Text::Undo).to_owned() name busy on_press=press /> }
}
