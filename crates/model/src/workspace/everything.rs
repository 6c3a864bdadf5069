//! Counts everything that the panel stores in a browser, of every organisation. `epoch` deletes it.

use std::collections::{BTreeMap, BTreeSet};

use super::keys::{RecordKey, quarantine_prefix};
use super::store::{KeyValue, StoreError};

/// The counts of what is stored in a browser, over all organisations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Everything {
    /// Organisations with a known domain.
    pub organisations: usize,
    /// Known domains, including those with an unreadable record.
    pub domains: usize,
    /// Stored embed codes.
    pub codes: usize,
    /// Unreadable records in quarantine.
    pub quarantined: usize,
}

impl Everything {
    /// Counts what a storage contains. Changes nothing.
    ///
    /// # Errors
    /// [`StoreError`] when the storage cannot be reached.
    pub fn count(storage: &impl KeyValue) -> Result<Self, StoreError> {
        let mut found = Self::default();
        let mut domains = BTreeMap::<RecordKey, bool>::new();
        for key in storage.keys()? {
            if key.starts_with(quarantine_prefix()) {
                found.quarantined += 1;
            } else if let Some(record_key) = RecordKey::of_key(&key) {
                let record = storage.get(&key)?.unwrap_or_default();
                let record = record_key.read(&record);
                let holds_code = record.is_ok_and(|known| known.held.is_some());
                *domains.entry(record_key).or_default() |= holds_code;
            }
        }
        let organisations: BTreeSet<&str> = domains.keys().map(RecordKey::organisation).collect();
        found.domains = domains.len();
        found.codes = domains.values().filter(|holds_code| **holds_code).count();
        found.organisations = organisations.len();
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use crate::workspace::test_support::{Memory, known, organisation, with_code};
    use crate::workspace::{Workspace, begin_forgetting, forget_everything};

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
                quarantined: 1
            })
        );
    }

    #[test]
    fn forgetting_removes_only_the_panels_data() {
        let memory = filled();
        begin_forgetting(&memory, 5).expect("storage");
        forget_everything(&memory, 9).expect("storage");
        let left = ["another page's", "switchboard/1/forgotten"];
        assert_eq!(memory.keys(), Ok(left.map(str::to_owned).to_vec()));
        let epoch = memory.get("switchboard/1/forgotten");
        assert_eq!(epoch, Ok(Some("9".to_owned())), "a time and nothing else");
        assert_eq!(Everything::count(&memory), Ok(Everything::default()));
    }
}
