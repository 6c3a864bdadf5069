//! The epoch of a storage: it ends when everything in it is forgotten. A page that was opened in an earlier epoch still remembers what was
//! forgotten, and must not write it back.
//!
//! The epoch lies under a key of its own, as the time at which everything was forgotten last. It is all that a forgetting leaves behind. Each page
//! takes the epoch down when it is opened, and writes only while the storage has the same one ([`Guarded`]). While a forgetting is under way, the key
//! says so, and nobody writes at all.

use super::keys::{FORGOTTEN, PANEL};
use super::store::{KeyValue, StoreError};

/// What stands before the time while a forgetting is under way.
const UNDER_WAY: &str = "forgetting ";

/// An epoch of a storage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Epoch(Option<String>);

impl Epoch {
    /// The epoch in which a page is opened. A forgetting that has been under way for longer than `patience` was broken off: it ends here, with what
    /// is left staying. Both times are in milliseconds, `now` since 1970-01-01 UTC.
    ///
    /// # Errors
    /// [`StoreError`] when the storage cannot be reached.
    pub fn open(storage: &impl KeyValue, now: u64, patience: u64) -> Result<Self, StoreError> {
        let epoch = Self::of(storage)?;
        if epoch.is_under_way() && now.abs_diff(epoch.began()) >= patience {
            storage.set(FORGOTTEN, &epoch.next(now).to_string())?;
            return Self::of(storage);
        }
        Ok(epoch)
    }

    /// Whether a forgetting is under way: then nobody writes, and the epoch is about to end.
    #[must_use]
    pub fn is_under_way(&self) -> bool {
        let epoch = self.0.as_deref();
        epoch.is_some_and(|epoch| epoch.starts_with(UNDER_WAY))
    }

    pub(super) fn of(storage: &impl KeyValue) -> Result<Self, StoreError> {
        storage.get(FORGOTTEN).map(Self)
    }

    /// When it began, in milliseconds since 1970-01-01 UTC; 0 when nothing was ever forgotten.
    pub(super) fn began(&self) -> u64 {
        let epoch = self.0.as_deref().unwrap_or_default();
        let time = epoch.strip_prefix(UNDER_WAY).unwrap_or(epoch);
        time.parse().unwrap_or_default()
    }

    /// When the next one begins: two milliseconds after this one at the earliest, so that it also lies after what the copy on disk took over in this
    /// one (`disk`).
    fn next(&self, now: u64) -> u64 {
        now.max(self.began().saturating_add(2))
    }
}

/// A storage as a page of one epoch writes it.
///
/// Reading and removing go through in every epoch: neither brings anything back.
#[derive(Clone, Debug)]
pub struct Guarded<S> {
    storage: S,
    epoch: Epoch,
}

impl<S: KeyValue> Guarded<S> {
    /// This storage, written in this epoch.
    pub fn new(storage: S, epoch: Epoch) -> Self {
        Self { storage, epoch }
    }

    /// Whether the storage still has the epoch of the page.
    ///
    /// # Errors
    /// [`StoreError::Forgotten`] when it has not, or another [`StoreError`] when it cannot be reached.
    pub fn check(&self) -> Result<(), StoreError> {
        if Epoch::of(&self.storage)? == self.epoch && !self.epoch.is_under_way() {
            Ok(())
        } else {
            Err(StoreError::Forgotten)
        }
    }
}

impl<S: KeyValue> KeyValue for Guarded<S> {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.storage.get(key)
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StoreError> {
        self.check()?;
        self.storage.set(key, value)?;
        // Everything may have been forgotten between the check and the write.
        self.check().inspect_err(|_| {
            if self.storage.get(key).ok().flatten().as_deref() == Some(value) {
                let _ = self.storage.remove(key);
            }
        })
    }

    fn remove(&self, key: &str) -> Result<(), StoreError> {
        self.storage.remove(key)
    }

    fn keys(&self) -> Result<Vec<String>, StoreError> {
        self.storage.keys()
    }
}

/// Begins to forget everything: from now on no page writes anything. To be called before the copy on disk is deleted, so that none of them fills it
/// again. `now` is in milliseconds since 1970-01-01 UTC. `storage` is not [`Guarded`].
///
/// # Errors
/// [`StoreError`] when the storage cannot be reached.
pub fn begin_forgetting(storage: &impl KeyValue, now: u64) -> Result<(), StoreError> {
    let begin = || {
        let next = Epoch::of(storage)?.next(now);
        storage.set(FORGOTTEN, &format!("{UNDER_WAY}{next}"))
    };
    match begin() {
        // What is to be forgotten makes room.
        Err(StoreError::Full) => {
            remove_all(storage)?;
            begin()
        }
        begun => begun,
    }
}

/// Removes everything of the panel's from a storage, whatever it is, after [`begin_forgetting`], and begins the next epoch. What other pages of the
/// same origin keep there stays.
///
/// # Errors
/// [`StoreError`] when the storage cannot be reached; what was removed until then is gone.
pub fn forget_everything(storage: &impl KeyValue, now: u64) -> Result<(), StoreError> {
    remove_all(storage)?;
    let next = Epoch::of(storage)?.next(now);
    storage.set(FORGOTTEN, &next.to_string())?;
    // What a page wrote that took this forgetting for broken off.
    remove_all(storage)
}

/// Removes everything of the panel's from a storage but its epoch.
///
/// # Errors
/// [`StoreError`] when the storage cannot be reached; what was removed until then is gone.
pub fn remove_all(storage: &impl KeyValue) -> Result<(), StoreError> {
    for key in storage.keys()? {
        if key.starts_with(PANEL) && key != FORGOTTEN {
            storage.remove(&key)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::workspace::test_support::{Memory, domain, known, organisation, with_code};
    use crate::workspace::{Everything, Workspace};

    use super::*;

    type Page = Workspace<Guarded<Memory>>;

    fn open(memory: &Memory) -> Page {
        let epoch = Epoch::open(memory, 5, 100).expect("a storage");
        Workspace::new(Guarded::new(memory.clone(), epoch))
    }

    #[test]
    fn page_that_remembers_what_was_forgotten_writes_nothing_back() {
        let (memory, acme) = (Memory::default(), organisation("https://acme.example/"));
        let page = open(&memory);
        let record = with_code("a.example", "x", 1);
        page.remember(&acme, record.clone()).expect("room");
        begin_forgetting(&memory, 5).expect("a storage");
        for _ in 0..2 {
            let refused = page.remember(&acme, record.clone());
            assert_eq!(refused, Err(StoreError::Forgotten));
            forget_everything(&memory, 5).expect("a storage");
        }
        assert_eq!(Everything::count(&memory), Ok(Everything::default()));
        // The next page starts over, also at the same millisecond.
        let page = open(&memory);
        page.remember(&acme, record.clone()).expect("room");
        assert_eq!(page.find(&acme, &domain("a.example")), Ok(Some(record)));
    }

    #[test]
    fn page_opened_while_everything_is_forgotten_writes_nothing_back() {
        let (memory, acme) = (Memory::default(), organisation("https://acme.example/"));
        open(&memory)
            .remember(&acme, known("a.example"))
            .expect("room");
        begin_forgetting(&memory, 5).expect("a storage");
        let page = open(&memory);
        let record = page.find(&acme, &domain("a.example"));
        let record = record.expect("a storage").expect("not removed yet");
        forget_everything(&memory, 5).expect("a storage");
        assert_eq!(page.remember(&acme, record), Err(StoreError::Forgotten));
        assert_eq!(Everything::count(&memory), Ok(Everything::default()));
    }

    #[test]
    fn forgetting_that_was_broken_off_ends_with_what_is_left() {
        let (memory, acme) = (Memory::default(), organisation("https://acme.example/"));
        let record = known("a.example");
        open(&memory).remember(&acme, record.clone()).expect("room");
        begin_forgetting(&memory, 5).expect("a storage");
        let early = open(&memory);
        let refused = early.remember(&acme, known("b.example"));
        assert_eq!(refused, Err(StoreError::Forgotten));
        let epoch = Epoch::open(&memory, 105, 100).expect("a storage");
        let late = Workspace::new(Guarded::new(memory.clone(), epoch));
        late.remember(&acme, known("b.example")).expect("room");
        assert_eq!(late.find(&acme, &record.name), Ok(Some(record)));
        let refused = early.remember(&acme, known("c.example"));
        assert_eq!(refused, Err(StoreError::Forgotten));
    }

    #[test]
    fn full_storage_can_be_forgotten() {
        let (memory, acme) = (Memory::default(), organisation("https://acme.example/"));
        open(&memory)
            .remember(&acme, known("a.example"))
            .expect("room");
        memory.full.set(true);
        assert_eq!(begin_forgetting(&memory, 5), Err(StoreError::Full));
        assert_eq!(Everything::count(&memory), Ok(Everything::default()));
    }
}
