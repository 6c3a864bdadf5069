//! Stores the runs in this browser, and closes those that are over.

use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_model::bulk::{Head, Purpose, Queue, Run, RunStore, Task};
use switchboard_model::workspace::StoreError;

use super::Runs;
use super::ownership::{LockHolder, SETTLING};
use crate::browser::lock::lock;
use crate::browser::storage::{Area, BrowserStorage};
use crate::browser::timeout::wait;
use crate::i18n::{Text, tf};
use crate::wording::store::store_error;

impl Runs {
    /// Stores which runs were closed while this tab had no lock.
    pub(super) fn write_closed(self) {
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

/// Returns whether a run only looks things up. It changes nothing, so the journal does not need it.
fn is_look_up(head: &Head) -> bool {
    matches!(head.purpose, Purpose::LookUp { .. })
}

/// Returns the runs that went well: they need no decision.
fn clean(queue: &Queue) -> Vec<u64> {
    let clean = |run: &&Run<Task>| run.progress().went_well();
    queue.runs().filter(clean).map(Run::id).collect()
}
