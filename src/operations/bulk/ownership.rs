//! The lock of the tab that executes runs, and what the tab reads once it has it.

use std::time::Duration;

use leptos::prelude::*;
use switchboard_model::bulk::{Loaded, Queue, Run, Task};

use super::Runs;
use crate::browser::lock::{Lock, try_lock};
use crate::browser::timeout::wait;
use crate::i18n::{Text, t};
use crate::wording::runs as words;

/// The pauses between attempts to take the lock: browsers free a lock late, and another tab may hold it just to close a run.
const RETRIES: [Duration; 3] = [
    Duration::from_millis(60),
    Duration::from_millis(240),
    Duration::from_millis(600),
];

/// How long to wait before reading what another tab has just written. Browsers copy `localStorage` between processes without making the lock
/// wait for it: a tab that read at once saw ended rows as in flight, and stored that.
pub(super) const SETTLING: Duration = Duration::from_millis(250);

impl Runs {
    /// Loads the stored runs. If another tab holds the lock, only runs at rest are shown.
    pub(crate) async fn take_up(self) {
        if self.lock_it().await == LockHolder::Elsewhere {
            return self.show_what_rests();
        }
        let Some(loaded) = self.store().ok().and_then(|store| store.take_up().ok()) else {
            return self.give_up_lock();
        };
        if loaded.unreadable > 0 {
            self.toasts.warn(t(Text::RunNotReadable));
        }
        self.queue.try_set(Queue::of(loaded.runs, true));
        self.act(|_| ());
    }

    /// Returns whether this tab may start calls. Tells the user if another tab is executing a run.
    pub(crate) async fn own(self) -> bool {
        let owns = self.own_quietly().await;
        if owns {
            self.toasts.take_back(self.elsewhere);
        } else {
            self.tell_elsewhere();
        }
        owns
    }

    /// Tells the user that another tab is executing a run, and which one.
    pub(crate) fn tell_elsewhere(self) {
        if !self.is_gone() {
            let loaded = self.store().and_then(|store| store.load());
            let runs = loaded.map(|loaded| loaded.runs).unwrap_or_default();
            let text = words::elsewhere(executing(&runs));
            self.toasts.insist(self.elsewhere, text);
        }
    }

    /// As [`Self::own`], without telling the user. Whenever it takes the lock, it reads everything again: another tab may have held the lock
    /// in between.
    pub(crate) async fn own_quietly(self) -> bool {
        if self.has_lock() {
            return true;
        }
        match self.lock_it().await {
            LockHolder::Elsewhere => false,
            // Another press, which waited as well, has read everything already.
            LockHolder::Before => true,
            LockHolder::FromNow => {
                self.read_again();
                true
            }
        }
    }

    /// Reads what other tabs stored while this one had no lock.
    pub(super) fn read_again(self) {
        self.of_other_tab.try_set(None);
        self.write_closed();
        if let Ok(loaded) = self.store().and_then(|store| store.take_up()) {
            self.queue
                .try_update(|queue| *queue = self.with_unkept(queue, loaded));
        }
    }

    /// Returns the loaded runs, and those that only this page knows because the storage had no room for them.
    pub(super) fn with_unkept(self, queue: &Queue, loaded: Loaded) -> Queue {
        let unkept = self.unkept.try_get_value().unwrap_or_default();
        let mut runs = loaded.runs;
        runs.extend(
            queue
                .runs()
                .filter(|run| unkept.contains(&run.id()))
                .cloned(),
        );
        Queue::of(runs, false)
    }

    pub(super) fn has_lock(self) -> bool {
        self.lock
            .try_with_value(Option::is_some)
            .unwrap_or_default()
    }

    pub(super) async fn lock_it(self) -> LockHolder {
        let name = self.lock_name();
        let mut lock = try_lock(&name).await;
        for pause in RETRIES {
            if lock.is_some() || self.has_lock() {
                break;
            }
            wait(pause).await;
            lock = try_lock(&name).await;
            if lock.is_some() {
                wait(SETTLING).await;
            }
        }
        self.hold(lock)
    }

    pub(super) fn lock_name(self) -> String {
        format!("switchboard run {}", self.known.organisation())
    }

    pub(super) fn hold(self, lock: Option<Lock>) -> LockHolder {
        let is_locked = lock.is_some();
        let was_held = self.lock.try_update_value(|held| {
            let was_held = held.is_some();
            *held = held.take().or(lock);
            was_held
        });
        match was_held {
            Some(true) => LockHolder::Before,
            Some(false) if is_locked => LockHolder::FromNow,
            _ => LockHolder::Elsewhere,
        }
    }

    pub(crate) fn give_up_lock(self) {
        self.lock.try_set_value(None);
    }
}

/// Says which tab has the lock.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum LockHolder {
    /// Another tab has it.
    Elsewhere,
    /// This tab had it before.
    Before,
    /// This tab has just taken it.
    FromNow,
}

/// Returns the run that another tab is executing.
pub(super) fn executing(runs: &[Run<Task>]) -> Option<&Run<Task>> {
    runs.iter().find(|run| !run.is_at_rest())
}
