//! Ends sessions in every tab at once: "Disconnect", and "Forget everything" that the panel stores in this browser.

use leptos::ev;
use leptos::prelude::*;
use switchboard_model::workspace::{
    KeyValue, StoreError, begin_forgetting, forget_everything, remove_all,
};

use super::other_tabs::Message;
use super::{Session, kept, saved};
use crate::browser::clock;
use crate::browser::storage::{Area, forget_recent_writes};

/// The key of the storage's epoch. Forgetting everything ends the epoch, and the browser notifies the other tabs of
/// the change.
const FORGOTTEN: &str = "switchboard/1/forgotten";

/// The key by which versions before 2026-11-30 tell each other of a disconnect. Tabs of both may be open at once.
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

    /// Ends the connection with this base URL in the other tabs, also in those that are not alive.
    pub(super) fn end_in_other_tabs(&self, base_url: &str) {
        kept::close(base_url);
        if let Ok(local) = Area::Local.open() {
            let _ = local.set(DISCONNECTED, base_url);
            let _ = local.remove(DISCONNECTED);
        }
        let id = base_url.to_owned();
        self.tell_other_tabs(&Message::Withdraw { id });
    }

    /// Handles that another tab has disconnected from this base URL, or from all if there is none.
    pub(super) fn ended_elsewhere(&self, base_url: Option<&str>) {
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
                None | Some(saved::KEY) => session.saved.set(saved::load()),
                Some(DISCONNECTED) => {
                    if let Some(base_url) = event.new_value() {
                        session.ended_elsewhere(Some(&base_url));
                    }
                }
                Some(key) => {
                    let base_url = key.strip_prefix(kept::OPEN);
                    // The event may come after another connection.
                    if let Some(base_url) = base_url.filter(|it| kept::name_of(it).is_none()) {
                        session.ended_elsewhere(Some(base_url));
                    }
                }
            });
        // The browser kept the page while the user was elsewhere, and it heard nothing.
        let restored_page = window_event_listener(ev::pageshow, move |event| {
            let mine = session
                .connection_now()
                .filter(|_| event.persisted())
                .map(|mine| mine.base_url);
            if let Some(mine) = mine
                && Area::Session.open().is_ok()
                && kept::load().is_none_or(|(kept, _)| kept.base_url != mine)
                && saved::unasked(&saved::load(), Some(&mine)).is_none()
            {
                session.ended_elsewhere(Some(mine.as_str()));
            }
        });
        on_cleanup(move || {
            from_other_tabs.remove();
            restored_page.remove();
        });
    }
}
