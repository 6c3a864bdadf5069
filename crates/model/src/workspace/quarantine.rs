//! Unreadable records: moved to quarantine unchanged, restored once they can be read, and deleted only at the user's
//! request. A rename also copies a record there whose code it replaces, and so does restoring another record.

use super::keys::{RecordKey, about, original_key, quarantine_key};
use super::record::{HeldCode, KnownDomain, RecordError};
use super::store::{KeyValue, Precedence, StoreError, Workspace};

/// An unreadable record, or one whose code was replaced, stored unchanged under another key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quarantined {
    /// Its present key.
    pub key: String,
    /// The text as it was found.
    pub text: String,
}

/// A record that was restored from quarantine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestoredRecord {
    /// The domain as it is stored now.
    pub known: KnownDomain,
    /// Whether its code replaced another one, which is in quarantine now.
    pub has_replaced: bool,
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
    /// read it: a later release may have written it, and this may be that one. The user asked for its code, so that
    /// replaces another one, which goes into quarantine.
    ///
    /// # Errors
    /// [`StoreError`] when the storage cannot be reached or is full, or another code arrived at the same time; inside,
    /// [`RecordError`] when the record still cannot be read. Either way it stays in quarantine.
    pub fn restore_quarantined(
        &self,
        record: &Quarantined,
    ) -> Result<Result<RestoredRecord, RecordError>, StoreError> {
        let Some(record_key) = RecordKey::of_key(&original_key(&record.key)) else {
            let nowhere = RecordError::Damaged("it lay where no record does".to_owned());
            return Ok(Err(nowhere));
        };
        let mut known = match record_key.read(&record.text) {
            Ok(known) => known,
            Err(error) => return Ok(Err(error)),
        };
        let there = self.read(&record_key)?;
        let code = known.held.as_ref().map(|held| held.code.clone());
        let shown = there.as_ref().and_then(|there| there.held.as_ref());
        let shown = shown.map(|held| held.code.clone());
        let has_replaced = code.is_some() && shown.is_some() && code != shown;
        if has_replaced && let Some(there) = there {
            self.quarantine_copy(&record_key, &there)?;
            known.held = known.held.map(HeldCode::chosen);
        }
        // The restored code replaces the code that is in quarantine now, but no other.
        let known = match shown.as_ref().or(code.as_ref()) {
            Some(shown) => self.keep_as(&record_key, known, &Precedence::InPlaceOf(shown))?,
            None => self.keep(&record_key, known)?,
        };
        if code.is_some() && known.held.as_ref().map(|held| &held.code) != code.as_ref() {
            return Err(StoreError::NotKept);
        }
        self.delete_quarantined(record)?;
        Ok(Ok(RestoredRecord {
            known,
            has_replaced,
        }))
    }

    /// Copies a record to quarantine before another code replaces its code.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be stored there.
    pub(super) fn quarantine_copy(
        &self,
        record_key: &RecordKey,
        there: &KnownDomain,
    ) -> Result<(), StoreError> {
        let text = there.to_text();
        self.put(&quarantine_key(&record_key.domain_key(), &text), &text)
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
    use crate::workspace::test_support::{Memory, organisation, with_code};
    use crate::workspace::{CodeOrigin, OrganisationKey};

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
            assert!(!back.has_replaced);
            assert_eq!(back.known.held, code.held);
            assert_eq!(workspace.find(&acme, &code.name), Ok(Some(back.known)));
            assert_eq!(quarantined(&memory, &acme), []);
        }
    }

    #[test]
    fn restored_code_swaps_places_with_the_present_one() {
        for origin in [CodeOrigin::Added, CodeOrigin::Pasted, CodeOrigin::Imported] {
            for (one_at, other_at) in [(5, 9), (9, 5), (5, 5)] {
                // Stops after each write: both codes are stored at any time.
                for writes in 0..6 {
                    let (memory, acme) = (Memory::default(), organisation("https://acme.example/"));
                    let workspace = Workspace::new(memory.clone());
                    let mut aside = with_code("shop.acme.example", "aside", one_at);
                    let present = with_code("shop.acme.example", "present", other_at);
                    if let Some(held) = &mut aside.held {
                        held.origin = origin;
                    }
                    let key = "switchboard/1/aside/domain/https://acme.example/ shop.acme.example";
                    memory.set(key, &aside.to_text()).expect("room");
                    workspace.remember(&acme, present).expect("room");
                    let link = || {
                        let found = workspace.find(&acme, &aside.name).expect("a storage");
                        found.and_then(|known| known.held).map(|it| it.code.link)
                    };
                    let aside_is = |link: &str| {
                        let all = quarantined(&memory, &acme);
                        all.iter().any(|one| one.text.contains(link))
                    };
                    let record = quarantined(&memory, &acme).remove(0);
                    memory.stop_after(writes);
                    let _ = workspace.restore_quarantined(&record);
                    memory.go_on();
                    assert!(link().as_deref() == Some("aside") || aside_is("aside"));
                    assert!(link().as_deref() == Some("present") || aside_is("present"));
                    // Both again: once is enough where the first attempt has worked.
                    for (wanted, other) in [("aside", "present"), ("present", "aside")] {
                        let all = quarantined(&memory, &acme);
                        if let Some(record) = all.iter().find(|one| one.text.contains(wanted)) {
                            let back = workspace.restore_quarantined(record);
                            assert!(matches!(back, Ok(Ok(_))), "{writes} {back:?}");
                        }
                        assert_eq!(link().as_deref(), Some(wanted), "{origin:?} {writes}");
                        assert!(aside_is(other) && !aside_is(wanted), "{origin:?} {writes}");
                    }
                }
            }
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
