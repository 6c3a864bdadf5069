//! The connections that the user asked to keep on this device.

use serde::{Deserialize, Serialize};
use switchboard_api::Connection;
use switchboard_model::workspace::KeyValue;

use super::kept::Stored;
use crate::browser::storage::Area;

pub(super) const KEY: &str = "switchboard/1/connections";

/// A connection kept on this device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedConnection {
    /// The organisation's name, as it was when the connection was made.
    pub organisation: String,
    /// The connection with its token.
    pub connection: Connection,
    /// Whether a new tab connects with it by itself.
    pub current: bool,
}

#[derive(Serialize, Deserialize)]
struct StoredEntry {
    organisation: String,
    #[serde(default)]
    current: bool,
    connection: Stored,
}

pub(super) fn load() -> Vec<SavedConnection> {
    let text = Area::Local
        .open()
        .and_then(|storage| storage.get(KEY))
        .ok()
        .flatten()
        .unwrap_or_default();
    let entries: Vec<StoredEntry> = serde_json::from_str(&text).unwrap_or_default();
    entries
        .into_iter()
        .filter_map(|entry| {
            Some(SavedConnection {
                connection: entry.connection.read()?,
                organisation: entry.organisation,
                current: entry.current,
            })
        })
        .collect()
}

/// False when the browser did not keep them.
pub(super) fn store(connections: &[SavedConnection]) -> bool {
    let entries: Vec<StoredEntry> = connections
        .iter()
        .map(|one| StoredEntry {
            organisation: one.organisation.clone(),
            current: one.current,
            connection: Stored::of(&one.connection),
        })
        .collect();
    let Ok(storage) = Area::Local.open() else {
        return false;
    };
    if entries.is_empty() {
        return storage.remove(KEY).is_ok();
    }
    serde_json::to_string(&entries).is_ok_and(|text| storage.set(KEY, &text).is_ok())
}

/// Puts a new connection among the saved ones: a saved one of the same base URL is brought up to date, a new one is kept only with `keep`.
pub(super) fn put(
    connections: &mut Vec<SavedConnection>,
    connection: &Connection,
    organisation: &str,
    keep: bool,
) {
    let known = connections
        .iter()
        .position(|one| one.connection.base_url == connection.base_url);
    if !keep && known.is_none() {
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
        },
    );
}

/// Puts the token of a connection into the saved one of the same base URL. Whether there is one.
pub(super) fn renew(connections: &mut [SavedConnection], connection: &Connection) -> bool {
    let saved = connections
        .iter_mut()
        .find(|one| one.connection.base_url == connection.base_url);
    let is_saved = saved.is_some();
    if let Some(saved) = saved {
        saved.connection = connection.clone();
    }
    is_saved
}

#[cfg(test)]
mod tests {
    use super::*;

    fn connection(url: &str, token: &str) -> Connection {
        Connection::new(
            url.parse().expect("a base URL of the test"),
            token.parse().expect("a token of the test"),
        )
    }

    #[test]
    fn a_connection_is_kept_only_when_asked() {
        let mut connections = Vec::new();
        put(
            &mut connections,
            &connection("https://a.example/", "t"),
            "A",
            false,
        );
        assert!(connections.is_empty());
        put(
            &mut connections,
            &connection("https://a.example/", "t"),
            "A",
            true,
        );
        assert_eq!(connections.len(), 1);
    }

    #[test]
    fn another_token_is_kept_only_where_the_connection_was() {
        let renewed = connection("https://a.example/", "new");
        let mut connections = Vec::new();
        assert!(!renew(&mut connections, &renewed));
        assert!(connections.is_empty());
        for url in ["https://a.example/", "https://b.example/"] {
            put(&mut connections, &connection(url, "old"), "Some name", true);
        }
        assert!(renew(&mut connections, &renewed));
        let tokens = connections.iter().map(|one| one.connection.token.reveal());
        assert_eq!(tokens.collect::<Vec<_>>(), ["old", "new"]);
        assert!(connections[0].current && !connections[1].current);
    }

    #[test]
    fn one_connection_a_base_url_and_the_last_one_is_current() {
        let mut connections = Vec::new();
        for (url, token) in [
            ("https://a.example/", "one"),
            ("https://b.example/", "two"),
            ("https://a.example", "three"),
        ] {
            put(&mut connections, &connection(url, token), "Some name", true);
        }
        let told: Vec<(&str, &str, bool)> = connections
            .iter()
            .map(|one| {
                (
                    one.connection.base_url.as_str(),
                    one.connection.token.reveal(),
                    one.current,
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                ("https://a.example/", "three", true),
                ("https://b.example/", "two", false)
            ]
        );
    }
}
