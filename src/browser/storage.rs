//! The browser's two storages, behind the model's [`KeyValue`].

use switchboard_model::workspace::{KeyValue, StoreError};
use web_sys::Storage;

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
        let window = web_sys::window().ok_or(StoreError::Blocked)?;
        let storage = match self {
            Self::Local => window.local_storage(),
            Self::Session => window.session_storage(),
        };
        storage
            .ok()
            .flatten()
            .map(BrowserStorage)
            .ok_or(StoreError::Blocked)
    }
}

/// An open storage.
#[derive(Clone, Debug)]
pub struct BrowserStorage(Storage);

impl KeyValue for BrowserStorage {
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
