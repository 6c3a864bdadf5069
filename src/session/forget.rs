//! What is done in every tab at once: disconnecting, and forgetting everything that the panel keeps in this browser.

use leptos::ev;
use leptos::prelude::*;
use switchboard_model::workspace::{KeyValue, StoreError, forget_everything};

use super::{Session, kept, saved};
use crate::browser::storage::Area;

/// Written and taken away again at once: the browser tells the other tabs of it.
const SIGNAL: &str = "switchboard/1/forgotten";

/// The same, with the base URL of the connection that ended. Never its token.
const DISCONNECTED: &str = "switchboard/1/disconnected";

impl Session {
    /// Forgets everything of every organisation: the workspaces, the connections with their tokens, the preferences. Other tabs disconnect.
    /// Whoever calls this loads the page anew, so that nothing of it stays in memory either.
    ///
    /// # Errors
    /// [`StoreError`] when the browser did not let it: something may be left.
    pub fn forget_everything() -> Result<(), StoreError> {
        let session = Area::Session.open().and_then(|it| forget_everything(&it));
        let local = Area::Local.open()?;
        forget_everything(&local)?;
        // A storage that was just emptied has room; if not, other tabs stay connected until they are closed.
        let _ = local.set(SIGNAL, "1");
        local.remove(SIGNAL)?;
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

    /// Hears of what other tabs do to the saved connections, that a connection ended, and of a forgetting of everything.
    pub(super) fn follow_other_tabs(&self) {
        let session = *self;
        let from_other_tabs =
            window_event_listener(ev::storage, move |event| match event.key().as_deref() {
                Some(SIGNAL) if event.new_value().is_some() => {
                    kept::store(None);
                    session.saved.set(Vec::new());
                    session.connection.set(None);
                }
                Some(DISCONNECTED) => {
                    let connection = session.connection_now();
                    let mine = connection.as_ref().map(|it| it.base_url.as_str());
                    if mine.is_some() && event.new_value().as_deref() == mine {
                        session.end();
                    }
                }
                None | Some(saved::KEY) => session.saved.set(saved::load()),
                Some(_) => {}
            });
        on_cleanup(move || from_other_tabs.remove());
    }
}
