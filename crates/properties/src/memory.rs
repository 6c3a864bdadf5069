//! A storage in memory that can stop after a number of writes.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use switchboard_model::workspace::{KeyValue, StoreError};

/// The storage.
#[derive(Default)]
pub struct Memory {
    /// Its content.
    pub texts: RefCell<BTreeMap<String, String>>,
    /// The number of writes that still succeed; `None` for all.
    pub writes_left: Cell<Option<usize>>,
    /// Whether a later write fails because the storage is full rather than blocked.
    pub is_full: Cell<bool>,
}

impl Memory {
    /// Returns a copy of its content.
    pub fn copy(&self) -> BTreeMap<String, String> {
        self.texts.borrow().clone()
    }

    fn write(&self) -> Result<(), StoreError> {
        match self.writes_left.get() {
            Some(0) => Err(StoreError::Full),
            left => {
                self.writes_left.set(left.map(|left| left - 1));
                Ok(())
            }
        }
    }
}

impl KeyValue for &Memory {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        Ok(self.texts.borrow().get(key).cloned())
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StoreError> {
        self.write()?;
        let mut texts = self.texts.borrow_mut();
        texts.insert(key.to_owned(), value.to_owned());
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), StoreError> {
        // A full storage still allows removals.
        if !self.is_full.get() {
            self.write().map_err(|_| StoreError::Blocked)?;
        }
        self.texts.borrow_mut().remove(key);
        Ok(())
    }

    fn keys(&self) -> Result<Vec<String>, StoreError> {
        Ok(self.texts.borrow().keys().cloned().collect())
    }
}
