//! Reads and writes records in any key-value storage; in the browser, `localStorage`.

use switchboard_api::{DomainName, EmbedCode};

use super::keys::{OrganisationKey, RecordKey, quarantine_key};
use super::record::{CodeOrigin, HeldCode, KnownDomain};

/// The number of attempts to write a record that other tabs write too.
const ATTEMPTS: usize = 3;

/// Why a storage operation failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// There is no storage, or the browser blocks it.
    #[error("this browser does not let the page keep anything")]
    Blocked,
    /// The storage is full.
    #[error("this browser's storage for the page is full")]
    Full,
    /// The value read back differs from the one written.
    #[error("what was written could not be read back")]
    NotKept,
    /// Everything was forgotten since the page was opened: what the page remembers must not be restored
    /// ([`super::Guarded`]).
    #[error("everything was forgotten since the page was opened")]
    Forgotten,
}

/// A key-value storage of texts, such as `localStorage`.
pub trait KeyValue {
    /// Returns the text of a key.
    ///
    /// # Errors
    /// [`StoreError::Blocked`] when the storage cannot be reached.
    fn get(&self, key: &str) -> Result<Option<String>, StoreError>;
    /// Sets the text of a key.
    ///
    /// # Errors
    /// [`StoreError::Full`] or [`StoreError::Blocked`]; nothing has changed then.
    fn set(&self, key: &str, value: &str) -> Result<(), StoreError>;
    /// Removes a key; a missing one is no error.
    ///
    /// # Errors
    /// [`StoreError::Blocked`] when the storage cannot be reached.
    fn remove(&self, key: &str) -> Result<(), StoreError>;
    /// Returns all keys, in any order.
    ///
    /// # Errors
    /// [`StoreError::Blocked`] when the storage cannot be reached.
    fn keys(&self) -> Result<Vec<String>, StoreError>;
}

/// The workspace in a storage.
#[derive(Clone, Debug)]
pub struct Workspace<S> {
    pub(super) storage: S,
}

impl<S: KeyValue> Workspace<S> {
    /// Creates the workspace in a storage.
    pub fn new(storage: S) -> Self {
        Self { storage }
    }

    /// Returns what is known of one domain.
    ///
    /// # Errors
    /// [`StoreError`] when the storage cannot be reached.
    pub fn find(
        &self,
        organisation: &OrganisationKey,
        name: &DomainName,
    ) -> Result<Option<KnownDomain>, StoreError> {
        self.read(&organisation.record_key(name))
    }

    /// Stores a domain, merged with what is known of it ([`KnownDomain::merged_with`]), and reads it back.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be stored; what was known before is not lost.
    pub fn remember(
        &self,
        organisation: &OrganisationKey,
        known: KnownDomain,
    ) -> Result<KnownDomain, StoreError> {
        self.keep(&organisation.record_key(&known.name), known)
    }

    /// Stores a domain whose code is newer than any stored one.
    ///
    /// # Errors
    /// As [`Self::remember`].
    pub(super) fn keep_newest(
        &self,
        organisation: &OrganisationKey,
        known: KnownDomain,
    ) -> Result<KnownDomain, StoreError> {
        let record_key = organisation.record_key(&known.name);
        self.keep_as(&record_key, known, &Precedence::Newest)
    }

    /// Stores a domain whose code the user chose over the code `shown`. The choice applies to that code alone: if
    /// another one is stored by now, that one stays.
    ///
    /// # Errors
    /// As [`Self::remember`].
    pub fn keep_chosen(
        &self,
        organisation: &OrganisationKey,
        known: KnownDomain,
        shown: &EmbedCode,
    ) -> Result<KnownDomain, StoreError> {
        let record_key = organisation.record_key(&known.name);
        self.keep_as(&record_key, known, &Precedence::InPlaceOf(shown))
    }

    /// Stores a domain, merged with the stored record.
    ///
    /// A code is stored twice: in the record, and under its own key, which only writers of such a code write. Another
    /// tab may write the record between this tab's read and write, and that write is lost. Other data can be looked
    /// up again, but a code cannot.
    pub(super) fn keep(
        &self,
        record_key: &RecordKey,
        known: KnownDomain,
    ) -> Result<KnownDomain, StoreError> {
        self.keep_as(record_key, known, &Precedence::Merged)
    }

    pub(super) fn keep_as(
        &self,
        record_key: &RecordKey,
        known: KnownDomain,
        precedence: &Precedence,
    ) -> Result<KnownDomain, StoreError> {
        let mut kept = Err(StoreError::NotKept);
        for _ in 0..ATTEMPTS {
            let before = self.read(record_key)?;
            let here = before.as_ref().and_then(|before| before.held.as_ref());
            let known = KnownDomain {
                held: known
                    .held
                    .clone()
                    .and_then(|held| precedence.of(held, here)),
                ..known.clone()
            };
            let after = match before {
                Some(before) => before.merged_with(known.clone()),
                None => known.clone(),
            };
            let text = after.to_text();
            let is_safe = match &known.held {
                Some(held) if after.held == known.held => {
                    self.put(&record_key.code_key(held.origin), &text)?;
                    true
                }
                _ => false,
            };
            kept = self
                .put(&record_key.domain_key(), &text)
                .map(|()| after.clone());
            match kept {
                // The record would only repeat it.
                Err(StoreError::Full | StoreError::NotKept) if is_safe => return Ok(after),
                // Another tab wrote in between.
                Err(StoreError::NotKept) => {}
                _ => break,
            }
        }
        kept
    }

    /// Writes a text and reads it back.
    pub(super) fn put(&self, key: &str, text: &str) -> Result<(), StoreError> {
        self.storage.set(key, text)?;
        if self.storage.get(key)?.as_deref() == Some(text) {
            Ok(())
        } else {
            Err(StoreError::NotKept)
        }
    }

    /// Forgets a domain and its stored code. Moves an unreadable record to quarantine, because it may belong to
    /// another domain.
    ///
    /// # Errors
    /// [`StoreError`] when the storage cannot be reached, or has no room for the quarantine: the unreadable record
    /// then stays where it is.
    pub fn forget(
        &self,
        organisation: &OrganisationKey,
        name: &DomainName,
    ) -> Result<(), StoreError> {
        let record_key = organisation.record_key(name);
        for key in record_key.keys() {
            if self.read_key(&record_key, &key)?.is_some() {
                self.storage.remove(&key)?;
            }
        }
        Ok(())
    }

    /// Returns the code that the API gave when the domain was added in this browser, also if another one has replaced
    /// it since.
    ///
    /// # Errors
    /// [`StoreError`] when the storage cannot be reached.
    pub fn added_code(
        &self,
        organisation: &OrganisationKey,
        name: &DomainName,
    ) -> Result<Option<HeldCode>, StoreError> {
        let record_key = organisation.record_key(name);
        let key = record_key.code_key(CodeOrigin::Added);
        let added = self.read_key(&record_key, &key)?;
        Ok(added.and_then(|added| added.held))
    }

    pub(super) fn read(&self, record_key: &RecordKey) -> Result<Option<KnownDomain>, StoreError> {
        let mut found = None;
        for key in record_key.keys() {
            found = merged(found, self.read_key(record_key, &key)?);
        }
        Ok(found)
    }

    /// Reads the record under one of a domain's keys. Moves a text that is not a record of that domain to quarantine.
    pub(super) fn read_key(
        &self,
        record_key: &RecordKey,
        key: &str,
    ) -> Result<Option<KnownDomain>, StoreError> {
        let Some(text) = self.storage.get(key)? else {
            return Ok(None);
        };
        match record_key.read(&text) {
            Ok(known) => Ok(Some(known)),
            Err(_) => {
                self.quarantine(key, &text)?;
                Ok(None)
            }
        }
    }

    /// Moves an unreadable text to its own key. Copies before it removes, so that an interruption leaves two copies
    /// rather than none.
    pub(super) fn quarantine(&self, key: &str, text: &str) -> Result<(), StoreError> {
        self.storage.set(&quarantine_key(key, text), text)?;
        self.remove_if(key, text)
    }

    /// Removes a key if it still has this text: another tab may have written something else.
    pub(super) fn remove_if(&self, key: &str, text: &str) -> Result<(), StoreError> {
        if self.storage.get(key)?.as_deref() == Some(text) {
            self.storage.remove(key)?;
        }
        Ok(())
    }
}

/// The rule for a code that arrives for a domain that has one.
pub(super) enum Precedence<'a> {
    /// The one that outranks the other stays.
    Merged,
    /// The arriving one stays.
    Newest,
    /// The arriving one replaces this code, but no other.
    InPlaceOf(&'a EmbedCode),
}

impl Precedence<'_> {
    /// Returns the arriving code in a form to be merged with the stored one; `None` if it must not be merged.
    fn of(&self, held: HeldCode, here: Option<&HeldCode>) -> Option<HeldCode> {
        match self {
            Self::Merged => Some(held),
            Self::Newest => Some(held.dated_after(here)),
            Self::InPlaceOf(shown) => here
                .is_none_or(|here| here.code == **shown || here.code == held.code)
                .then(|| held.dated_after(here)),
        }
    }
}

/// Merges two reads of one record, either of which may be missing.
pub(super) fn merged(
    older: Option<KnownDomain>,
    newer: Option<KnownDomain>,
) -> Option<KnownDomain> {
    match (older, newer) {
        (Some(older), Some(newer)) => Some(older.merged_with(newer)),
        (older, newer) => newer.or(older),
    }
}

#[cfg(test)]
mod tests;
