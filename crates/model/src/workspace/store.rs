//! Reading and writing records over any key-value storage; in the browser, `localStorage`.

use switchboard_api::DomainName;

use super::keys::{OrganisationKey, aside_key, aside_prefix};
use super::record::KnownDomain;
use super::rename::PendingRename;

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

/// A record that could not be read and now lies elsewhere, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    /// Where it is kept now.
    pub key: String,
    /// The text as it was found.
    pub text: String,
}

impl SetAside {
    /// What the record was about, as its key says it: kind, organisation and domain.
    #[must_use]
    pub fn about(&self) -> &str {
        super::keys::about(&self.key)
    }
}

/// What is known of an organisation's domains.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// The domains, by name.
    pub domains: Vec<KnownDomain>,
    /// Records of any organisation that could not be read, now or earlier.
    pub set_aside: Vec<SetAside>,
    /// Renames whose outcome nobody noted: the page was closed in the middle.
    pub renames: Vec<PendingRename>,
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

    /// Every known domain of an organisation. A record that cannot be read is set aside and told.
    ///
    /// # Errors
    /// [`StoreError`] when the storage cannot be reached.
    pub fn list(&self, organisation: &OrganisationKey) -> Result<Listing, StoreError> {
        let prefix = organisation.domain_prefix();
        let mut listing = Listing::default();
        for key in self.storage.keys()? {
            if !key.starts_with(&prefix) {
                continue;
            }
            match self.read(&key) {
                Ok(Some(known)) => listing.domains.push(known),
                Ok(None) => {}
                // No room to set it aside: it stays where it is, and is told all the same.
                Err(_) => {
                    if let Some(text) = self.storage.get(&key)? {
                        listing.set_aside.push(SetAside { key, text });
                    }
                }
            }
        }
        listing
            .domains
            .sort_by(|one, other| one.name.cmp(&other.name));
        for key in self.storage.keys()? {
            if key.starts_with(aside_prefix())
                && let Some(text) = self.storage.get(&key)?
            {
                listing.set_aside.push(SetAside { key, text });
            }
        }
        listing.renames = self.pending_renames(organisation)?;
        listing
            .set_aside
            .sort_by(|one, other| one.key.cmp(&other.key));
        Ok(listing)
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
        self.read(&organisation.domain_key(name))
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
        let key = organisation.domain_key(&known.name);
        let merged = match self.read(&key)? {
            Some(before) => before.merged_with(known),
            None => known,
        };
        let text = merged.to_text();
        self.storage.set(&key, &text)?;
        if self.storage.get(&key)?.as_deref() == Some(text.as_str()) {
            Ok(merged)
        } else {
            Err(StoreError::NotKept)
        }
    }

    /// Forgets a domain and the code held for it.
    ///
    /// # Errors
    /// [`StoreError`] when the storage cannot be reached.
    pub fn forget(
        &self,
        organisation: &OrganisationKey,
        name: &DomainName,
    ) -> Result<(), StoreError> {
        self.storage.remove(&organisation.domain_key(name))
    }

    /// Deletes a record that could not be read. One that is another text by now stays: nobody has looked at that one.
    ///
    /// # Errors
    /// [`StoreError`] when the storage cannot be reached.
    pub fn delete_set_aside(&self, record: &SetAside) -> Result<(), StoreError> {
        if self.storage.get(&record.key)?.as_ref() == Some(&record.text) {
            self.storage.remove(&record.key)?;
        }
        Ok(())
    }

    pub(super) fn read(&self, key: &str) -> Result<Option<KnownDomain>, StoreError> {
        let Some(text) = self.storage.get(key)? else {
            return Ok(None);
        };
        match KnownDomain::from_text(&text) {
            Ok(known) => Ok(Some(known)),
            Err(_) => {
                self.set_aside(key, &text)?;
                Ok(None)
            }
        }
    }

    /// Moves an unreadable text to a free place of its own. It is copied before it is removed: a stop in between leaves it twice, not nowhere.
    fn set_aside(&self, key: &str, text: &str) -> Result<(), StoreError> {
        let mut attempt = 0;
        let place = loop {
            let place = aside_key(key, attempt);
            match self.storage.get(&place)? {
                Some(there) if there != text => attempt += 1,
                _ => break place,
            }
        };
        self.storage.set(&place, text)?;
        self.storage.remove(key)
    }
}

#[cfg(test)]
#[path = "store_tests.rs"]
mod tests;
