//! The copy of the workspace on disk. A browser writes `localStorage` to disk late: what came in the last seconds before the browser itself is
//! killed is gone. So every key of the workspace lies in a second place as well, whose writes are on disk once they are said to be done (in the
//! browser, IndexedDB). `localStorage` stays what the page reads and writes; the copy follows it, and is read once, when the page is opened.
//!
//! The copy takes over what a key holds at the moment of the write, not what it held when it was changed: then it does not matter in which
//! order tabs come to it. A key that was taken away leaves a note behind until it is gone from the copy too, so that a page that is closed in
//! between does not bring back what was forgotten. The note says when: what came into the copy later than that is another thing. The epoch
//! ([`super::Epoch`]) is such a note for everything at once.

use super::epoch::Epoch;
use super::keys::{RecordKey, is_workspace, key_of_tombstone, quarantine_key, tombstone_key};
use super::store::{KeyValue, StoreError, Workspace};

/// Receives the changes to a [`Replicated`] storage.
pub trait Watcher {
    /// A key of the workspace is changed. The storage is not to be touched now.
    fn changed(&self, key: &str);
    /// The time, in milliseconds since 1970-01-01 UTC.
    fn now(&self) -> u64;
}

/// Is a storage that reports changed keys of the workspace to a [`Watcher`], so that a replica can follow, and writes a tombstone for each
/// removed key.
#[derive(Clone, Debug)]
pub struct Replicated<S, W> {
    storage: S,
    watcher: W,
}

impl<S: KeyValue, W: Watcher> Replicated<S, W> {
    /// This storage, with who hears of its changes.
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
            // What is gone has made room.
            let _ = self.storage.set(&note, &now);
        }
        self.watcher.changed(key);
        Ok(())
    }

    fn keys(&self) -> Result<Vec<String>, StoreError> {
        self.storage.keys()
    }
}

/// What becomes of one key of the copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DiskChange {
    /// It holds this from now on.
    Put {
        /// The key.
        key: String,
        /// What it holds.
        text: String,
    },
    /// It goes.
    Remove {
        /// The key.
        key: String,
        /// The note that it was taken away, if there is one: no longer needed once the key is gone.
        note: Option<String>,
    },
}

/// What the copy holds under a key: when it came there, and the text.
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
    /// What the copy has to take over of these keys.
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

    /// Brings back what the copy holds and the storage does not, merged with what is known there ([`KnownDomain::merged_with`]), and gives what
    /// the copy has to take over in return: afterwards both hold the same. What was forgotten does not come back. The copy comes in the order of its
    /// keys.
    ///
    /// # Errors
    /// [`StoreError`] when the storage could not be reached, or had no room for all. The copy has to stay as it is then.
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
            // Where there is no room for one there may be some for another.
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

    /// The copy has taken these over: the notes of what is gone from it go too, unless the same key was taken away once more meanwhile.
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
            // It has come again since.
            self.storage.remove(&tombstone_key(&key))?;
        }
        // By a clock that was set back it would seem to have come before everything was forgotten.
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
            // Of two notes of an addition or a rename, the one in the copy: it is the storage that a kill sets back.
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
