//! The copy of the workspace on disk. Browsers write `localStorage` to disk late, so a killed browser loses the last
//! seconds. Every key of the workspace is therefore replicated to a second place whose writes are durable once they
//! complete (in the browser, IndexedDB). The page reads and writes `localStorage`; the copy follows it, and is read
//! once, when the page is opened.
//!
//! The copy takes a key's value at the time of the write, not at the time of the change, so the order of the tabs'
//! writes does not matter. A removed key leaves a tombstone until the copy has removed it too, so that closing the
//! page in between does not restore what was forgotten. The tombstone contains the time of the removal: a copy that
//! is newer belongs to another record. The epoch ([`super::Epoch`]) is a tombstone for everything at once.

use super::epoch::Epoch;
use super::keys::{RecordKey, is_workspace, key_of_tombstone, quarantine_key, tombstone_key};
use super::store::{KeyValue, StoreError, Workspace};

/// Receives the changes to a [`Replicated`] storage.
pub trait Watcher {
    /// Called when a key of the workspace has changed. Must not access the storage.
    fn changed(&self, key: &str);
    /// Returns the time, in milliseconds since 1970-01-01 UTC.
    fn now(&self) -> u64;
}

/// A storage that reports changed keys of the workspace to a [`Watcher`], so that a replica can follow, and writes a
/// tombstone for each removed key.
#[derive(Clone, Debug)]
pub struct Replicated<S, W> {
    storage: S,
    watcher: W,
}

impl<S: KeyValue, W: Watcher> Replicated<S, W> {
    /// Wraps a storage, and reports its changes to the watcher.
    pub fn new(storage: S, watcher: W) -> Self {
        Self { storage, watcher }
    }
}

impl<S: KeyValue, W: Watcher> KeyValue for Replicated<S, W> {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.storage.get(key)
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StoreError> {
        self.storage.set(key, value)?;
        if is_workspace(key) {
            self.watcher.changed(key);
        }
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), StoreError> {
        if !is_workspace(key) || self.storage.get(key)?.is_none() {
            return self.storage.remove(key);
        }
        let (note, now) = (tombstone_key(key), self.watcher.now().to_string());
        let is_noted = self.storage.set(&note, &now).is_ok();
        self.storage.remove(key)?;
        if !is_noted {
            // The removal has made room.
            let _ = self.storage.set(&note, &now);
        }
        self.watcher.changed(key);
        Ok(())
    }

    fn keys(&self) -> Result<Vec<String>, StoreError> {
        self.storage.keys()
    }
}

/// A change of one key in the copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DiskChange {
    /// Set the value of a key.
    Put {
        /// The key.
        key: String,
        /// The value.
        text: String,
    },
    /// Remove a key.
    Remove {
        /// The key.
        key: String,
        /// The key's tombstone, if there is one. It is deleted once the key is removed.
        note: Option<String>,
    },
}

/// The value of a key in the copy, and when it was written.
struct Entry<'a> {
    at: u64,
    text: &'a str,
}

impl<'a> Entry<'a> {
    fn read(held: &'a str) -> Self {
        let parts = held
            .split_once(' ')
            .and_then(|(at, text)| Some((at.parse().ok()?, text)));
        let (at, text) = parts.unwrap_or((0, held));
        Self { at, text }
    }
}

impl<S: KeyValue> Workspace<S> {
    /// Returns the changes that the copy needs for these keys.
    ///
    /// # Errors
    /// [`StoreError`] when the storage cannot be reached.
    pub fn changes_for_disk(
        &self,
        keys: &[String],
        now: u64,
    ) -> Result<Vec<DiskChange>, StoreError> {
        let change = |key: &String| self.change_for_disk(key, now);
        keys.iter().map(change).collect()
    }

    /// Restores what the copy has and the storage lacks, merged with what is known there
    /// ([`KnownDomain::merged_with`]). Returns the changes that the copy needs, so that both have the same content
    /// afterwards. Does not restore what was forgotten. The copy's content is ordered by key.
    ///
    /// # Errors
    /// [`StoreError`] when the storage could not be reached, or had no room for all. The copy must not change then.
    pub fn bring_back(
        &self,
        copy: &[(String, String)],
        now: u64,
    ) -> Result<Vec<DiskChange>, StoreError> {
        let is_copied = |key: &str| {
            copy.binary_search_by(|(copied, _)| (**copied).cmp(key))
                .is_ok()
        };
        let mut changes = Vec::new();
        let mut failed = None;
        let epoch = Epoch::of(&self.storage)?;
        for (key, held) in copy.iter().filter(|(key, _)| is_workspace(key)) {
            let entry = Entry::read(held);
            let is_forgotten = entry.at <= epoch.began() && epoch != Epoch::default();
            // If there is no room for one record, there may be for another.
            if !is_forgotten && let Err(error) = self.bring_back_one(key, &entry) {
                failed = Some(error);
            } else if self.storage.get(key)?.as_deref() != Some(entry.text) {
                changes.push(self.change_for_disk(key, now)?);
            }
        }
        for key in self.storage.keys()? {
            if is_workspace(&key) && !is_copied(&key) {
                changes.push(self.change_for_disk(&key, now)?);
            }
            if let Some(gone) = key_of_tombstone(&key)
                && (!is_copied(&gone) || self.storage.get(&gone)?.is_some())
            {
                self.storage.remove(&key)?;
            }
        }
        failed.map_or(Ok(changes), Err)
    }

    /// Deletes the tombstones of keys that the copy has removed, unless the same key was removed again since.
    ///
    /// # Errors
    /// [`StoreError`] when the storage cannot be reached.
    pub fn taken_over(&self, changes: &[DiskChange]) -> Result<(), StoreError> {
        for change in changes {
            if let DiskChange::Remove {
                key,
                note: Some(note),
            } = change
            {
                self.remove_if(&tombstone_key(key), note)?;
            }
        }
        Ok(())
    }

    fn change_for_disk(&self, key: &str, now: u64) -> Result<DiskChange, StoreError> {
        let key = key.to_owned();
        let note = self.storage.get(&tombstone_key(&key))?;
        let Some(text) = self.storage.get(&key)? else {
            return Ok(DiskChange::Remove { key, note });
        };
        if note.is_some() {
            // The key has been written again since.
            self.storage.remove(&tombstone_key(&key))?;
        }
        // If the clock was set back, the value would seem older than the last "Forget everything".
        let at = now.max(Epoch::of(&self.storage)?.began().saturating_add(1));
        let text = format!("{at} {text}");
        Ok(DiskChange::Put { key, text })
    }

    fn bring_back_one(&self, key: &str, entry: &Entry) -> Result<(), StoreError> {
        let Some(here) = self.storage.get(key)? else {
            let gone_at = self.storage.get(&tombstone_key(key))?;
            let gone_at = gone_at.and_then(|at| at.parse::<u64>().ok());
            if gone_at.is_some_and(|gone_at| entry.at <= gone_at) {
                return Ok(());
            }
            return self.storage.set(key, entry.text);
        };
        if here == entry.text {
            return Ok(());
        }
        let record_key = RecordKey::of_key(key);
        let read = |text: &str| record_key.as_ref()?.read(text).ok();
        match (read(&here), read(entry.text)) {
            (Some(known), Some(held)) => {
                let merged = held.merged_with(known).to_text();
                if merged == here {
                    return Ok(());
                }
                self.storage.set(key, &merged)
            }
            (Some(_), None) => self
                .storage
                .set(&quarantine_key(key, entry.text), entry.text),
            // Of two notes about an addition or a rename, the copy's counts: a killed browser reverts the storage.
            (None, _) => {
                if record_key.is_some() {
                    self.quarantine(key, &here)?;
                }
                self.storage.set(key, entry.text)
            }
        }
    }
}

#[cfg(test)]
mod tests;
