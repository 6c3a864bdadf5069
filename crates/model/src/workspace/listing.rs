//! Lists everything that is stored of an organisation's domains.

use std::collections::BTreeSet;

use super::addition::PendingAddition;
use super::keys::{OrganisationKey, RecordKey, original_key, quarantine_prefix};
use super::quarantine::Quarantined;
use super::record::{CodeOrigin, KnownDomain};
use super::rename::PendingRename;
use super::store::{KeyValue, StoreError, Workspace, merged};
use crate::sort::sort_by;
use switchboard_api::EmbedCode;

/// What is stored of an organisation's domains.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// The domains, sorted by name.
    pub domains: Vec<KnownDomain>,
    /// How many of these have another code than the one that the API gave when they were added here, which is stored
    /// too.
    pub replaced: usize,
    /// Unreadable records, in quarantine now or earlier: those of this organisation, and those whose keys name none.
    pub quarantined: Vec<Quarantined>,
    /// Renames without a recorded outcome: the page was closed before the API answered.
    pub renames: Vec<PendingRename>,
    /// Domains that were being added when the page was closed.
    pub additions: Vec<PendingAddition>,
}

impl<S: KeyValue> Workspace<S> {
    /// Lists every known domain of an organisation. Moves unreadable records into quarantine and reports them.
    ///
    /// # Errors
    /// [`StoreError`] when the storage cannot be reached.
    pub fn list(&self, organisation: &OrganisationKey) -> Result<Listing, StoreError> {
        let mut listing = Listing::default();
        let keys = self.storage.keys()?;
        let record_keys: BTreeSet<RecordKey> = keys
            .iter()
            .filter_map(|key| RecordKey::of_key(key))
            .filter(|record_key| organisation.owns(record_key))
            .collect();
        for record_key in record_keys {
            let (mut found, mut added) = (None, None);
            let added_key = record_key.code_key(CodeOrigin::Added);
            for key in record_key.keys() {
                match self.read_key(&record_key, &key) {
                    Ok(read) => {
                        if key == added_key {
                            added = read.as_ref().and_then(code_of);
                        }
                        found = merged(found, read);
                    }
                    // The storage has no room for quarantine: the record stays where it is and is reported anyway.
                    Err(_) => {
                        if let Some(text) = self.storage.get(&key)? {
                            listing.quarantined.push(Quarantined { key, text });
                        }
                    }
                }
            }
            let code = found.as_ref().and_then(code_of);
            listing.replaced += usize::from(added.is_some() && added != code);
            listing.domains.extend(found);
        }
        sort_by(&mut listing.domains, |one, other| one.name.cmp(&other.name));
        for key in self.storage.keys()? {
            // What certainly belongs to another organisation is shown there.
            let is_foreign = RecordKey::of_key(&original_key(&key))
                .is_some_and(|record_key| !organisation.owns(&record_key));
            if key.starts_with(quarantine_prefix())
                && !is_foreign
                && let Some(text) = self.storage.get(&key)?
            {
                listing.quarantined.push(Quarantined { key, text });
            }
        }
        listing.renames = self.pending_renames(organisation)?;
        listing.additions = self.pending_additions(organisation)?;
        sort_by(&mut listing.quarantined, |one, other| {
            one.key.cmp(&other.key)
        });
        Ok(listing)
    }
}

fn code_of(known: &KnownDomain) -> Option<EmbedCode> {
    known.held.as_ref().map(|held| held.code.clone())
}
