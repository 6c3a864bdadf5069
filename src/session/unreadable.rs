//! Saved connections that cannot be read. They stay in quarantine, unchanged, until they can be read or the user
//! deletes them.
//!
//! Their texts may contain a token, so they never leave this module: a view gets the organisation's name and the base
//! URL, if those can be read. They are not part of the workspace, so no copy on disk, export or download contains
//! them.

use std::fmt;

use leptos::prelude::*;
use serde_json::Value;
use switchboard_api::BaseUrl;
use switchboard_model::sort::sort_by;
use switchboard_model::workspace::{KeyValue, StoreError};

use super::Session;
use super::saved::{self, SavedConnection, StoredList};
use crate::browser::storage::Area;

/// A saved connection in quarantine.
#[derive(Clone, PartialEq, Eq)]
pub struct UnreadableConnection {
    key: String,
    text: String,
}

/// The result of restoring a connection from quarantine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PutBack {
    /// It is among the saved connections again.
    Done,
    /// It still cannot be read.
    StillUnreadable,
    /// Another connection of the same base URL was saved since. Both stay where they are.
    SavedSince,
}

// Leaves out the text, which may contain a token.
impl fmt::Debug for UnreadableConnection {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("UnreadableConnection")
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}

impl UnreadableConnection {
    /// Returns the organisation's name, if it can be read.
    #[must_use]
    pub fn organisation(&self) -> Option<String> {
        let entry: Value = serde_json::from_str(&self.text).ok()?;
        let name = entry.get("organisation")?.as_str()?.trim();
        (!name.is_empty()).then(|| name.to_owned())
    }

    /// Returns the base URL, if it can be read. Returns no other text, because that may contain a token.
    #[must_use]
    pub fn base_url(&self) -> Option<BaseUrl> {
        let entry: Value = serde_json::from_str(&self.text).ok()?;
        let base_url = entry.get("connection")?.get("baseUrl")?.as_str()?;
        base_url.parse().ok()
    }

    fn read(&self) -> Option<Vec<SavedConnection>> {
        // The text is one entry, or a whole list.
        [self.text.clone(), format!("[{}]", self.text)]
            .iter()
            .map(|text| StoredList::read(text))
            .find(|list| list.unreadable.is_empty() && !list.readable.is_empty())
            .map(|list| list.readable)
    }
}

/// Lists everything in quarantine, and the unreadable entries that did not fit there.
fn list(storage: &impl KeyValue) -> Result<Vec<UnreadableConnection>, StoreError> {
    let mut found = Vec::new();
    for key in storage.keys()? {
        if key.starts_with(saved::QUARANTINE)
            && let Some(text) = storage.get(&key)?
        {
            found.push(UnreadableConnection { key, text });
        }
    }
    sort_by(&mut found, |one, other| one.key.cmp(&other.key));
    let left = StoredList::read(&storage.get(saved::KEY)?.unwrap_or_default());
    for text in left.unreadable {
        if !found.iter().any(|one| one.text == text) {
            let key = saved::KEY.to_owned();
            found.push(UnreadableConnection { key, text });
        }
    }
    Ok(found)
}

fn put_back(
    storage: &impl KeyValue,
    unreadable: &UnreadableConnection,
) -> Result<PutBack, StoreError> {
    let Some(read) = unreadable.read() else {
        return Ok(PutBack::StillUnreadable);
    };
    let mut connections = saved::load_from(storage)?;
    let is_saved = |one: &SavedConnection| {
        let base_url = &one.connection.base_url;
        let mut saved = connections.iter();
        saved.any(|saved| saved.connection.base_url == *base_url)
    };
    if read.iter().any(is_saved) {
        return Ok(PutBack::SavedSince);
    }
    // No tab connects by itself with a restored connection.
    let read = read.into_iter().map(|one| SavedConnection {
        current: false,
        open: false,
        ..one
    });
    connections.extend(read);
    saved::store_in(storage, &connections)?;
    delete(storage, unreadable)?;
    Ok(PutBack::Done)
}

/// Deletes one text. Entries that did not fit into quarantine stay where they are.
fn delete(storage: &impl KeyValue, unreadable: &UnreadableConnection) -> Result<(), StoreError> {
    if unreadable.key == saved::KEY {
        return Err(StoreError::Full);
    }
    if storage.get(&unreadable.key)?.as_deref() == Some(&unreadable.text) {
        storage.remove(&unreadable.key)?;
    }
    Ok(())
}

impl Session {
    /// Returns the saved connections that cannot be read. Tracked: changes with the saved ones.
    #[must_use]
    pub fn unreadable(&self) -> Vec<UnreadableConnection> {
        self.saved.track();
        let listed = Area::Local.open().and_then(|storage| list(&storage));
        listed.unwrap_or_default()
    }

    /// Restores a connection from quarantine, if it can be read by now.
    ///
    /// # Errors
    /// [`StoreError`] when the browser did not save it: it is still in quarantine.
    pub fn put_back(&self, unreadable: &UnreadableConnection) -> Result<PutBack, StoreError> {
        let back = Area::Local
            .open()
            .and_then(|storage| put_back(&storage, unreadable));
        self.saved.set(saved::load());
        back
    }

    /// Deletes a connection in quarantine.
    ///
    /// # Errors
    /// [`StoreError`] when the browser did not allow it.
    pub fn delete_unreadable(&self, unreadable: &UnreadableConnection) -> Result<(), StoreError> {
        let deleted = Area::Local
            .open()
            .and_then(|storage| delete(&storage, unreadable));
        self.saved.set(saved::load());
        deleted
    }
}

#[cfg(test)]
mod tests;
