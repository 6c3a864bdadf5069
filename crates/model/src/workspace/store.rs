//! Reading and writing records over any key-value storage; in the browser, `localStorage`.

use std::collections::BTreeSet;

use switchboard_api::DomainName;

use super::addition::PendingAddition;
use super::aside::SetAside;
use super::keys::{OrganisationKey, Place, aside_prefix};
use super::record::{CodeOrigin, HeldCode, KnownDomain};
use super::rename::PendingRename;

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
    /// Domains that were being added when the page was closed.
    pub additions: Vec<PendingAddition>,
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
        let mut listing = Listing::default();
        let keys = self.storage.keys()?;
        let places: BTreeSet<Place> = keys
            .iter()
            .filter_map(|key| Place::of_key(key))
            .filter(|place| organisation.owns(place))
            .collect();
        for place in places {
            let mut found = None;
            for key in place.keys() {
                match self.read_key(&place, &key) {
                    Ok(read) => found = merged(found, read),
                    // No room to set it aside: it stays where it is, and is told all the same.
                    Err(_) => {
                        if let Some(text) = self.storage.get(&key)? {
                            listing.set_aside.push(SetAside { key, text });
                        }
                    }
                }
            }
            listing.domains.extend(found);
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
        listing.additions = self.pending_additions(organisation)?;
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
        self.read(&organisation.place(name))
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
        self.keep(&organisation.place(&known.name), known)
    }

    /// Keeps a domain whose code has just come, from the API or from a person's hands: it is newer than any that is held, whatever the clock
    /// says, which may have been set back. Who adds a domain that is noted as renamed adds another one: the one before goes over first.
    ///
    /// # Errors
    /// As [`Self::remember`].
    pub fn receive(
        &self,
        organisation: &OrganisationKey,
        known: KnownDomain,
    ) -> Result<KnownDomain, StoreError> {
        let was_added = |held: &HeldCode| held.origin == CodeOrigin::Added;
        if known.held.as_ref().is_some_and(was_added) {
            let renames = self.pending_renames(organisation)?;
            for rename in renames.iter().filter(|rename| rename.from == known.name) {
                self.finish_rename(organisation, rename)?;
            }
        }
        let place = organisation.place(&known.name);
        self.keep_as(&place, known, true)
    }

    /// Keeps a domain, merged with what lies there.
    ///
    /// A code lies twice: in the record, and under a key of its own that nobody writes who has no such code. Between reading a record and
    /// writing it another tab may have written it, and what that one wrote is lost: a look-up can be repeated, a code cannot.
    pub(super) fn keep(
        &self,
        place: &Place,
        known: KnownDomain,
    ) -> Result<KnownDomain, StoreError> {
        self.keep_as(place, known, false)
    }

    /// With `newest`, its code takes the place of any that is held, whatever the times say.
    fn keep_as(
        &self,
        place: &Place,
        mut known: KnownDomain,
        newest: bool,
    ) -> Result<KnownDomain, StoreError> {
        let code_key = known.held.as_ref().map(|held| place.code_key(held.origin));
        let mut kept = Err(StoreError::NotKept);
        for _ in 0..ATTEMPTS {
            let before = self.read(place)?;
            if newest {
                known.held = known.held.map(|held| newer_than(before.as_ref(), held));
            }
            let after = match before {
                Some(before) => before.merged_with(known.clone()),
                None => known.clone(),
            };
            let text = after.to_text();
            let is_safe = match &code_key {
                Some(key) if after.held == known.held => {
                    self.put(key, &text)?;
                    true
                }
                _ => false,
            };
            kept = self.put(&place.domain_key(), &text).map(|()| after.clone());
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
    fn put(&self, key: &str, text: &str) -> Result<(), StoreError> {
        self.storage.set(key, text)?;
        if self.storage.get(key)?.as_deref() == Some(text) {
            Ok(())
        } else {
            Err(StoreError::NotKept)
        }
    }

    /// Forgets a domain and the code held for it. What cannot be read is set aside even then: nobody knows what it was.
    ///
    /// # Errors
    /// [`StoreError`] when the storage cannot be reached, or has no room for what is to be set aside: that then lies where it lay.
    pub fn forget(
        &self,
        organisation: &OrganisationKey,
        name: &DomainName,
    ) -> Result<(), StoreError> {
        let place = organisation.place(name);
        for key in place.keys() {
            if self.read_key(&place, &key)?.is_some() {
                self.storage.remove(&key)?;
            }
        }
        Ok(())
    }

    pub(super) fn read(&self, place: &Place) -> Result<Option<KnownDomain>, StoreError> {
        let mut found = None;
        for key in place.keys() {
            found = merged(found, self.read_key(place, &key)?);
        }
        Ok(found)
    }

    /// What lies under one of a place's keys. What is no record of that domain is set aside.
    fn read_key(&self, place: &Place, key: &str) -> Result<Option<KnownDomain>, StoreError> {
        let Some(text) = self.storage.get(key)? else {
            return Ok(None);
        };
        match KnownDomain::at(place, &text) {
            Ok(known) => Ok(Some(known)),
            Err(_) => {
                self.set_aside(key, &text)?;
                Ok(None)
            }
        }
    }
}

/// The code, dated after the one that is held.
fn newer_than(before: Option<&KnownDomain>, held: HeldCode) -> HeldCode {
    match before.and_then(|before| before.held.as_ref()) {
        Some(before) if before.code != held.code => HeldCode {
            received_at: held.received_at.max(before.received_at.saturating_add(1)),
            ..held
        },
        _ => held,
    }
}

fn merged(older: Option<KnownDomain>, newer: Option<KnownDomain>) -> Option<KnownDomain> {
    match (older, newer) {
        (Some(older), Some(newer)) => Some(older.merged_with(newer)),
        (older, newer) => newer.or(older),
    }
}

#[cfg(test)]
#[path = "store_tests.rs"]
mod tests;
