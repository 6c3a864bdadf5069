//! Serializes a connection, and stores the one of this tab in its session storage.

use serde::{Deserialize, Serialize};
use switchboard_api::Connection;
use switchboard_model::workspace::KeyValue;

use crate::browser::storage::Area;

const KEY: &str = "switchboard/1/connection";

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
}

impl Stored {
    pub(super) fn of(connection: &Connection) -> Self {
        Self {
            base_url: connection.base_url.as_str().to_owned(),
            token: connection.token.reveal().to_owned(),
            token_header: Some(connection.token_header.as_str().to_owned()),
            body_encoding: Some(connection.body_encoding.as_str().to_owned()),
            organisation: None,
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

/// Loads the connection and the organisation's name when it was made; empty if that was not stored.
pub(super) fn load() -> Option<(Connection, String)> {
    let text = Area::Session.open().ok()?.get(KEY).ok()??;
    let stored: Stored = serde_json::from_str(&text).ok()?;
    stored.read_with_name()
}

/// Stores the connection. Ignores errors: a tab without storage stays connected until it is reloaded, and nothing
/// depends on it before.
pub(super) fn store(connection: Option<(&Connection, &String)>) {
    let Ok(storage) = Area::Session.open() else {
        return;
    };
    let stored =
        connection.map(|(connection, organisation)| Stored::named(connection, organisation));
    let _ = match stored.map(|stored| serde_json::to_string(&stored)) {
        Some(Ok(text)) => storage.set(KEY, &text),
        _ => storage.remove(KEY),
    };
}
