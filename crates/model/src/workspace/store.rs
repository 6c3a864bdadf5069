//! Reading and writing records over any key-value storage; in the browser, `localStorage`.

use switchboard_api::{DomainName, EmbedCode};

use super::keys::{OrganisationKey, RecordKey, quarantine_key};
use super::record::{HeldCode, KnownDomain};

/// How often a record is written while other tabs write it too.
const ATTEMPTS: usize = 3;

/// Why the storage did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// There is no storage, or the browser forbids it.
    #[error("this browser does not let the page keep anything")]
    Blocked,
    /// The storage is full.
    #[error("this browser's storage for the page is full")]
    Full,
    /// What was written is not what can be read back.
    #[error("what was written could not be read back")]
    NotKept,
    /// Everything was forgotten since the page was opened: what it remembers must not come back ([`super::Guarded`]).
    #[error("everything was forgotten since the page was opened")]
    Forgotten,
}

/// A storage of texts by key, as `localStorage` is one.
pub trait KeyValue {
    /// The text under a key.
    ///
    /// # Errors
    /// [`StoreError::Blocked`] when the storage cannot be reached.
    fn get(&self, key: &str) -> Result<Option<String>, StoreError>;
    /// Puts a text under a key.
    ///
    /// # Errors
    /// [`StoreError::Full`] or [`StoreError::Blocked`]; nothing has changed then.
    fn set(&self, key: &str, value: &str) -> Result<(), StoreError>;
    /// Takes a key away; no error when it is not there.
    ///
    /// # Errors
    /// [`StoreError::Blocked`] when the storage cannot be reached.
    fn remove(&self, key: &str) -> Result<(), StoreError>;
    /// Every key there is, in any order.
    ///
    /// # Errors
    /// [`StoreError::Blocked`] when the storage cannot be reached.
    fn keys(&self) -> Result<Vec<String>, StoreError>;
}

/// The workspace over a storage.
#[derive(Clone, Debug)]
pub struct Workspace<S> {
    pub(super) storage: S,
}

impl<S: KeyValue> Workspace<S> {
    /// The workspace in this storage.
    pub fn new(storage: S) -> Self {
        Self { storage }
    }

    /// What is known of one domain.
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

    /// Keeps a domain, merged with what is known of it already ([`KnownDomain::merged_with`]), and reads it back before it says so.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be kept: nothing of what was known before is lost then.
    pub fn remember(
        &self,
        organisation: &OrganisationKey,
        known: KnownDomain,
    ) -> Result<KnownDomain, StoreError> {
        self.keep(&organisation.record_key(&known.name), known)
    }

    /// Keeps a domain whose code is newer than any that is held.
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

    /// Keeps a domain whose imported code a person chose over the code `shown`. The choice was made for that code alone: when another one
    /// is held by now, that one stays.
    ///
    /// # Errors
    /// As [`Self::remember`].
    pub(super) fn keep_chosen(
        &self,
        organisation: &OrganisationKey,
        known: KnownDomain,
        shown: &EmbedCode,
    ) -> Result<KnownDomain, StoreError> {
        let record_key = organisation.record_key(&known.name);
        self.keep_as(&record_key, known, &Precedence::InPlaceOf(shown))
    }

    /// Keeps a domain, merged with what lies there.
    ///
    /// A code lies twice: in the record, and under a key of its own that nobody writes who has no such code. Between reading a record and
    /// writing it another tab may have written it, and what that one wrote is lost: a look-up can be repeated, a code cannot.
    pub(super) fn keep(
        &self,
        record_key: &RecordKey,
        known: KnownDomain,
    ) -> Result<KnownDomain, StoreError> {
        self.keep_as(record_key, known, &Precedence::Merged)
    }

    fn keep_as(
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
                // The record would only say it again.
                Err(StoreError::Full | StoreError::NotKept) if is_safe => return Ok(after),
                // Another tab has come between.
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

    /// Forgets a domain and the code held for it. A record that cannot be read stays in quarantine: it may belong to another domain.
    ///
    /// # Errors
    /// [`StoreError`] when the storage cannot be reached, or has no room for what is to be quarantined: that then lies where it lay.
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

    pub(super) fn read(&self, record_key: &RecordKey) -> Result<Option<KnownDomain>, StoreError> {
        let mut found = None;
        for key in record_key.keys() {
            found = merged(found, self.read_key(record_key, &key)?);
        }
        Ok(found)
    }

    /// What lies under one of a place's keys. What is no record of that domain is in quarantine.
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

    /// Moves an unreadable text to a place of its own. It is copied before it is removed: a stop in between leaves it twice, not nowhere.
    pub(super) fn quarantine(&self, key: &str, text: &str) -> Result<(), StoreError> {
        self.storage.set(&quarantine_key(key, text), text)?;
        self.remove_if(key, text)
    }

    /// Takes a key away that still holds this text: another tab may have put something else there.
    pub(super) fn remove_if(&self, key: &str, text: &str) -> Result<(), StoreError> {
        if self.storage.get(key)?.as_deref() == Some(text) {
            self.storage.remove(key)?;
        }
        Ok(())
    }
}

/// What happens when a code comes to a domain that has one.
enum Precedence<'a> {
    /// Whichever outranks the other stays.
    Merged,
    /// The one that comes stays.
    Newest,
    /// The one that comes stays if it meets this one, otherwise the one that is held.
    InPlaceOf(&'a EmbedCode),
}

impl Precedence<'_> {
    /// The code that comes, as it is to be merged with the one that is held here; nothing when it must not be.
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

/// Merges two readings of one record, of which either may be missing.
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
