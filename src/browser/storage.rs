//! The browser's two storages, behind the model's [`KeyValue`].
//!
//! `localStorage` is shared with other tabs, and in any of them everything may be forgotten. Whatever this page writes there, it writes only in the
//! epoch in which it was opened ([`Guarded`]).

use std::cell::RefCell;
use std::collections::VecDeque;

use switchboard_model::workspace::{Epoch, Guarded, KeyValue, StoreError, fingerprint};
use web_sys::Storage;

use super::clock::{self, ticks};

/// For how long a write may cross a forgetting in another tab unseen, in milliseconds: browsers tell a storage's changes from process to process.
const CROSSING: f64 = 10_000.0;

/// How long a forgetting takes at most, in milliseconds: one that is under way for longer was broken off.
const PATIENCE: u64 = 10_000;

thread_local! {
    /// The epoch in which this page writes; nothing before its first look.
    static EPOCH: RefCell<Option<Epoch>> = const { RefCell::new(None) };
    /// What was written last: when, under which key, and the text's fingerprint.
    static RECENT: RefCell<VecDeque<(f64, String, u64)>> = const { RefCell::new(VecDeque::new()) };
}

/// Which storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    /// `localStorage`: stays on this device, shared by every tab.
    Local,
    /// `sessionStorage`: this tab's, until it is closed.
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

    /// Opens the storage as one that is written in every epoch: for what ends one.
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
    // While a forgetting is under way, the next one is not known yet.
    if !epoch.is_under_way() {
        EPOCH.set(Some(epoch.clone()));
    }
    Ok(epoch)
}

/// This page starts over: nothing that it remembers is from before the last forgetting, or it is what the user has just entered.
pub fn start_over() {
    EPOCH.set(None);
}

/// Everything was forgotten in another tab: what this page wrote while it did not know goes too.
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
    /// Only where other tabs share it.
    guarded: Option<Guarded<Unguarded>>,
}

impl BrowserStorage {
    /// Whether the storage still has the epoch in which this page was opened.
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

/// An open storage that is written in every epoch.
#[derive(Clone, Debug)]
pub struct Unguarded(Storage);

impl KeyValue for Unguarded {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.0.get_item(key).map_err(|_| StoreError::Blocked)
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StoreError> {
        // The one reason for which a browser refuses a write to a storage that it opened is its quota.
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
