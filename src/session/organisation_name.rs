//! The organisation's name as this browser last knew it: for what is shown before the API answers, and where there is
//! no connection.

use leptos::prelude::*;
use switchboard_api::BaseUrl;

use super::{SavedConnection, Session, kept, saved};

impl Session {
    /// Returns the organisation's name as last known; empty if unknown.
    #[must_use]
    pub fn organisation(&self) -> String {
        self.organisation.get_value()
    }

    /// Returns the name under which this device saved the organisation with this base URL, untracked; empty if it is
    /// not saved.
    #[must_use]
    pub fn saved_name(&self, base_url: &BaseUrl) -> String {
        self.saved.with_untracked(|saved| {
            let mut saved = saved.iter();
            let one = saved.find(|one| one.connection.base_url == *base_url);
            one.map(|one| one.organisation.clone()).unwrap_or_default()
        })
    }

    /// Takes over the name with which the organisation of this connection has answered, in this tab and where the
    /// connection is saved. An empty name replaces none.
    pub fn note_name(&self, name: &str) {
        let Some(mine) = self.connection_now() else {
            return;
        };
        if self.ended.get_untracked() || name.trim().is_empty() || self.organisation() == name {
            return;
        }
        self.organisation.set_value(name.to_owned());
        kept::store(Some((&mine, &name.to_owned())));
        let mut connections = saved::load();
        let is_mine = |one: &&mut SavedConnection| one.connection == mine;
        if let Some(saved) = connections.iter_mut().find(is_mine) {
            saved.organisation = name.to_owned();
            saved::store(&connections);
            self.saved.set(saved::load());
        }
    }
}
