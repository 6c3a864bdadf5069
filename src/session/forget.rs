//! Forgetting everything that the panel keeps in this browser, in every tab of it.

use leptos::ev;
use leptos::prelude::*;
use switchboard_model::workspace::{KeyValue, StoreError, forget_everything};

use super::{Session, kept, saved};
use crate::browser::storage::Area;

/// Written and taken away again at once: the browser tells the other tabs of it.
const SIGNAL: &str = "switchboard/1/forgotten";

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

    /// Hears of what other tabs do to the saved connections, and of a forgetting of everything.
    pub(super) fn follow_other_tabs(&self) {
        let session = *self;
        let from_other_tabs =
            window_event_listener(ev::storage, move |event| match event.key().as_deref() {
                Some(SIGNAL) if event.new_value().is_some() => {
                    kept::store(None);
                    session.saved.set(Vec::new());
                    session.connection.set(None);
                }
                None | Some(saved::KEY) => session.saved.set(saved::load()),
                Some(_) => {}
            });
        on_cleanup(move || from_other_tabs.remove());
    }
}
