//! Stores the runs in this browser, and locks them for the tab that drives them.

use std::time::Duration;

use futures_channel::oneshot;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_model::bulk::{Head, Loaded, Purpose, Queue, Run, RunStore, Task};
use switchboard_model::workspace::StoreError;

use super::Runs;
use crate::browser::lock::{Lock, lock, try_lock};
use crate::browser::storage::{Area, BrowserStorage};
use crate::i18n::{Text, t, tf};
use crate::wording::runs as words;
use crate::wording::store::store_error;

/// The pauses between attempts to take the lock: browsers free a lock late, and another tab may hold it just to close a run.
const RETRIES: [Duration; 3] = [
    Duration::from_millis(60),
    Duration::from_millis(240),
    Duration::from_millis(600),
];

/// How long to wait before reading what another tab has just written. Browsers copy `localStorage` between processes without making the lock
/// wait for it: a tab that read at once saw ended rows as in flight, and stored that.
const SETTLING: Duration = Duration::from_millis(250);

/// How long to gather changes that another tab stores before reading them.
const GATHERING: Duration = Duration::from_millis(400);

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
    fn read_again(self) {
        self.of_other_tab.try_set(None);
        self.write_closed();
        if let Ok(loaded) = self.store().and_then(|store| store.take_up()) {
            self.queue
                .try_update(|queue| *queue = self.with_unkept(queue, loaded));
        }
    }

    /// Stores which runs were closed while this tab had no lock.
    fn write_closed(self) {
        let closed = self.closed.try_update_value(std::mem::take);
        let (Some(closed), Ok(store)) = (closed.filter(|ids| !ids.is_empty()), self.store()) else {
            return;
        };
        for head in store.heads().unwrap_or_default() {
            if closed.contains(&head.id) {
                let _ = if is_look_up(&head) {
                    store.forget(head.id)
                } else {
                    store.change_head(head.id, |head| head.dismissed = true)
                };
            }
        }
        self.journal.tell();
    }

    /// Returns the loaded runs, and those that only this page knows because the storage had no room for them.
    fn with_unkept(self, queue: &Queue, loaded: Loaded) -> Queue {
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

    fn has_lock(self) -> bool {
        self.lock
            .try_with_value(Option::is_some)
            .unwrap_or_default()
    }

    async fn lock_it(self) -> LockHolder {
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

    fn lock_name(self) -> String {
        format!("switchboard run {}", self.known.organisation())
    }

    fn hold(self, lock: Option<Lock>) -> LockHolder {
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

    /// Shows other tabs' runs that are at rest and need a decision, beside the results that this tab shows already. Of a
    /// run that is executing, it shows only which one.
    fn show_what_rests(self) {
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

    /// Closes the runs that went well.
    pub(crate) fn dismiss_clean(self) {
        let clean = self.queue.try_with_untracked(clean).unwrap_or_default();
        if !clean.is_empty() {
            spawn_local(self.dismiss(clean));
        }
    }

    /// Closes a run that is over.
    pub(crate) fn close(self, id: u64) {
        self.trouble.set(None);
        spawn_local(self.dismiss(vec![id]));
    }

    /// Closes runs that are over, at once. What they changed stays in the journal. If another tab holds the lock, the closing is stored once it
    /// releases the lock.
    async fn dismiss(self, ids: Vec<u64>) {
        if self.has_lock() {
            return self.act(|queue| self.put_away(queue, &ids, true));
        }
        self.closed.try_update_value(|closed| closed.extend(&ids));
        self.queue
            .try_update(|queue| self.put_away(queue, &ids, false));
        let mut held = self.lock_it().await;
        if held == LockHolder::Elsewhere {
            let lock = lock(&self.lock_name()).await;
            wait(SETTLING).await;
            held = self.hold(lock);
        }
        if held == LockHolder::FromNow {
            self.write_closed();
            self.give_up_lock();
        }
    }

    /// Closes runs. Without the lock, only this page stops showing them.
    fn put_away(self, queue: &mut Queue, ids: &[u64], owns: bool) {
        for id in ids {
            let is_over = queue.run(*id).is_some_and(|run| run.progress().is_over());
            if owns && is_over {
                self.keep_dismissed(queue, *id);
            }
            if is_over {
                queue.remove(*id);
            }
        }
    }

    fn keep_dismissed(self, queue: &mut Queue, id: u64) {
        let (Ok(store), Some(run)) = (self.store(), queue.run_mut(id)) else {
            return;
        };
        if is_look_up(run.head()) {
            let _ = store.forget(id);
        } else {
            run.dismiss();
            let _ = store.keep(run);
        }
        self.journal.tell();
    }

    pub(crate) fn report_persistence(self, kept: Result<(), StoreError>) {
        if let Err(error) = kept {
            let reason = store_error(error);
            let told = tf(Text::RunNotKept, &[("reason", &reason)]);
            if self
                .trouble
                .with_untracked(|trouble| trouble.as_ref() != Some(&told))
            {
                self.trouble.set(Some(told));
            }
        }
    }

    pub(crate) fn keep_new(self, run: &mut Run<Task>) -> Result<(), StoreError> {
        self.store()?.begin(run)?;
        self.journal.tell();
        Ok(())
    }

    /// Stores what changed of every run. Only the tab that holds the lock writes.
    pub(crate) fn keep_all(self, queue: &mut Queue) -> Result<(), StoreError> {
        if !self.has_lock() {
            return Ok(());
        }
        let store = self.store()?;
        let unkept = self.unkept.try_get_value().unwrap_or_default();
        let mut is_news = false;
        for run in queue.runs_mut().filter(|run| !unkept.contains(&run.id())) {
            is_news |= store.keep(run)?;
        }
        if is_news {
            self.journal.tell();
        }
        Ok(())
    }

    pub(crate) fn keep_undone(self, id: u64) {
        if let Ok(store) = self.store() {
            let _ = store.change_head(id, |head| head.undone = true);
            self.journal.tell();
        }
    }

    pub(crate) fn store(self) -> Result<RunStore<BrowserStorage>, StoreError> {
        Ok(RunStore::new(
            Area::Local.open()?,
            self.known.organisation(),
        ))
    }
}

/// Returns the run that another tab is executing.
fn executing(runs: &[Run<Task>]) -> Option<&Run<Task>> {
    runs.iter().find(|run| !run.is_at_rest())
}

/// Says which tab has the lock.
#[derive(Clone, Copy, PartialEq)]
enum LockHolder {
    /// Another tab has it.
    Elsewhere,
    /// This tab had it before.
    Before,
    /// This tab has just taken it.
    FromNow,
}

/// Returns whether a run only looks things up. It changes nothing, so the journal does not need it.
fn is_look_up(head: &Head) -> bool {
    matches!(head.purpose, Purpose::LookUp { .. })
}

/// Returns whether a tab shows a run that another tab executed. A result that is on the screen stays there, also one that
/// went well.
fn needs_somebody(run: &Run<Task>, shown: &[u64]) -> bool {
    !run.progress().went_well() || shown.contains(&run.id())
}

/// Returns the runs that went well: they need no decision.
fn clean(queue: &Queue) -> Vec<u64> {
    let clean = |run: &&Run<Task>| run.progress().went_well();
    queue.runs().filter(clean).map(Run::id).collect()
}

async fn wait(time: Duration) {
    let (tell, told) = oneshot::channel::<()>();
    set_timeout(move || drop(tell), time);
    let _ = told.await;
}
