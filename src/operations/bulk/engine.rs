//! Executes what the queue schedules. This is the only place that changes the queue, stores it, and starts rows.

use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_model::bulk::{Pause, Progress, Queue, Run, Task};

use super::AT_ONCE;
use super::Runs;
use super::work::{self, TaskResult};
use crate::browser::clock;
use crate::browser::network::is_offline;
use crate::wording::runs::PreparationStep;

/// How often the page reads again what a run changes, in milliseconds.
const REFRESHED_EVERY: u64 = 10_000;

/// What to start after a change of the queue.
#[derive(Default)]
struct Next {
    /// The rows to send, with the id of their run.
    rows: Vec<(u64, usize, Task)>,
    /// The run whose turn has come and that has to be prepared.
    step: Option<PreparationStep>,
    is_in_flight: bool,
    /// Whether no run has its turn.
    is_idle: bool,
}

impl Runs {
    /// Changes the queue, stores the change, and starts what may start. A row is stored as started before it is sent.
    pub(crate) fn act(self, change: impl FnOnce(&mut Queue)) {
        let Some(is_busy) = self.step.try_with_untracked(Option::is_some) else {
            return;
        };
        let mut kept = Ok(());
        let next = self.queue.try_update(|queue| {
            let before = self.states(queue);
            change(queue);
            let next = self.next(queue, is_busy);
            // Including the rows that start: nothing is sent that the storage does not know of.
            kept = self.keep_all(queue);
            self.note_undone(queue, &before);
            next
        });
        let Some(next) = next else { return };
        self.report_persistence(kept);
        if let Some(step) = next.step {
            self.step.set(Some(step));
            spawn_local(self.prepare(step.run));
        }
        for (id, row, task) in next.rows {
            spawn_local(async move {
                let ended = work::carry_out(self.remote, self.known, task).await;
                self.settle(id, row, ended);
            });
        }
        let is_refresh_due = self.is_refresh_due();
        if !next.is_in_flight || is_refresh_due {
            // Fetch what the run has invalidated.
            self.remote.flush_invalidation_batch();
            self.refreshed_at.try_set_value(clock::now());
        }
        if !next.is_in_flight && next.is_idle && !is_busy {
            self.give_up_lock();
        }
    }

    /// Returns whether the page should read again what a long run has changed. Not while it reads: the read would begin
    /// again, and never end on a slow link.
    fn is_refresh_due(self) -> bool {
        if untrack(|| self.remote.is_refreshing()) {
            return false;
        }
        let at = self.refreshed_at.try_get_value().unwrap_or_default();
        clock::now().saturating_sub(at) >= REFRESHED_EVERY
    }

    /// Returns what may start now. A run whose turn begins is prepared first.
    fn next(self, queue: &mut Queue, is_busy: bool) -> Next {
        let mut next = Next::default();
        while !is_busy && let Some(id) = queue.current() {
            if is_offline() {
                queue.pause_all(Pause::Offline);
                break;
            }
            let progress = queue.run(id).map(Run::progress).unwrap_or_default();
            if !queue.is_prepared(id) {
                // Its last rows in flight end first, because they may have to be looked up too.
                let unknown = if queue.looks(id) { progress.unknown } else { 0 };
                next.step = (progress.running == 0).then(|| PreparationStep::begin(id, unknown));
                break;
            }
            let rows = queue.next(AT_ONCE);
            let run = queue.run(id);
            let task = |row: usize| Some((id, row, run?.item(row)?.clone()));
            next.rows = rows.into_iter().filter_map(task).collect();
            if !queue.is_stuck(id) {
                break;
            }
            queue.pause(id, Pause::Unknown);
        }
        next.is_in_flight = queue.is_in_flight();
        next.is_idle = queue.current().is_none();
        next
    }

    /// Records how a row ended. A reason to stop may pause all runs.
    fn settle(self, id: u64, row: usize, ended: TaskResult) {
        self.act(|queue| {
            queue.settle(id, row, ended.outcome, ended.reached);
            match ended.stop {
                // Another run may be permitted.
                Some(Pause::Forbidden) => queue.pause(id, Pause::Forbidden),
                Some(why) => queue.pause_all(why),
                None => {}
            }
        });
    }

    fn states(self, queue: &Queue) -> Vec<(u64, Progress)> {
        let runs = queue.runs().filter(|run| run.head().undoes.is_some());
        runs.map(|run| (run.id(), run.progress())).collect()
    }

    /// Marks a run as undone once the run that undoes it has ended completely.
    fn note_undone(self, queue: &mut Queue, before: &[(u64, Progress)]) {
        let ended = |run: &Run<Task>| {
            let was_over = before
                .iter()
                .any(|(id, progress)| *id == run.id() && progress.is_clean());
            let is_clean = run.progress().is_clean() && !was_over;
            run.head().undoes.filter(|_| is_clean)
        };
        let undone: Vec<u64> = queue.runs().filter_map(ended).collect();
        for id in undone {
            if let Some(run) = queue.run_mut(id) {
                run.mark_undone();
            }
            self.keep_undone(id);
        }
    }
}
