//! Unreadable records: moved to quarantine unchanged, restored once they can be read, and deleted only at the user's
//! request. A rename also copies a record there whose code it replaces.

use super::keys::{RecordKey, about, original_key};
use super::record::{KnownDomain, RecordError};
use super::store::{KeyValue, StoreError, Workspace};

/// An unreadable record, stored unchanged under another key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quarantined {
    /// Its present key.
    pub key: String,
    /// The text as it was found.
    pub text: String,
}

impl Quarantined {
    /// Returns what the record was about according to its key: kind, organisation and domain.
    #[must_use]
    pub fn about(&self) -> &str {
        about(&self.key)
    }
}

impl<S: KeyValue> Workspace<S> {
    /// Restores a record to its former key, merged with what is known there by now. This works if this release can
    /// read it: a later release may have written it, and this may be that one. Returns the restored domain.
    ///
    /// # Errors
    /// [`StoreError`] when the storage cannot be reached or is full; inside, [`RecordError`] when the record still
    /// cannot be read. Either way it stays in quarantine.
    pub fn restore_quarantined(
        &self,
        record: &Quarantined,
    ) -> Result<Result<KnownDomain, RecordError>, StoreError> {
        let Some(record_key) = RecordKey::of_key(&original_key(&record.key)) else {
            let nowhere = RecordError::Damaged("it lay where no record does".to_owned());
            return Ok(Err(nowhere));
        };
        let known = match record_key.read(&record.text) {
            Ok(known) => known,
            Err(error) => return Ok(Err(error)),
        };
        let back = self.keep(&record_key, known)?;
        self.delete_quarantined(record)?;
        Ok(Ok(back))
    }

    /// Deletes an unreadable record. One whose text has changed stays, because the user has not seen that text.
    ///
    /// # Errors
    /// [`StoreError`] when the storage cannot be reached.
    pub fn delete_quarantined(&self, record: &Quarantined) -> Result<(), StoreError> {
        self.remove_if(&record.key, &record.text)
    }
}

#[cfg(test)]
mod tests {
    use crate::workspace::OrganisationKey;
    use crate::workspace::test_support::{Memory, organisation, with_code};

    use super::*;

    fn quarantined(memory: &Memory, acme: &OrganisationKey) -> Vec<Quarantined> {
        let listing = Workspace::new(memory.clone()).list(acme);
        listing.expect("an open storage").quarantined
    }

    #[test]
    fn restored_record_is_merged_without_loss() {
        let (memory, acme) = (Memory::default(), organisation("https://acme.example/"));
        let workspace = Workspace::new(memory.clone());
        let code = with_code("shop.acme.example", "<script></script>", 5);
        for place in ["", " #1"] {
            let key = format!(
                "switchboard/1/aside/domain/https://acme.example/ shop.acme.example{place}"
            );
            memory.set(&key, &code.to_text()).expect("room");
            let known = KnownDomain::new(code.name.clone(), None, 9);
            workspace.remember(&acme, known).expect("room");
            let record = quarantined(&memory, &acme).remove(0);
            let back = workspace
                .restore_quarantined(&record)
                .expect("room")
                .expect("a record");
            assert_eq!(back.held, code.held);
            assert_eq!(workspace.find(&acme, &code.name), Ok(Some(back)));
            assert_eq!(quarantined(&memory, &acme), []);
        }
    }

    #[test]
    fn unreadable_record_stays_in_quarantine() {
        let (memory, acme) = (Memory::default(), organisation("https://acme.example/"));
        let key = "switchboard/1/aside/domain/https://acme.example/ shop.acme.example";
        let others = with_code("other.acme.example", "x", 5).to_text();
        for (text, newer) in [("{", false), (r#"{"version":99}"#, true), (&others, false)] {
            memory.set(key, text).expect("room");
            let record = quarantined(&memory, &acme).remove(0);
            let told = Workspace::new(memory.clone()).restore_quarantined(&record);
            let told = told.expect("an open storage").expect_err("it is no record");
            assert_eq!(matches!(told, RecordError::Newer(99)), newer);
            assert_eq!(quarantined(&memory, &acme), [record]);
        }
    }

    #[test]
    fn full_storage_keeps_record_in_quarantine() {
        let (memory, acme) = (Memory::default(), organisation("https://acme.example/"));
        let key = "switchboard/1/aside/domain/https://acme.example/ shop.acme.example";
        memory
            .set(key, &with_code("shop.acme.example", "x", 5).to_text())
            .expect("room");
        let record = quarantined(&memory, &acme).remove(0);
        memory.full.set(true);
        let told = Workspace::new(memory.clone()).restore_quarantined(&record);
        assert_eq!(told, Err(StoreError::Full));
        assert_eq!(quarantined(&memory, &acme), [record]);
    }
}
