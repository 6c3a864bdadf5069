//! Reading and writing records over any key-value storage; in the browser, `localStorage`.

use switchboard_api::DomainName;

use super::aside::SetAside;
use super::keys::{OrganisationKey, aside_prefix};
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
        self.keep(&organisation.domain_key(&known.name), known)
    }

    /// Keeps a domain under a key, merged with what lies there.
    pub(super) fn keep(&self, key: &str, known: KnownDomain) -> Result<KnownDomain, StoreError> {
        let merged = match self.read(key)? {
            Some(before) => before.merged_with(known),
            None => known,
        };
        let text = merged.to_text();
        self.storage.set(key, &text)?;
        if self.storage.get(key)?.as_deref() == Some(text.as_str()) {
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
}

#[cfg(test)]
#[path = "store_tests.rs"]
mod tests;
