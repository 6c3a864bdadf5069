//! Ends sessions in every tab at once: "Disconnect", and "Forget everything" that the panel stores in this browser.

use leptos::ev;
use leptos::prelude::*;
use switchboard_model::workspace::{
    KeyValue, StoreError, begin_forgetting, forget_everything, remove_all,
};

use super::{Session, saved};
use crate::browser::clock;
use crate::browser::storage::{Area, forget_recent_writes};

/// The key of the storage's epoch. Forgetting everything ends the epoch, and the browser notifies the other tabs of
/// the change.
const FORGOTTEN: &str = "switchboard/1/forgotten";

/// The key that is written and deleted at once, with the base URL of the connection that ended. Never its token.
const DISCONNECTED: &str = "switchboard/1/disconnected";

impl Session {
    /// Begins to forget everything. From now on no open tab writes what it remembers, including this one. The copy on
    /// disk is deleted afterwards.
    ///
    /// # Errors
    /// [`StoreError`] when the browser did not allow it.
    pub fn begin_forgetting() -> Result<(), StoreError> {
        begin_forgetting(&Area::Local.open_unguarded()?, clock::now())
    }

    /// Forgets everything of every organisation: the workspaces, the connections with their tokens, and the
    /// preferences. Other tabs disconnect. The caller reloads the page, so that nothing stays in memory either.
    ///
    /// # Errors
    /// [`StoreError`] when the browser did not allow it: something may be left.
    pub fn forget_everything() -> Result<(), StoreError> {
        let session = Area::Session
            .open_unguarded()
            .and_then(|it| remove_all(&it));
        forget_everything(&Area::Local.open_unguarded()?, clock::now())?;
        session
    }

    /// Makes the other tabs end their connection with this base URL.
    pub(super) fn tell_other_tabs_that_it_ended(base_url: &str) {
        let Ok(local) = Area::Local.open() else {
            return;
        };
        // Without storage the other tabs cannot be notified: they stay connected until they are closed.
        let _ = local.set(DISCONNECTED, base_url);
        let _ = local.remove(DISCONNECTED);
    }

    /// Handles that another tab has disconnected from this base URL, or from all if there is none.
    fn ended_elsewhere(&self, base_url: Option<&str>) {
        if self.handovers.try_update_value(|it| it.ended(base_url)) == Some(true) {
            self.joining.set(false);
        }
        let connection = self.connection_now();
        match (connection, base_url) {
            (Some(mine), Some(base_url)) if mine.base_url.as_str() == base_url => self.suspend(),
            (Some(_), None) => self.end(),
            _ => {}
        }
    }

    /// Follows what other tabs do: changes of the saved connections, disconnects, and forgetting everything.
    pub(super) fn follow_other_tabs(&self) {
        let session = *self;
        let from_other_tabs =
            window_event_listener(ev::storage, move |event| match event.key().as_deref() {
                Some(FORGOTTEN) if event.new_value().is_some() => {
                    forget_recent_writes();
                    session.ended_elsewhere(None);
                    session.saved.set(Vec::new());
                }
                Some(DISCONNECTED) => {
                    if let Some(base_url) = event.new_value() {
                        session.ended_elsewhere(Some(&base_url));
                    }
                }
                None | Some(saved::KEY) => session.saved.set(saved::load()),
                Some(_) => {}
            });
        on_cleanup(move || from_other_tabs.remove());
    }
}
