//! The session: the current connection, and where it is stored.
//!
//! The token lives in this tab's session storage. It is in local storage only if the user asked to stay connected on
//! this device. It is written nowhere else.

mod end_everywhere;
mod handover;
mod kept;
mod organisation_name;
mod other_tabs;
mod renew;
mod saved;
mod saving;
mod unreadable;

use std::sync::Arc;

use leptos::prelude::*;
use switchboard_api::{BaseUrl, Connection, Organisation};

pub use saved::SavedConnection;
pub use unreadable::{PutBack, UnreadableConnection};

use crate::browser::channel::TabChannel;
use crate::browser::clock;
use crate::browser::storage::start_over;
use handover::{ANSWER_WITHIN, GUESSED_WITHIN, Handovers};
use kept::Stored;
use other_tabs::Message;

/// The session: one for the whole page, in context.
#[derive(Clone, Copy)]
pub struct Session {
    connection: RwSignal<Option<Connection>>,
    saved: RwSignal<Vec<SavedConnection>>,
    /// The organisation that answered while connecting, so that its page need not fetch it again.
    greeting: StoredValue<Option<Arc<Organisation>>>,
    /// The organisation's name as last known; empty if unknown.
    organisation: StoredValue<String>,
    /// The connection with a new token, if the original one was replaced.
    renewed: RwSignal<Option<Connection>>,
    /// Whether another tab has ended the connection. The page stays, without a token.
    ended: RwSignal<bool>,
    /// Whether the connection was the saved one when another tab ended it.
    was_saved: StoredValue<bool>,
    /// Whether this tab is asking the other tabs for their session.
    joining: RwSignal<bool>,
    /// Whether the answer of the other tab came after "Connect" was shown.
    came_late: StoredValue<bool>,
    handovers: StoredValue<Handovers>,
    channel: StoredValue<Option<TabChannel>, LocalStorage>,
}

/// Which organisation the address of a new tab names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// This organisation, and no other.
    Organisation(BaseUrl),
    /// The saved one that was connected last, else the only one that is open in other tabs.
    Any,
    /// The saved one that was connected last: the user chooses, on "Connect".
    Saved,
    /// This one if it is open in another tab. Otherwise the user connects, on "Connect".
    Open(BaseUrl),
}

/// Returns the connection of a tab that opens with this address, and its organisation's name.
fn restored(saved: &[SavedConnection], wanted: &Wanted) -> Option<(Connection, String)> {
    kept::load().or_else(|| {
        let one = match wanted {
            Wanted::Organisation(base_url) => saved::unasked(saved, Some(base_url)),
            Wanted::Any | Wanted::Saved => saved::unasked(saved, None),
            Wanted::Open(_) => None,
        }?;
        Some((one.connection.clone(), one.organisation.clone()))
    })
}

impl Session {
    /// Restores the connection of this tab and provides the session as context. A tab without one takes the
    /// connection that its address names, from this device or else from another tab.
    pub fn provide(wanted: &Wanted) -> Self {
        let saved = saved::load();
        let (connection, organisation) = restored(&saved, wanted).unzip();
        let session = Self {
            connection: RwSignal::new(connection),
            saved: RwSignal::new(saved),
            greeting: StoredValue::new(None),
            organisation: StoredValue::new(organisation.unwrap_or_default()),
            renewed: RwSignal::new(None),
            ended: RwSignal::new(false),
            was_saved: StoredValue::new(false),
            joining: RwSignal::new(false),
            came_late: StoredValue::new(false),
            handovers: StoredValue::default(),
            channel: StoredValue::new_local(None),
        };
        session.follow_other_tabs();
        session.join_other_tabs();
        if session.connection_now().is_none() {
            match wanted {
                Wanted::Open(base_url) if kept::name_of(base_url.as_str()).is_none() => {}
                Wanted::Organisation(base_url) | Wanted::Open(base_url) => {
                    session.ask_other_tabs(base_url, ANSWER_WITHIN);
                }
                Wanted::Any => {
                    if let Some(base_url) = kept::only_open() {
                        session.ask_other_tabs(&base_url, GUESSED_WITHIN);
                    }
                }
                Wanted::Saved => {}
            }
        }
        provide_context(session);
        session
    }

    /// Returns the session of this page.
    ///
    /// # Panics
    /// When called outside the application, which is a programming error.
    #[must_use]
    pub fn get() -> Self {
        expect_context()
    }

    /// Returns the connection, tracked.
    #[must_use]
    pub fn connection(&self) -> Option<Connection> {
        self.connection.get()
    }

    /// Returns the base URL of the connection, tracked.
    #[must_use]
    pub fn base_url(&self) -> Option<BaseUrl> {
        self.connection
            .with(|connection| connection.as_ref().map(|it| it.base_url.clone()))
    }

    /// Returns the connection, untracked.
    #[must_use]
    pub fn connection_now(&self) -> Option<Connection> {
        self.connection.get_untracked()
    }

    /// Connects this tab. With `keep`, also saves the connection on this device under the organisation's name; without
    /// it, a saved token of the same base URL stays as it is. Returns false if the browser did not save the connection.
    pub fn connect(
        &self,
        connection: Connection,
        organisation: Arc<Organisation>,
        keep: bool,
    ) -> bool {
        start_over();
        self.handovers.update_value(|it| drop(it.reset()));
        // Read again here and below: another tab may have saved or forgotten a connection since.
        let mut connections = saved::load();
        saved::put(&mut connections, &connection, &organisation.name, keep);
        let stored = saved::store(&connections) || !keep;
        // Show what was saved, not what should have been.
        self.saved.set(saved::load());
        let name = organisation.name.clone();
        self.greeting.set_value(Some(organisation));
        let session = Stored::named(&connection, &name);
        // The session has a name before other tabs join it.
        self.adopt(connection, name);
        self.tell_other_tabs(&Message::Renewed { old: None, session });
        stored
    }

    /// Connects this tab to another organisation. Returns true if this device had it saved. Otherwise asks the other
    /// tabs; the result is there once [`Self::is_joining`] is false again.
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
                self.ask_other_tabs(base_url, ANSWER_WITHIN);
                false
            }
        }
    }

    /// Takes the answer that the organisation gave while connecting, if nothing has taken it before.
    #[must_use]
    pub fn take_greeting(&self) -> Option<Arc<Organisation>> {
        self.greeting.try_update_value(Option::take).flatten()
    }

    /// Disconnects every tab that is connected with the same base URL. Saved connections stay on this device, but no
    /// tab connects with this one unasked.
    pub fn disconnect(&self) {
        if let Some(Connection { base_url, .. }) = self.connection_now() {
            // First, because it makes room in a full storage.
            self.end_in_other_tabs(base_url.as_str());
            let mut connections = saved::load();
            saved::close(&mut connections, &base_url);
            saved::store(&connections);
        }
        self.end();
    }

    /// As [`Self::disconnect`], and deletes the saved token from this device.
    pub fn disconnect_and_forget(&self) {
        if let Some(Connection { base_url, .. }) = self.connection_now() {
            let _ = self.forget(base_url.as_str());
        }
        self.disconnect();
    }

    /// Returns whether another tab has ended the connection, tracked. The page stays, and this tab has no token.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        self.ended.get()
    }

    /// Leaves the page of a connection that another tab has ended.
    pub fn leave(&self) {
        self.end();
    }

    /// Removes the connection from this tab.
    fn end(&self) {
        self.take_out();
        self.connection.set(None);
        self.ended.set(false);
    }

    /// Removes the token from this tab; its page stays.
    fn suspend(&self) {
        self.was_saved.set_value(self.is_saved_here());
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
}

/// Returns a random name that no other tab uses.
fn random_name() -> String {
    format!("{:x}-{:x}", clock::now(), js_sys::Math::random().to_bits())
}
