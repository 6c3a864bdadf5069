//! Shows a bulk run in the list of changes: one entry, which expands to its rows and is undone by another run.

use std::collections::HashMap;

use leptos::prelude::*;
use switchboard_model::bulk::{Head, Progress};
use switchboard_model::journal::RunEntry;

use super::undoing::Undoing;
use crate::browser::clock;
use crate::browser::throttle::throttle;
use crate::i18n::{Text, locale, t, tf};
use crate::journal::ChangeJournal;
use crate::ui::{Badge, Button, ButtonKind, Disclosure, Tone};
use crate::widgets::run_bar::DRAWN_EVERY;
use crate::widgets::run_bar::rows::{Results, ShownRows};
use crate::wording::runs::{title, what_became};

/// The number of columns of the table.
const COLUMNS: &str = "6";

/// A run, and what can be and was undone of it.
#[derive(Clone, PartialEq)]
pub(super) struct ShownRun {
    /// The data of the run besides its rows.
    pub head: Head,
    /// Whether it can be undone.
    pub can_undo: bool,
    /// What other runs have undone of it.
    pub undone: UndoneByRun,
}

/// What the runs that undo a run have done.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum UndoneByRun {
    Nothing,
    /// One of them is not over.
    Now,
    /// They have undone a row, or more.
    Part,
}

impl UndoneByRun {
    /// Combines the progress of these runs.
    pub fn of(undoing: impl Iterator<Item = Progress>) -> Self {
        undoing.fold(Self::Nothing, |undone, progress| {
            match (undone, progress.is_over(), progress.done) {
                (Self::Now, ..) | (_, false, _) => Self::Now,
                (undone, true, 0) => undone,
                (_, true, _) => Self::Part,
            }
        })
    }
}

/// A cache of the changes of runs. A run is read again only after its progress has changed, because a long run takes
/// time to read.
#[derive(Clone, Copy)]
pub(super) struct RunChanges {
    journal: ChangeJournal,
    read: StoredValue<HashMap<u64, (Progress, RunEntry)>>,
}

impl RunChanges {
    /// Creates an empty cache.
    pub fn new(journal: ChangeJournal) -> Self {
        Self {
            journal,
            read: StoredValue::default(),
        }
    }

    /// Returns a run as an entry of the journal.
    pub fn of(self, head: &Head) -> RunEntry {
        let known = self.read.with_value(|read| read.get(&head.id).cloned());
        let entry = match known {
            Some((progress, entry)) if progress == head.progress => entry,
            _ => {
                let run = (head.progress.done > 0)
                    .then(|| self.journal.run(head.id))
                    .flatten();
                let changes = run.map(|run| run.changes_made().cloned().collect());
                RunEntry {
                    id: head.id,
                    changes: changes.unwrap_or_default(),
                    can_undo: head.can_undo,
                    undone: head.undone,
                    undoes: head.undoes,
                }
            }
        };
        self.read.update_value(|read| {
            read.insert(head.id, (head.progress, entry.clone()));
        });
        RunEntry {
            can_undo: head.can_undo,
            undone: head.undone,
            ..entry
        }
    }
}

/// Shows the row of a run. Once expanded, it also shows the outcome of each row of the run.
#[component]
pub(super) fn RunRow(
    /// The run; `None` once it is no longer stored.
    #[prop(into)]
    run: Signal<Option<ShownRun>>,
) -> impl IntoView {
    let head = run.get_untracked()?.head;
    let (id, said) = (head.id, title(&head.purpose));
    let open = RwSignal::new(false);
    let detail = format!("run-{id}");
    let (controls, filter) = (detail.clone(), format!("run-journal-filter-{id}"));
    let name = tf(Text::UndoOfRun, &[("run", &said)]);
    let (journal, undoing) = (ChangeJournal::get(), Undoing::get());
    let stored = Memo::new(move |_| run.get().map(|run| run.head.progress));
    // The stored counts rest while the run executes.
    let progress = Memo::new(move |_| undoing.progress(id).or(stored.get()));
    let progress = throttle(progress, DRAWN_EVERY);
    let head = move |run: ShownRun| Head {
        progress: progress.get().unwrap_or_default(),
        ..run.head
    };
    let badge = move || {
        let run = run.get()?;
        let undone = run.undone;
        let (tone, text) = outcome(&head(run), undone);
        Some(view! { <Badge tone text=t(text) /> })
    };
    let became = move || Some(what_became(&head(run.get()?)));
    let undo = move || {
        let ShownRun { head, .. } = run.get().filter(|run| run.can_undo)?;
        let press = Callback::new(move |()| undoing.begin_run(&head));
        Some(
            view! { <Button kind=ButtonKind::Quiet label=t(Text::Undo).to_owned() name=name.clone() on_press=press /> },
        )
    };
    let rows = move || {
        let kept = Memo::new(move |_| {
            stored.track();
            journal.run(id)
        });
        let is_kept = Memo::new(move |_| kept.with(Option::is_some));
        let filter = filter.clone();
        move || {
            if is_kept.get() {
                view! { <Results run=ShownRows::Kept(kept) id=filter.clone() /> }.into_any()
            } else {
                view! { <p class="hint">{t(Text::RunRowsGone)}</p> }.into_any()
            }
        }
    };
    Some(view! {
        <tr>
            <td data-label=t(Text::Time) class="numeric"><time datetime=clock::iso(id)>{clock::date_and_time(id, locale())}</time></td>
            <th scope="row">
                <Disclosure open controls on_flip=Callback::new(move |()| open.update(|open| *open = !*open))>
                    <bdi class="row-title">{said}</bdi>
                </Disclosure>
            </th>
            <td data-label=t(Text::ChangeAbout)>{became}</td>
            <td data-label=t(Text::ChangeBefore)></td>
            <td data-label=t(Text::Outcome) data-focus-fallback="">{badge}</td>
            <td class="row-actions">{undo}</td>
        </tr>
        {move || open.get().then(|| view! {
            <tr class="detail" id=detail.clone()><td colspan=COLUMNS><div class="run-rows">{rows()}</div></td></tr>
        })}
    })
}

/// Returns the outcome of a run as a whole.
fn outcome(head: &Head, undone: UndoneByRun) -> (Tone, Text) {
    let progress = head.progress;
    if head.undone && head.not_restored == 0 {
        (Tone::Neutral, Text::RunUndone)
    } else if undone == UndoneByRun::Now {
        (Tone::Neutral, Text::RunBeingUndone)
    } else if head.undone || undone == UndoneByRun::Part {
        (Tone::Neutral, Text::RunUndoneInPart)
    } else if !progress.is_over() {
        (Tone::Neutral, Text::RunNotOver)
    } else if progress.unknown > 0 {
        (Tone::Warn, Text::ChangeUnknown)
    } else if progress.failed + progress.skipped > 0 {
        (Tone::Warn, Text::RunInPart)
    } else {
        (Tone::Good, Text::RunWorked)
    }
}

#[cfg(test)]
mod tests {
    use switchboard_model::bulk::Purpose;

    use super::*;

    #[test]
    fn run_outcome_is_the_worst_of_its_rows() {
        let of = |progress| {
            let head = Head::new(1, Purpose::Import { operators: 3 });
            outcome(&Head { progress, ..head }, UndoneByRun::Nothing).1
        };
        let done = Progress {
            done: 3,
            ..Progress::default()
        };
        assert_eq!(t(of(done)), "Worked");
        assert_eq!(t(of(Progress { failed: 1, ..done })), "Partly worked");
        assert_eq!(
            t(of(Progress {
                unknown: 1,
                failed: 1,
                ..done
            })),
            "Outcome unknown"
        );
        assert_eq!(t(of(Progress { waiting: 1, ..done })), "Not finished");
        let undone = Head {
            undone: true,
            not_restored: 1,
            ..Head::new(1, Purpose::Activate { operators: 3 })
        };
        let part = UndoneByRun::of([Progress::default(), done].into_iter());
        assert_eq!(t(outcome(&undone, part).1), "Undone, except for a part");
        let worked = Head {
            progress: done,
            ..Head::new(1, Purpose::Activate { operators: 3 })
        };
        assert_eq!(t(outcome(&worked, part).1), "Undone, except for a part");
        let waiting = Progress {
            waiting: 1,
            ..Progress::default()
        };
        let now = UndoneByRun::of([waiting, done].into_iter());
        assert_eq!(t(outcome(&worked, now).1), "Being undone");
    }
}
