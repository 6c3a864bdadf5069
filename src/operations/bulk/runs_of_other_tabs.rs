//! Shows in this tab what another tab does with the runs.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_model::bulk::{Loaded, Queue, Run, Task};

use super::Runs;
use super::ownership::{LockHolder, SETTLING, executing};
use crate::browser::lock::{lock, try_lock};
use crate::browser::timeout::wait;

/// How long to gather changes that another tab stores before reading them.
const GATHERING: Duration = Duration::from_millis(400);

impl Runs {
    /// Shows other tabs' runs that are at rest and need a decision, beside the results that this tab shows already. Of a
    /// run that is executing, it shows only which one.
    pub(super) fn show_what_rests(self) {
        let Ok(loaded) = self.store().and_then(|store| store.load()) else {
            return;
        };
        let closed = self.closed.try_get_value().unwrap_or_default();
        let shown = self.shown();
        let mut runs = loaded.runs;
        let executing = executing(&runs).map(|run| run.head().purpose.clone());
        if executing.is_some() {
            spawn_local(self.show_once_free());
        }
        self.of_other_tab.try_set(executing);
        runs.retain(|run| {
            run.is_at_rest() && needs_somebody(run, &shown) && !closed.contains(&run.id())
        });
        let loaded = Loaded { runs, ..loaded };
        self.queue
            .try_update(|queue| *queue = self.with_unkept(queue, loaded));
    }

    /// Waits until the tab that executes a run has ended it or was closed, and shows what that tab left.
    async fn show_once_free(self) {
        let was_waiting = self
            .is_waiting
            .try_update_value(|is| std::mem::replace(is, true));
        if was_waiting != Some(false) {
            return;
        }
        // Released at once, so that the other tab can start its next run. Without the Web Locks API that tab may still be
        // executing.
        let is_free = lock(&self.lock_name())
            .await
            .is_some_and(|lock| lock.excludes_others());
        wait(SETTLING).await;
        if self.is_waiting.try_set_value(false).is_some() || !is_free {
            return;
        }
        let shown = self.shown();
        match self.hold(try_lock(&self.lock_name()).await) {
            LockHolder::Before => {}
            LockHolder::Elsewhere => self.show_what_rests(),
            LockHolder::FromNow => {
                self.read_again();
                self.act(|queue| {
                    let calm = queue.runs().filter(|run| !needs_somebody(run, &shown));
                    for id in calm.map(Run::id).collect::<Vec<_>>() {
                        queue.remove(id);
                    }
                });
            }
        }
    }

    /// Returns the runs that this tab shows.
    fn shown(self) -> Vec<u64> {
        let ids = |queue: &Queue| queue.runs().map(Run::id).collect();
        self.queue.try_with_untracked(ids).unwrap_or_default()
    }

    /// Follows what other tabs do with the runs while this tab executes none.
    pub(crate) fn follow_other_tabs(self) {
        let organisation = self.known.organisation();
        let is_due = StoredValue::new(false);
        let events = window_event_listener(ev::storage, move |event| {
            if event
                .key()
                .is_some_and(|key| !organisation.is_head_of_run(&key))
                || self.has_lock()
            {
                return;
            }
            if is_due.try_update_value(|is_due| std::mem::replace(is_due, true)) == Some(false) {
                let read = move || {
                    if is_due.try_set_value(false).is_none() && !self.has_lock() {
                        self.show_what_rests();
                    }
                };
                set_timeout(read, GATHERING);
            }
        });
        on_cleanup(move || events.remove());
    }
}

/// Returns whether a tab shows a run that another tab executed. A result that is on the screen stays there, also one that
/// went well.
fn needs_somebody(run: &Run<Task>, shown: &[u64]) -> bool {
    !run.progress().went_well() || shown.contains(&run.id())
}
