//! Who we are connected as, and where that is kept.
//!
//! The token lives in this tab's session storage; in local storage only when the user asked to stay connected on this device.
//! It is written nowhere else.

mod forget;
mod kept;
mod saved;

use std::sync::Arc;

use leptos::prelude::*;
use switchboard_api::{Connection, Organisation};

pub use saved::SavedConnection;

/// The session: one for the whole page, in context.
#[derive(Clone, Copy)]
pub struct Session {
    connection: RwSignal<Option<Connection>>,
    saved: RwSignal<Vec<SavedConnection>>,
    /// The organisation that answered while connecting, so that its page need not ask again.
    greeting: StoredValue<Option<Arc<Organisation>>>,
}

impl Session {
    /// Finds the connection that this tab, or else this device, was left with, and puts the session into context.
    pub fn provide() -> Self {
        let saved = saved::load();
        let connection = kept::load().or_else(|| {
            saved
                .iter()
                .find(|one| one.current)
                .map(|one| one.connection.clone())
        });
        let session = Self {
            connection: RwSignal::new(connection),
            saved: RwSignal::new(saved),
            greeting: StoredValue::new(None),
        };
        session.follow_other_tabs();
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

    /// The connections kept on this device, tracked.
    #[must_use]
    pub fn saved(&self) -> Vec<SavedConnection> {
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
        kept::store(Some(&connection));
        // Read again here and below: another tab may have saved or forgotten one since.
        let mut connections = saved::load();
        saved::put(&mut connections, &connection, &organisation.name, keep);
        let stored = saved::store(&connections) || !keep;
        self.saved.set(connections);
        self.greeting.set_value(Some(organisation));
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
