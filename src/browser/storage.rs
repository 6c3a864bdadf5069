//! The browser's two storages, as the model's [`KeyValue`].
//!
//! `localStorage` is shared with other tabs, and each of them may forget everything. So this page writes there only
//! while the storage still has the epoch in which the page was opened ([`Guarded`]).

use std::cell::RefCell;
use std::collections::VecDeque;

use switchboard_model::workspace::{Epoch, Guarded, KeyValue, StoreError, fingerprint};
use web_sys::Storage;

use super::clock::{self, ticks};

/// How long a write may race with "Forget everything" in another tab, in milliseconds. Browsers propagate changes of
/// a storage from process to process.
const CROSSING: f64 = 10_000.0;

/// The longest time that "Forget everything" takes, in milliseconds. One that has been in progress for longer was
/// interrupted.
const PATIENCE: u64 = 10_000;

thread_local! {
    /// The epoch in which this page writes; `None` before its first read.
    static EPOCH: RefCell<Option<Epoch>> = const { RefCell::new(None) };
    /// The latest writes: the time, the key, and the text's fingerprint.
    static RECENT: RefCell<VecDeque<(f64, String, u64)>> = const { RefCell::new(VecDeque::new()) };
}

/// One of the browser's storages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    /// `localStorage`: on this device, shared by every tab.
    Local,
    /// `sessionStorage`: of this tab, until it closes.
    Session,
}

impl Area {
    /// Opens the storage.
    ///
    /// # Errors
    /// [`StoreError::Blocked`] when the browser forbids it.
    pub fn open(self) -> Result<BrowserStorage, StoreError> {
        let raw = self.open_unguarded()?;
        let guarded = match self {
            Self::Session => None,
            Self::Local => Some(Guarded::new(raw.clone(), epoch(&raw)?)),
        };
        Ok(BrowserStorage { raw, guarded })
    }

    /// Opens the storage for writing in every epoch, which ending one requires.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_unguarded(self) -> Result<Unguarded, StoreError> {
        let window = web_sys::window().ok_or(StoreError::Blocked)?;
        let storage = match self {
            Self::Local => window.local_storage(),
            Self::Session => window.session_storage(),
        };
        storage
            .ok()
            .flatten()
            .map(Unguarded)
            .ok_or(StoreError::Blocked)
    }
}

fn epoch(raw: &Unguarded) -> Result<Epoch, StoreError> {
    if let Some(epoch) = EPOCH.with_borrow(Clone::clone) {
        return Ok(epoch);
    }
    let epoch = Epoch::open(raw, clock::now(), PATIENCE)?;
    // While "Forget everything" is in progress, the next epoch is not known.
    if !epoch.is_under_way() {
        EPOCH.set(Some(epoch.clone()));
    }
    Ok(epoch)
}

/// Enters the current epoch. The caller guarantees that the page remembers nothing from before "Forget everything",
/// or only what the user has just entered.
pub fn start_over() {
    EPOCH.set(None);
}

/// Deletes what this page wrote before it learned that another tab has forgotten everything.
pub fn forget_recent_writes() {
    let recent = RECENT.take();
    let Ok(raw) = Area::Local.open_unguarded() else {
        return;
    };
    for (at, key, written) in recent {
        let there = raw.get(&key).ok().flatten();
        if ticks() - at < CROSSING && there.is_some_and(|text| fingerprint(&text) == written) {
            let _ = raw.remove(&key);
        }
    }
}

fn note_write(key: &str, value: &str) {
    let now = ticks();
    RECENT.with_borrow_mut(|recent| {
        while recent.front().is_some_and(|(at, ..)| now - at > CROSSING) {
            recent.pop_front();
        }
        recent.push_back((now, key.to_owned(), fingerprint(value)));
    });
}

/// An open storage.
#[derive(Clone, Debug)]
pub struct BrowserStorage {
    raw: Unguarded,
    /// Only for the storage that other tabs share.
    guarded: Option<Guarded<Unguarded>>,
}

impl BrowserStorage {
    /// Checks that the storage still has the epoch in which this page was opened.
    ///
    /// # Errors
    /// [`StoreError::Forgotten`] when it has not.
    pub fn check(&self) -> Result<(), StoreError> {
        self.guarded.as_ref().map_or(Ok(()), Guarded::check)
    }
}

impl KeyValue for BrowserStorage {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.raw.get(key)
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StoreError> {
        match &self.guarded {
            Some(guarded) => guarded.set(key, value).inspect(|()| note_write(key, value)),
            None => self.raw.set(key, value),
        }
    }

    fn remove(&self, key: &str) -> Result<(), StoreError> {
        self.raw.remove(key)
    }

    fn keys(&self) -> Result<Vec<String>, StoreError> {
        self.raw.keys()
    }
}

/// An open storage that can be written in every epoch.
#[derive(Clone, Debug)]
pub struct Unguarded(Storage);

impl KeyValue for Unguarded {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.0.get_item(key).map_err(|_| StoreError::Blocked)
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StoreError> {
        // A browser refuses a write to an open storage only because of its quota.
        self.0.set_item(key, value).map_err(|_| StoreError::Full)
    }

    fn remove(&self, key: &str) -> Result<(), StoreError> {
        self.0.remove_item(key).map_err(|_| StoreError::Blocked)
    }

    fn keys(&self) -> Result<Vec<String>, StoreError> {
        let count = self.0.length().map_err(|_| StoreError::Blocked)?;
        Ok((0..count)
            .filter_map(|index| self.0.key(index).ok().flatten())
            .collect())
    }
}
