//! Reads and writes the journal in any key-value storage; in the browser, `localStorage`.

use super::change::Change;
use super::entry::{Entry, Seen};
use crate::workspace::{KeyValue, OrganisationKey, StoreError};

/// The number of entries kept for an organisation: the newest.
const ENTRIES: usize = 500;

/// The maximum size of an entry in bytes, so that the journal never takes the room that embed codes need.
const LONGEST: usize = 4 * 1024;

/// The journal over a storage.
#[derive(Clone, Debug)]
pub struct Journal<S> {
    storage: S,
}

impl<S: KeyValue> Journal<S> {
    /// Creates the journal in a storage.
    pub fn new(storage: S) -> Self {
        Self { storage }
    }

    /// Returns the entries of an organisation, newest first. Skips unreadable ones, which a later release may have
    /// written, and leaves them in the storage.
    ///
    /// # Errors
    /// [`StoreError`] when the storage cannot be reached.
    pub fn list(&self, organisation: &OrganisationKey) -> Result<Vec<Entry>, StoreError> {
        let mut entries = Vec::new();
        for key in self.keys(organisation)?.iter().rev() {
            if let Some(text) = self.storage.get(key)?
                && let Some(entry) = Entry::from_text(&text)
            {
                entries.push(entry);
            }
        }
        Ok(entries)
    }

    /// Stores a new entry, or replaces the one with the same id. Deletes the oldest entries beyond the limit.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be stored.
    pub fn keep(&self, organisation: &OrganisationKey, entry: &Entry) -> Result<(), StoreError> {
        self.keep_among(organisation, entry, &mut None)
    }

    /// As [`Self::keep`], for storing many entries in a row, because scanning a storage takes longer than a write.
    /// `known` contains the keys of the existing entries, oldest first, as the previous call left them; `None` if
    /// another tab may have changed them.
    ///
    /// # Errors
    /// As [`Self::keep`].
    pub fn keep_among(
        &self,
        organisation: &OrganisationKey,
        entry: &Entry,
        known: &mut Option<Vec<String>>,
    ) -> Result<(), StoreError> {
        let text = entry.to_text();
        if text.len() > LONGEST {
            return Err(StoreError::NotKept);
        }
        let key = key_of(organisation, entry);
        self.storage.set(&key, &text)?;
        let mut keys = match known.take() {
            Some(keys) => keys,
            None => self.keys(organisation)?,
        };
        if let Err(at) = keys.binary_search(&key) {
            keys.insert(at, key);
        }
        let too_many = keys.len().saturating_sub(ENTRIES);
        for oldest in keys.drain(..too_many) {
            self.storage.remove(&oldest)?;
        }
        *known = Some(keys);
        Ok(())
    }

    /// Records the look-up of a change whose answer was lost: updates its entry, or deletes it if the change did not
    /// happen.
    ///
    /// # Errors
    /// [`StoreError`] when the storage cannot be reached.
    pub fn looked_up(
        &self,
        organisation: &OrganisationKey,
        change: &Change,
        happened: bool,
    ) -> Result<(), StoreError> {
        let unsure = |entry: &Entry| entry.seen == Seen::Unknown && entry.change == *change;
        match self.list(organisation)?.into_iter().find(unsure) {
            Some(entry) if happened => self.keep(
                organisation,
                &Entry {
                    seen: Seen::Worked,
                    ..entry
                },
            ),
            Some(entry) => self.storage.remove(&key_of(organisation, &entry)),
            None => Ok(()),
        }
    }

    /// Returns the keys of the entries, oldest first.
    fn keys(&self, organisation: &OrganisationKey) -> Result<Vec<String>, StoreError> {
        let prefix = organisation.journal_prefix();
        let mut keys = self.storage.keys()?;
        keys.retain(|key| key.starts_with(&prefix));
        keys.sort_unstable();
        Ok(keys)
    }
}

fn key_of(organisation: &OrganisationKey, entry: &Entry) -> String {
    format!("{}{}", organisation.journal_prefix(), entry.id())
}

#[cfg(test)]
mod tests;
