//! Everything that the panel keeps in a browser, of every organisation: what there is, and how all of it goes.

use std::collections::{BTreeMap, BTreeSet};

use super::keys::{PANEL, Place, aside_prefix};
use super::record::KnownDomain;
use super::store::{KeyValue, StoreError};

/// What is kept in a browser, counted over every organisation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Everything {
    /// Organisations of which a domain is known.
    pub organisations: usize,
    /// Known domains, those included whose record cannot be read.
    pub domains: usize,
    /// Embed codes held.
    pub codes: usize,
    /// Records that could not be read and were set aside.
    pub set_aside: usize,
}

impl Everything {
    /// Counts what a storage holds. Changes nothing in it.
    ///
    /// # Errors
    /// [`StoreError`] when the storage cannot be reached.
    pub fn count(storage: &impl KeyValue) -> Result<Self, StoreError> {
        let mut found = Self::default();
        let mut domains = BTreeMap::<Place, bool>::new();
        for key in storage.keys()? {
            if key.starts_with(aside_prefix()) {
                found.set_aside += 1;
            } else if let Some(place) = Place::of_key(&key) {
                let record = storage.get(&key)?.unwrap_or_default();
                let record = KnownDomain::at(&place, &record);
                let holds_code = record.is_ok_and(|known| known.held.is_some());
                *domains.entry(place).or_default() |= holds_code;
            }
        }
        let organisations: BTreeSet<&str> = domains.keys().map(Place::organisation).collect();
        found.domains = domains.len();
        found.codes = domains.values().filter(|holds_code| **holds_code).count();
        found.organisations = organisations.len();
        Ok(found)
    }
}

/// Removes everything of the panel's from a storage, whatever it is. What other pages of the same origin keep there stays.
///
/// # Errors
/// [`StoreError`] when the storage cannot be reached; what was removed until then is gone.
pub fn forget_everything(storage: &impl KeyValue) -> Result<(), StoreError> {
    for key in storage.keys()? {
        if key.starts_with(PANEL) {
            storage.remove(&key)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::workspace::Workspace;
    use crate::workspace::test_support::{Memory, known, organisation, with_code};

    use super::*;

    fn filled() -> Memory {
        let memory = Memory::default();
        let workspace = Workspace::new(memory.clone());
        let (acme, other) = (
            organisation("https://acme.example/"),
            organisation("https://other.example/chat/"),
        );
        for record in [
            with_code("a.example", "x", 1),
            known("b.example"),
            with_code("c.example", "x", 1),
        ] {
            workspace.remember(&acme, record).expect("room");
        }
        workspace
            .remember(&other, with_code("a.example", "x", 1))
            .expect("room");
        memory
            .set(&acme.domain_key(&known("bad.example").name), "{")
            .expect("room");
        workspace.list(&acme).expect("storage");
        memory.set("switchboard/1/connections", "[]").expect("room");
        memory.set("another page's", "own").expect("room");
        memory
    }

    #[test]
    fn everything_is_counted_over_every_organisation() {
        assert_eq!(
            Everything::count(&filled()),
            Ok(Everything {
                organisations: 2,
                domains: 4,
                codes: 3,
                set_aside: 1
            })
        );
    }

    #[test]
    fn forgetting_leaves_nothing_of_the_panel_and_everything_of_others() {
        let memory = filled();
        forget_everything(&memory).expect("storage");
        assert_eq!(memory.keys(), Ok(vec!["another page's".to_owned()]));
        assert_eq!(Everything::count(&memory), Ok(Everything::default()));
    }
}
