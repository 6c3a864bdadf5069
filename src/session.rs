//! Who we are connected as, and where that is kept.
//!
//! The token lives in this tab's session storage; in local storage only when the user asked to stay connected on this device.
//! It is written nowhere else.

mod end_everywhere;
mod handover;
mod kept;
mod other_tabs;
mod renew;
mod saved;
mod unreadable;

use std::sync::Arc;

use leptos::prelude::*;
use switchboard_api::{BaseUrl, Connection, Organisation};

pub use saved::SavedConnection;
pub use unreadable::{PutBack, UnreadableConnection};

use crate::browser::channel::TabChannel;
use crate::browser::clock;
use crate::browser::storage::start_over;
use crate::readers;
use handover::Handovers;
use kept::Stored;
use other_tabs::Message;

/// The session: one for the whole page, in context.
#[derive(Clone, Copy)]
pub struct Session {
    connection: RwSignal<Option<Connection>>,
    saved: RwSignal<Vec<SavedConnection>>,
    /// The organisation that answered while connecting, so that its page need not ask again.
    greeting: StoredValue<Option<Arc<Organisation>>>,
    /// What the organisation was called when the connection was made; empty where that is not known.
    organisation: StoredValue<String>,
    /// The connection with another token than the one that it was made with.
    renewed: RwSignal<Option<Connection>>,
    /// Whether another tab has ended the connection: its page stays, without a token.
    ended: RwSignal<bool>,
    /// Whether another tab is being asked for its session.
    joining: RwSignal<bool>,
    handovers: StoredValue<Handovers>,
    channel: StoredValue<Option<TabChannel>, LocalStorage>,
}

/// What the address of a new tab says of the organisation that it wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// This one, and no other.
    Organisation(BaseUrl),
    /// Whichever was connected last.
    Any,
    /// The user shall say which.
    Ask,
}

impl Session {
    /// Finds the connection that this tab was left with, and puts the session into context. A tab that was left with none takes the one that
    /// its address wants from this device, or else from another tab.
    pub fn provide(wanted: &Wanted) -> Self {
        let saved = saved::load();
        let found = kept::load().or_else(|| {
            let one = match wanted {
                Wanted::Organisation(base_url) => saved::unasked(&saved, Some(base_url)),
                Wanted::Any => saved::unasked(&saved, None),
                Wanted::Ask => None,
            }?;
            Some((one.connection.clone(), one.organisation.clone()))
        });
        let (connection, organisation) = found.unzip();
        let session = Self {
            connection: RwSignal::new(connection),
            saved: RwSignal::new(saved),
            greeting: StoredValue::new(None),
            organisation: StoredValue::new(organisation.unwrap_or_default()),
            renewed: RwSignal::new(None),
            ended: RwSignal::new(false),
            joining: RwSignal::new(false),
            handovers: StoredValue::default(),
            channel: StoredValue::new_local(None),
        };
        session.follow_other_tabs();
        session.join_other_tabs();
        if let (None, Wanted::Organisation(base_url)) = (session.connection_now(), wanted) {
            session.ask_other_tabs(base_url);
        }
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

    /// The base URL of the connection, tracked.
    #[must_use]
    pub fn base_url(&self) -> Option<BaseUrl> {
        self.connection
            .with(|connection| connection.as_ref().map(|it| it.base_url.clone()))
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
        self.saved_connection(base_url).is_some()
    }

    /// The connection with this base URL as it is kept on this device, untracked.
    #[must_use]
    pub fn saved_connection(&self, base_url: &BaseUrl) -> Option<Connection> {
        self.saved.with_untracked(|saved| {
            let mut saved = saved.iter().map(|one| &one.connection);
            saved.find(|one| one.base_url == *base_url).cloned()
        })
    }

    /// What the organisation with this base URL is called on this device, untracked; empty where it is not kept.
    #[must_use]
    pub fn saved_name(&self, base_url: &BaseUrl) -> String {
        self.saved.with_untracked(|saved| {
            let mut saved = saved.iter();
            let one = saved.find(|one| one.connection.base_url == *base_url);
            one.map(|one| one.organisation.clone()).unwrap_or_default()
        })
    }

    /// The connections kept on this device, tracked.
    #[must_use]
    pub fn saved(&self) -> Vec<SavedConnection> {
        readers::unsubscribe_on_cleanup();
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
        start_over();
        self.handovers.update_value(|it| drop(it.reset()));
        // Read again here and below: another tab may have saved or forgotten one since.
        let mut connections = saved::load();
        saved::put(&mut connections, &connection, &organisation.name, keep);
        let stored = saved::store(&connections) || !keep;
        // What is kept, not what was to be.
        self.saved.set(saved::load());
        let name = organisation.name.clone();
        self.greeting.set_value(Some(organisation));
        self.tell_other_tabs(&Message::Renewed {
            old: None,
            session: Stored::named(&connection, &name),
        });
        self.adopt(connection, name);
        stored
    }

    /// Connects this tab to another organisation with what this device has saved: true. Else it asks the other tabs, and there is an answer
    /// once [`Self::is_joining`] is false again.
    #[must_use]
    pub fn switch_to(&self, base_url: &BaseUrl) -> bool {
        let saved = saved::load();
        let one = saved
            .iter()
            .find(|one| one.connection.base_url == *base_url);
        match one {
            Some(one) => {
                self.handovers.update_value(|it| drop(it.reset()));
                self.adopt(one.connection.clone(), one.organisation.clone());
                true
            }
            None => {
                self.ask_other_tabs(base_url);
                false
            }
        }
    }

    /// What the organisation answered while connecting. Given once.
    #[must_use]
    pub fn take_greeting(&self) -> Option<Arc<Organisation>> {
        self.greeting.try_update_value(Option::take).flatten()
    }

    /// Disconnects, in every tab that is connected with the same base URL. What is saved on this device stays, but no tab connects with it
    /// unasked.
    pub fn disconnect(&self) {
        if let Some(Connection { base_url, .. }) = self.connection_now() {
            let mut connections = saved::load();
            saved::close(&mut connections, &base_url);
            saved::store(&connections);
            Self::tell_other_tabs_that_it_ended(base_url.as_str());
        }
        self.end();
    }

    /// As [`Self::disconnect`], and takes the saved token off this device.
    pub fn disconnect_and_forget(&self) {
        if let Some(Connection { base_url, .. }) = self.connection_now() {
            self.forget(base_url.as_str());
        }
        self.disconnect();
    }

    /// Whether another tab has ended the connection, tracked. The page stays, and this tab has no token.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        self.ended.get()
    }

    /// Leaves the page of a connection that another tab has ended.
    pub fn leave(&self) {
        self.end();
    }

    /// Takes the connection out of this tab.
    fn end(&self) {
        self.take_out();
        self.connection.set(None);
        self.ended.set(false);
    }

    /// Takes the token out of this tab, whose page stays.
    fn suspend(&self) {
        self.take_out();
        self.connection.update_untracked(|connection| {
            if let Some(connection) = connection {
                connection.forget_token();
            }
        });
        self.ended.set(true);
    }

    fn take_out(&self) {
        kept::store(None);
        self.saved.set(saved::load());
        let given = self.handovers.try_update_value(Handovers::reset);
        for id in given.unwrap_or_default() {
            self.tell_other_tabs(&Message::Withdraw { id });
        }
    }

    /// Takes a saved connection, and with it the token, off this device.
    pub fn forget(&self, base_url: &str) {
        let mut connections = saved::load();
        connections.retain(|one| one.connection.base_url.as_str() != base_url);
        saved::store(&connections);
        self.saved.set(saved::load());
    }
}

/// A name that no other tab has come up with.
fn random_name() -> String {
    format!("{:x}-{:x}", clock::now(), js_sys::Math::random().to_bits())
}
