//! The epoch of a storage, which ends when everything in it is forgotten. A page that was opened in an earlier epoch
//! still remembers what was forgotten, and must not write it back.
//!
//! The epoch is stored under its own key, as the time of the last "Forget everything". Nothing else survives that.
//! Each page reads the epoch when it is opened, and writes only while the storage has the same one ([`Guarded`]).
//! While everything is being forgotten, the key says so, and no page writes.
//!
//! A page may check the epoch just before it ends, and write just after. The deletion of the copy on disk, between
//! [`begin_forgetting`] and [`forget_everything`], waits until every page that uses the copy has ended its task. So no
//! such write comes after it, and no page of the next epoch reads one.

use super::keys::{FORGOTTEN, PANEL};
use super::store::{KeyValue, StoreError};

/// The prefix of the time while everything is being forgotten.
const UNDER_WAY: &str = "forgetting ";

/// An epoch of a storage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Epoch(Option<String>);

impl Epoch {
    /// Returns the epoch for a page that is being opened. If everything has been in the process of being forgotten
    /// for longer than `patience`, that was interrupted: it ends here, and what is left stays. Both times are in
    /// milliseconds, `now` since 1970-01-01 UTC.
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

    /// Returns whether everything is being forgotten. No page may write then, and the epoch is about to end.
    #[must_use]
    pub fn is_under_way(&self) -> bool {
        let epoch = self.0.as_deref();
        epoch.is_some_and(|epoch| epoch.starts_with(UNDER_WAY))
    }

    pub(super) fn of(storage: &impl KeyValue) -> Result<Self, StoreError> {
        storage.get(FORGOTTEN).map(Self)
    }

    /// Returns when it began, in milliseconds since 1970-01-01 UTC; 0 if nothing was ever forgotten.
    pub(super) fn began(&self) -> u64 {
        let epoch = self.0.as_deref().unwrap_or_default();
        let time = epoch.strip_prefix(UNDER_WAY).unwrap_or(epoch);
        time.parse().unwrap_or_default()
    }

    /// Returns when the next epoch begins: at least two milliseconds after this one. So it also begins after
    /// everything that the copy on disk took over in this one (`disk`).
    fn next(&self, now: u64) -> u64 {
        now.max(self.began().saturating_add(2))
    }
}

/// A storage that a page may write only in its own epoch.
///
/// Reading and removing work in every epoch, because neither restores anything.
#[derive(Clone, Debug)]
pub struct Guarded<S> {
    storage: S,
    epoch: Epoch,
}

impl<S: KeyValue> Guarded<S> {
    /// Wraps a storage for writing in this epoch.
    pub fn new(storage: S, epoch: Epoch) -> Self {
        Self { storage, epoch }
    }

    /// Checks that the storage still has the epoch of the page.
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
        // Without a copy on disk, everything may have been forgotten between the check and the write.
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

/// Begins to forget everything: from now on no page writes. Call it before the copy on disk is deleted, so that no
/// page fills the copy again. `now` is in milliseconds since 1970-01-01 UTC. `storage` is not [`Guarded`].
///
/// # Errors
/// [`StoreError`] when the storage cannot be reached.
pub fn begin_forgetting(storage: &impl KeyValue, now: u64) -> Result<(), StoreError> {
    let begin = || {
        let next = Epoch::of(storage)?.next(now);
        storage.set(FORGOTTEN, &format!("{UNDER_WAY}{next}"))
    };
    match begin() {
        // Deleting what will be forgotten makes room.
        Err(StoreError::Full) => {
            remove_all(storage)?;
            begin()
        }
        begun => begun,
    }
}

/// Removes everything that the panel has stored, after [`begin_forgetting`], and begins the next epoch. The data of
/// other pages of the same origin stays.
///
/// # Errors
/// [`StoreError`] when the storage cannot be reached; what was removed until then is gone.
pub fn forget_everything(storage: &impl KeyValue, now: u64) -> Result<(), StoreError> {
    remove_all(storage)?;
    let next = Epoch::of(storage)?.next(now);
    storage.set(FORGOTTEN, &next.to_string())?;
    // Removes what a page wrote because it took this process for interrupted.
    remove_all(storage)
}

/// Removes everything that the panel has stored except the epoch.
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
    fn page_of_an_old_epoch_writes_nothing() {
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
        // The next page starts in a new epoch, even in the same millisecond.
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
    fn interrupted_forgetting_keeps_what_is_left() {
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
