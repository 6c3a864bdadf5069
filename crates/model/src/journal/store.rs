//! Reads and writes the journal in any key-value storage; in the browser, `localStorage`.

use super::change::Change;
use super::entry::{Entry, Seen, id};
use super::local::LocalEntry;
use crate::sort::sort;
use crate::workspace::{KeyValue, OrganisationKey, StoreError};

/// The number of entries kept for an organisation: the newest.
const ENTRIES: usize = 500;

/// The maximum size of an entry in bytes, so that the journal never takes the room that embed codes need.
const LONGEST: usize = 4 * 1024;

/// What the journal of an organisation contains.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recorded {
    /// The changes, newest first.
    pub changes: Vec<Entry>,
    /// What happened to the workspace of this browser, newest first.
    pub local: Vec<LocalEntry>,
    /// Since when nothing is missing, in milliseconds since 1970-01-01 UTC: since the journal began, or since the newest entry that was
    /// removed to make room or could not be stored. Nothing where that was not noted and nothing was recorded.
    pub since: Option<u64>,
}

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

    /// Notes that the journal begins `now`, unless it has begun before.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be noted.
    pub fn begin(&self, organisation: &OrganisationKey, now: u64) -> Result<(), StoreError> {
        let key = organisation.journal_since_key();
        if self.storage.get(&key)?.is_some() {
            return Ok(());
        }
        // An earlier release, which noted no beginning, may have written entries.
        let oldest = self.keys(organisation)?.first().and_then(|key| at_of(key));
        let since = oldest.unwrap_or(now).min(now);
        self.storage.set(&key, &since.to_string())
    }

    /// Returns everything that is recorded of an organisation. An entry that cannot be read, perhaps because a later release wrote it, is
    /// passed over and left where it is.
    ///
    /// # Errors
    /// [`StoreError`] when the storage cannot be reached.
    pub fn read(&self, organisation: &OrganisationKey) -> Result<Recorded, StoreError> {
        let keys = self.keys(organisation)?;
        let since = complete_since(&self.storage, organisation)?;
        let mut recorded = Recorded {
            since: since.or_else(|| keys.first().and_then(|key| at_of(key))),
            ..Recorded::default()
        };
        for key in keys.iter().rev() {
            let Some(text) = self.storage.get(key)? else {
                continue;
            };
            if let Some(entry) = Entry::from_text(&text) {
                recorded.changes.push(entry);
            } else if let Some(entry) = LocalEntry::from_text(&text) {
                recorded.local.push(entry);
            }
        }
        Ok(recorded)
    }

    /// Returns the changes of an organisation, newest first.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn list(&self, organisation: &OrganisationKey) -> Result<Vec<Entry>, StoreError> {
        Ok(self.read(organisation)?.changes)
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
        let key = key_of(organisation, entry);
        self.put(organisation, key, &entry.to_text(), known)
    }

    /// As [`Self::keep_among`], for an entry about the workspace of this browser.
    ///
    /// # Errors
    /// As [`Self::keep`].
    pub fn keep_local(
        &self,
        organisation: &OrganisationKey,
        entry: &LocalEntry,
        known: &mut Option<Vec<String>>,
    ) -> Result<(), StoreError> {
        let key = key_at(organisation, entry.at, entry.salt);
        self.put(organisation, key, &entry.to_text(), known)
    }

    fn put(
        &self,
        organisation: &OrganisationKey,
        key: String,
        text: &str,
        known: &mut Option<Vec<String>>,
    ) -> Result<(), StoreError> {
        let kept = if text.len() > LONGEST {
            Err(StoreError::NotKept)
        } else {
            self.storage.set(&key, text)
        };
        if let Err(error) = kept {
            // A full storage takes it, because the text has the same length as the one that it replaces.
            if let Some(at) = at_of(&key) {
                let _ = removed_up_to(&self.storage, organisation, at);
            }
            return Err(error);
        }
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
            if let Some(at) = at_of(&oldest) {
                removed_up_to(&self.storage, organisation, at)?;
            }
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
            Some(entry) => self.remove(organisation, &entry),
            None => Ok(()),
        }
    }

    /// Removes an entry.
    ///
    /// # Errors
    /// [`StoreError`] when the storage cannot be reached.
    pub fn remove(&self, organisation: &OrganisationKey, entry: &Entry) -> Result<(), StoreError> {
        self.storage.remove(&key_of(organisation, entry))
    }

    /// Returns the keys of the entries, oldest first.
    fn keys(&self, organisation: &OrganisationKey) -> Result<Vec<String>, StoreError> {
        let prefix = organisation.journal_prefix();
        let mut keys = self.storage.keys()?;
        keys.retain(|key| key.starts_with(&prefix));
        sort(&mut keys);
        Ok(keys)
    }
}

fn key_of(organisation: &OrganisationKey, entry: &Entry) -> String {
    key_at(organisation, entry.at, entry.salt)
}

fn key_at(organisation: &OrganisationKey, at: u64, salt: u32) -> String {
    let prefix = organisation.journal_prefix();
    format!("{prefix}{}", id(at, salt))
}

/// Returns since when the journal is complete, as it was noted.
fn complete_since(
    storage: &impl KeyValue,
    organisation: &OrganisationKey,
) -> Result<Option<u64>, StoreError> {
    let since = storage.get(&organisation.journal_since_key())?;
    Ok(since.and_then(|since| since.parse().ok()))
}

/// Notes that an entry of this time, or a run, was removed: the journal is complete since then only.
///
/// # Errors
/// [`StoreError`] when it could not be noted.
pub(crate) fn removed_up_to(
    storage: &impl KeyValue,
    organisation: &OrganisationKey,
    at: u64,
) -> Result<(), StoreError> {
    if complete_since(storage, organisation)?.is_some_and(|since| since > at) {
        return Ok(());
    }
    storage.set(&organisation.journal_since_key(), &(at + 1).to_string())
}

/// Returns the time of the entry under a key.
fn at_of(key: &str) -> Option<u64> {
    let (_, id) = key.rsplit_once(' ')?;
    id.split_once('-')?.0.parse().ok()
}

#[cfg(test)]
mod tests;
