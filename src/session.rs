//! Who we are connected as, and where that is kept.
//!
//! The token lives in this tab's session storage; in local storage only when the user asked to stay connected on this device.
//! It is written nowhere else.

mod forget;
mod kept;
mod renew;
mod saved;

use std::sync::Arc;

use leptos::prelude::*;
use switchboard_api::{BaseUrl, Connection, Organisation, Token};

pub use saved::SavedConnection;

use crate::readers;

/// The session: one for the whole page, in context.
#[derive(Clone, Copy)]
pub struct Session {
    connection: RwSignal<Option<Connection>>,
    saved: RwSignal<Vec<SavedConnection>>,
    /// The organisation that answered while connecting, so that its page need not ask again.
    greeting: StoredValue<Option<Arc<Organisation>>>,
    /// What the organisation was called when the connection was made; empty where that is not known.
    organisation: StoredValue<String>,
    /// The token that has taken the place of the one that the connection was made with.
    renewed: RwSignal<Option<Token>>,
}

impl Session {
    /// Finds the connection that this tab, or else this device, was left with, and puts the session into context.
    pub fn provide() -> Self {
        let saved = saved::load();
        let found = kept::load().or_else(|| {
            let current = saved.iter().find(|one| one.current)?;
            Some((current.connection.clone(), current.organisation.clone()))
        });
        let (connection, organisation) = found.unzip();
        let session = Self {
            connection: RwSignal::new(connection),
            saved: RwSignal::new(saved),
            greeting: StoredValue::new(None),
            organisation: StoredValue::new(organisation.unwrap_or_default()),
            renewed: RwSignal::new(None),
        };
        session.follow_other_tabs();
        session.hear_of_tokens();
        provide_context(session);
        session
    }

    /// The session of this page.
    ///
    /// # Panics
    /// When called outside the application: a mistake of the programmer, not of the world.
    #[must_use]
    pub fn get() -> Self {
        expect_context()
    }

    /// The connection, tracked.
    #[must_use]
    pub fn connection(&self) -> Option<Connection> {
        self.connection.get()
    }

    /// Whether there is a connection, tracked.
    #[must_use]
    pub fn is_connected(&self) -> bool {
        self.connection.with(Option::is_some)
    }

    /// The connection as it is now, untracked.
    #[must_use]
    pub fn connection_now(&self) -> Option<Connection> {
        self.connection.get_untracked()
    }

    /// What the organisation was called when the connection was made; empty where that is not known.
    #[must_use]
    pub fn organisation(&self) -> String {
        self.organisation.get_value()
    }

    /// Whether a connection to this address is kept on this device, untracked.
    #[must_use]
    pub fn is_saved(&self, base_url: &BaseUrl) -> bool {
        self.saved.with_untracked(|saved| {
            let mut saved = saved.iter();
            saved.any(|one| one.connection.base_url == *base_url)
        })
    }

    /// The connections kept on this device, tracked.
    #[must_use]
    pub fn saved(&self) -> Vec<SavedConnection> {
        readers::until_gone();
        self.saved.get()
    }

    /// Connects this tab. With `keep`, the connection also stays on this device under the organisation's name.
    /// False when it was asked to be kept and the browser did not keep it.
    pub fn connect(
        &self,
        connection: Connection,
        organisation: Arc<Organisation>,
        keep: bool,
    ) -> bool {
        kept::store(Some((&connection, &organisation.name)));
        // Read again here and below: another tab may have saved or forgotten one since.
        let mut connections = saved::load();
        saved::put(&mut connections, &connection, &organisation.name, keep);
        let stored = saved::store(&connections) || !keep;
        self.saved.set(connections);
        self.organisation.set_value(organisation.name.clone());
        self.greeting.set_value(Some(organisation));
        self.renewed.set(None);
        self.connection.set(Some(connection));
        stored
    }

    /// What the organisation answered while connecting. Given once.
    #[must_use]
    pub fn take_greeting(&self) -> Option<Arc<Organisation>> {
        self.greeting.try_update_value(Option::take).flatten()
    }

    /// Disconnects, in every tab that is connected with the same base URL. What is saved on this device stays, but no tab connects with it
    /// unasked.
    pub fn disconnect(&self) {
        let connection = self.connection_now();
        let mut connections = saved::load();
        for one in &mut connections {
            one.current = false;
        }
        saved::store(&connections);
        self.end();
        if let Some(connection) = connection {
            Self::tell_other_tabs_that_it_ended(connection.base_url.as_str());
        }
    }

    /// Takes the connection out of this tab.
    fn end(&self) {
        kept::store(None);
        self.saved.set(saved::load());
        self.connection.set(None);
    }

    /// Takes a saved connection, and with it the token, off this device.
    pub fn forget(&self, base_url: &str) {
        let mut connections = saved::load();
        connections.retain(|one| one.connection.base_url.as_str() != base_url);
        saved::store(&connections);
        self.saved.set(connections);
    }
}
