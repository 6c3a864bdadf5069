//! What is done in every tab at once: disconnecting, and forgetting everything that the panel keeps in this browser.

use leptos::ev;
use leptos::prelude::*;
use switchboard_model::workspace::{
    KeyValue, StoreError, begin_forgetting, forget_everything, remove_all,
};

use super::{Session, saved};
use crate::browser::clock;
use crate::browser::storage::{Area, forget_recent_writes};

/// Where the epoch of the storage lies, which a forgetting ends: the browser tells the other tabs of it.
const FORGOTTEN: &str = "switchboard/1/forgotten";

/// Written and taken away again at once, with the base URL of the connection that ended. Never its token.
const DISCONNECTED: &str = "switchboard/1/disconnected";

impl Session {
    /// Begins to forget everything: from now on no open tab, this one included, writes what it remembers. The copy on disk is deleted after this.
    ///
    /// # Errors
    /// [`StoreError`] when the browser did not let it.
    pub fn begin_forgetting() -> Result<(), StoreError> {
        begin_forgetting(&Area::Local.open_unguarded()?, clock::now())
    }

    /// Forgets everything of every organisation: the workspaces, the connections with their tokens, the preferences. Other tabs disconnect.
    /// The caller reloads the page, so that nothing of it stays in memory either.
    ///
    /// # Errors
    /// [`StoreError`] when the browser did not let it: something may be left.
    pub fn forget_everything() -> Result<(), StoreError> {
        let session = Area::Session
            .open_unguarded()
            .and_then(|it| remove_all(&it));
        forget_everything(&Area::Local.open_unguarded()?, clock::now())?;
        session
    }

    /// Has the other tabs end their connection with this base URL.
    pub(super) fn tell_other_tabs_that_it_ended(base_url: &str) {
        let Ok(local) = Area::Local.open() else {
            return;
        };
        // Where nothing can be stored, tabs cannot be told: they stay connected until they are closed.
        let _ = local.set(DISCONNECTED, base_url);
        let _ = local.remove(DISCONNECTED);
    }

    /// Another tab has disconnected from this base URL, or from all with none.
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

    /// Hears of what other tabs do to the saved connections, that a connection ended, and of a forgetting of everything.
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
