//! Reading and writing the journal over any key-value storage; in the browser, `localStorage`.

use super::entry::Entry;
use crate::workspace::{KeyValue, OrganisationKey, StoreError};

/// How many entries of an organisation are kept: the newest.
const ENTRIES: usize = 500;

/// The journal over a storage.
#[derive(Clone, Debug)]
pub struct Journal<S> {
    storage: S,
}

impl<S: KeyValue> Journal<S> {
    /// The journal in this storage.
    pub fn new(storage: S) -> Self {
        Self { storage }
    }

    /// The entries of an organisation, newest first. One that cannot be read, perhaps because a later release wrote it, is passed over
    /// and left where it is.
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

    /// Keeps an entry: a new one, or one of the same name as it is now. When there are more than are kept, the oldest go.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be kept.
    pub fn keep(&self, organisation: &OrganisationKey, entry: &Entry) -> Result<(), StoreError> {
        let key = format!("{}{}", organisation.journal_prefix(), entry.id());
        self.storage.set(&key, &entry.to_text())?;
        let keys = self.keys(organisation)?;
        for oldest in keys.iter().take(keys.len().saturating_sub(ENTRIES)) {
            self.storage.remove(oldest)?;
        }
        Ok(())
    }

    /// The keys of the entries, oldest first.
    fn keys(&self, organisation: &OrganisationKey) -> Result<Vec<String>, StoreError> {
        let prefix = organisation.journal_prefix();
        let mut keys = self.storage.keys()?;
        keys.retain(|key| key.starts_with(&prefix));
        keys.sort_unstable();
        Ok(keys)
    }
}

#[cfg(test)]
#[path = "store_tests.rs"]
mod tests;
