//! The connections that the user saved on this device.
//!
//! Entries that cannot be read go into quarantine ([`super::unreadable`]), one by one, before the list is
//! overwritten.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use switchboard_api::{BaseUrl, Connection};
use switchboard_model::workspace::{KeyValue, StoreError, fingerprint};

use super::kept::Stored;
use crate::browser::storage::Area;

pub(super) const KEY: &str = "switchboard/1/connections";

/// The prefix of the keys of saved connections in quarantine.
pub(super) const QUARANTINE: &str = "switchboard/1/connections-unreadable/";

/// A connection saved on this device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedConnection {
    /// The organisation's name when the connection was made.
    pub organisation: String,
    /// The connection with its token.
    pub connection: Connection,
    /// Whether a new tab whose address names no organisation connects with this one: it was connected last.
    pub current: bool,
    /// Whether a new tab whose address names this organisation connects by itself. False after "Disconnect".
    pub open: bool,
}

#[derive(Serialize, Deserialize)]
struct StoredEntry {
    organisation: String,
    #[serde(default)]
    current: bool,
    /// `None` in entries of older versions, whose addresses named no organisation. Tabs connected by themselves only
    /// with the current entry.
    #[serde(default)]
    open: Option<bool>,
    connection: Stored,
}

impl SavedConnection {
    fn read(value: &Value) -> Option<Self> {
        let entry = StoredEntry::deserialize(value).ok()?;
        Some(Self {
            connection: entry.connection.read()?,
            organisation: entry.organisation,
            current: entry.current,
            open: entry.open.unwrap_or(entry.current),
        })
    }

    fn to_value(&self) -> Result<Value, StoreError> {
        let entry = StoredEntry {
            organisation: self.organisation.clone(),
            current: self.current,
            open: Some(self.open),
            connection: Stored::of(&self.connection),
        };
        serde_json::to_value(entry).map_err(|_| StoreError::NotKept)
    }
}

/// A list of saved connections as it is stored.
#[derive(Debug, Default)]
pub(super) struct StoredList {
    /// The entries that can be read.
    pub readable: Vec<SavedConnection>,
    /// The texts of the entries that cannot be read; the whole text if it is not a list.
    pub unreadable: Vec<String>,
}

impl StoredList {
    pub fn read(text: &str) -> Self {
        let mut list = Self::default();
        if text.is_empty() {
            return list;
        }
        let Ok(entries) = serde_json::from_str::<Vec<Value>>(text) else {
            list.unreadable.push(text.to_owned());
            return list;
        };
        for entry in entries {
            match SavedConnection::read(&entry) {
                Some(connection) => list.readable.push(connection),
                None => list.unreadable.push(entry.to_string()),
            }
        }
        list
    }
}

/// Puts texts into quarantine.
///
/// # Errors
/// [`StoreError`] when one of them was not stored there.
pub(super) fn quarantine(storage: &impl KeyValue, texts: &[String]) -> Result<(), StoreError> {
    for text in texts {
        let key = format!("{QUARANTINE}{:x}", fingerprint(text));
        storage.set(&key, text)?;
        if storage.get(&key)?.as_deref() != Some(text) {
            return Err(StoreError::NotKept);
        }
    }
    Ok(())
}

/// Loads the readable connections. Moves the others into quarantine, unless there is no room for them.
pub(super) fn load() -> Vec<SavedConnection> {
    let loaded = Area::Local.open().and_then(|storage| load_from(&storage));
    loaded.unwrap_or_default()
}

pub(super) fn load_from(storage: &impl KeyValue) -> Result<Vec<SavedConnection>, StoreError> {
    let text = storage.get(KEY)?.unwrap_or_default();
    let list = StoredList::read(&text);
    if !list.unreadable.is_empty()
        && quarantine(storage, &list.unreadable).is_ok()
        && storage.get(KEY)?.as_deref() == Some(&text)
    {
        write(storage, &list.readable)?;
    }
    Ok(list.readable)
}

/// Stores the connections. Returns false if the browser did not store them.
pub(super) fn store(connections: &[SavedConnection]) -> bool {
    let stored = Area::Local
        .open()
        .and_then(|storage| store_in(&storage, connections));
    stored.is_ok()
}

/// Replaces the list.
///
/// # Errors
/// [`StoreError`] when it was not stored. An unreadable entry for which the quarantine has no room is never
/// overwritten.
pub(super) fn store_in(
    storage: &impl KeyValue,
    connections: &[SavedConnection],
) -> Result<(), StoreError> {
    let before = StoredList::read(&storage.get(KEY)?.unwrap_or_default());
    quarantine(storage, &before.unreadable)?;
    write(storage, connections)
}

fn write(storage: &impl KeyValue, connections: &[SavedConnection]) -> Result<(), StoreError> {
    if connections.is_empty() {
        return storage.remove(KEY);
    }
    let entries = connections.iter().map(SavedConnection::to_value);
    let entries = Value::Array(entries.collect::<Result<_, _>>()?);
    storage.set(KEY, &entries.to_string())
}

/// Saves the connection in place of the one with the same base URL, and makes it the current one. Without `keep`, only
/// a connection that is saved already becomes the current one: the token of another one stays as it is.
pub(super) fn put(
    connections: &mut Vec<SavedConnection>,
    connection: &Connection,
    organisation: &str,
    keep: bool,
) {
    let known = connections
        .iter()
        .position(|one| one.connection.base_url == connection.base_url);
    let is_saved = known.is_some_and(|at| connections[at].connection == *connection);
    if !keep && !is_saved {
        return;
    }
    if let Some(at) = known {
        connections.remove(at);
    }
    for one in connections.iter_mut() {
        one.current = false;
    }
    connections.insert(
        0,
        SavedConnection {
            organisation: organisation.to_owned(),
            connection: connection.clone(),
            current: true,
            open: true,
        },
    );
}

/// Removes the connection with this base URL from the list.
pub(super) fn take(
    connections: &mut Vec<SavedConnection>,
    base_url: &str,
) -> Option<SavedConnection> {
    let mut all = connections.iter();
    let at = all.position(|one| one.connection.base_url.as_str() == base_url)?;
    Some(connections.remove(at))
}

/// Puts a removed connection back into the list, unless there is one with its base URL. Only the one that was
/// connected last stays the current one.
pub(super) fn put_back(connections: &mut Vec<SavedConnection>, mut removed: SavedConnection) {
    let base_url = &removed.connection.base_url;
    if connections
        .iter()
        .all(|one| one.connection.base_url != *base_url)
    {
        removed.current &= connections.iter().all(|one| !one.current);
        connections.push(removed);
    }
}

/// Stops new tabs from connecting to this base URL by themselves.
pub(super) fn close(connections: &mut [SavedConnection], base_url: &BaseUrl) {
    for one in connections {
        if one.connection.base_url == *base_url {
            (one.current, one.open) = (false, false);
        }
    }
}

/// Returns the saved connection with which a new tab connects by itself, from the organisation that its address names, if it names one.
pub(super) fn unasked<'saved>(
    connections: &'saved [SavedConnection],
    named: Option<&BaseUrl>,
) -> Option<&'saved SavedConnection> {
    connections.iter().find(|one| match named {
        Some(base_url) => one.open && one.connection.base_url == *base_url,
        None => one.current,
    })
}

/// Updates the token of the saved connection with the same base URL, if that connection `is_in_use` or has this token
/// already. Returns whether there is such a connection.
pub(super) fn renew(
    connections: &mut [SavedConnection],
    is_in_use: bool,
    connection: &Connection,
) -> bool {
    let saved = connections.iter_mut().find(|one| {
        one.connection.base_url == connection.base_url
            && (is_in_use || one.connection == *connection)
    });
    let is_saved = saved.is_some();
    if let Some(saved) = saved {
        saved.connection = connection.clone();
        saved.open = true;
    }
    is_saved
}

#[cfg(test)]
mod tests;
