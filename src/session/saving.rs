//! Saves connections on this device, and forgets them.

use leptos::prelude::*;
use switchboard_api::{BaseUrl, Connection};

use super::{SavedConnection, Session, saved};
use crate::readers;

impl Session {
    /// Returns whether a connection to this address is saved on this device, untracked.
    #[must_use]
    pub fn is_saved(&self, base_url: &BaseUrl) -> bool {
        self.saved_connection(base_url).is_some()
    }

    /// Returns whether the connection of this tab is saved on this device with its token, untracked. False if the
    /// saved token of the base URL is another one.
    #[must_use]
    pub fn is_saved_here(&self) -> bool {
        if self.ended.get_untracked() {
            return self.was_saved.get_value();
        }
        let mine = self.connection_now();
        let saved = saved::load();
        mine.is_some_and(|mine| saved.iter().any(|one| one.connection == mine))
    }

    /// Returns the connection with this base URL as saved on this device, untracked.
    #[must_use]
    pub fn saved_connection(&self, base_url: &BaseUrl) -> Option<Connection> {
        self.saved.with_untracked(|saved| {
            let mut saved = saved.iter().map(|one| &one.connection);
            saved.find(|one| one.base_url == *base_url).cloned()
        })
    }

    /// Returns the connections saved on this device, tracked.
    #[must_use]
    pub fn saved(&self) -> Vec<SavedConnection> {
        readers::unsubscribe_on_cleanup();
        self.saved.get()
    }

    /// Deletes a saved connection and its token from this device. Returns what was deleted.
    pub fn forget(&self, base_url: &str) -> Option<SavedConnection> {
        let mut connections = saved::load();
        let forgotten = saved::take(&mut connections, base_url);
        let is_stored = saved::store(&connections);
        self.saved.set(saved::load());
        forgotten.filter(|_| is_stored)
    }

    /// Saves a forgotten connection again. One with the same base URL that was saved since stays instead. Returns
    /// false if the browser did not save it.
    pub fn save_again(&self, forgotten: SavedConnection) -> bool {
        let mut connections = saved::load();
        saved::put_back(&mut connections, forgotten);
        let is_stored = saved::store(&connections);
        self.saved.set(saved::load());
        is_stored
    }
}
