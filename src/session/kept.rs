//! Serializes a connection, and stores the one of this tab in its session storage.
//!
//! While a session is open, the storage that all tabs share has a name for it. "Disconnect" deletes the name, which
//! also ends the session of a tab that cannot hear of it: the browser has closed, discarded or cached that tab, and may
//! restore it with its session storage. Connecting again makes another name. Deleting works in a full storage, too.

use serde::{Deserialize, Serialize};
use switchboard_api::{BaseUrl, Connection};
use switchboard_model::workspace::{KeyValue, StoreError};

use super::random_name;
use crate::browser::storage::Area;

const KEY: &str = "switchboard/1/connection";

/// The prefix of the keys of the open sessions' names. The base URL follows.
pub(super) const OPEN: &str = "switchboard/1/session/";

/// A connection as it is stored and as it is sent to another tab. The field names belong to the stored format and do
/// not follow the code.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Stored {
    base_url: String,
    token: String,
    #[serde(default)]
    token_header: Option<String>,
    #[serde(default)]
    body_encoding: Option<String>,
    /// The organisation's name, in a tab's own storage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    organisation: Option<String>,
    /// The session's name, in a tab's own storage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
}

impl Stored {
    pub(super) fn of(connection: &Connection) -> Self {
        Self {
            base_url: connection.base_url.as_str().to_owned(),
            token: connection.token.reveal().to_owned(),
            token_header: Some(connection.token_header.as_str().to_owned()),
            body_encoding: Some(connection.body_encoding.as_str().to_owned()),
            organisation: None,
            name: None,
        }
    }

    /// Returns a connection with the name of its organisation.
    pub(super) fn named(connection: &Connection, organisation: &str) -> Self {
        Self {
            organisation: Some(organisation.to_owned()),
            ..Self::of(connection)
        }
    }

    /// Returns the connection and the name of its organisation; empty if that was not stored.
    pub(super) fn read_with_name(&self) -> Option<(Connection, String)> {
        Some((self.read()?, self.organisation.clone().unwrap_or_default()))
    }

    /// Returns the connection; `None` if the stored text is not one. The panel then asks the user again.
    pub(super) fn read(&self) -> Option<Connection> {
        let mut connection = Connection::new(self.base_url.parse().ok()?, self.token.parse().ok()?);
        if let Some(header) = &self.token_header {
            connection.token_header = header.parse().ok()?;
        }
        if let Some(encoding) = &self.body_encoding {
            connection.body_encoding = encoding.parse().ok()?;
        }
        Some(connection)
    }
}

/// Loads the connection and the organisation's name when it was made; empty if that was not stored. Deletes a
/// connection that has been disconnected since, as far as the browser lets the panel know.
pub(super) fn load() -> Option<(Connection, String)> {
    let text = Area::Session.open().ok()?.get(KEY).ok()??;
    let stored: Stored = serde_json::from_str(&text).ok()?;
    if read_name(&stored.base_url).is_ok_and(|name| name != stored.name) {
        store(None);
        return None;
    }
    stored.read_with_name()
}

/// Returns the name of the open session with a base URL; `None` if there is none, or the browser did not store it.
pub(super) fn name_of(base_url: &str) -> Option<String> {
    read_name(base_url).ok().flatten()
}

fn read_name(base_url: &str) -> Result<Option<String>, StoreError> {
    Area::Local.open()?.get(&key_of(base_url))
}

/// Returns the base URL of the only session that is open in this browser.
pub(super) fn only_open() -> Option<BaseUrl> {
    let keys = Area::Local.open().ok()?.keys().ok()?;
    let mut open = keys.iter().filter_map(|key| key.strip_prefix(OPEN));
    let one = open.next()?;
    open.next().is_none().then(|| one.parse().ok()).flatten()
}

/// Deletes the name of the session with a base URL.
pub(super) fn close(base_url: &str) {
    if let Ok(local) = Area::Local.open() {
        let _ = local.remove(&key_of(base_url));
    }
}

fn name(base_url: &str) -> Option<String> {
    name_of(base_url).or_else(|| {
        let name = random_name();
        let stored = Area::Local.open().ok()?.set(&key_of(base_url), &name);
        stored.is_ok().then_some(name)
    })
}

fn key_of(base_url: &str) -> String {
    OPEN.to_owned() + base_url
}

/// Stores the connection. Ignores errors: a tab without storage stays connected until it is reloaded, and nothing
/// depends on it before.
pub(super) fn store(connection: Option<(&Connection, &String)>) {
    let Ok(storage) = Area::Session.open() else {
        return;
    };
    let stored = connection.map(|(connection, organisation)| Stored {
        name: name(connection.base_url.as_str()),
        ..Stored::named(connection, organisation)
    });
    let _ = match stored.map(|stored| serde_json::to_string(&stored)) {
        Some(Ok(text)) => storage.set(KEY, &text),
        _ => storage.remove(KEY),
    };
}
