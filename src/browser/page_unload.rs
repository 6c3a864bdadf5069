//! Detects that the page is being unloaded. Firefox and WebKit abort a page's calls before they unload it. Such a
//! failure says nothing about the API, so the panel must neither report nor store it.

use std::cell::Cell;
use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;

use super::timeout::wait;

/// A page that still exists after this time is not being unloaded: the link was a download, or the user stopped the
/// navigation.
const STAYS: Duration = Duration::from_secs(5);

thread_local! {
    static IS_LEFT: Cell<bool> = const { Cell::new(false) };
    static TIMES: Cell<u32> = const { Cell::new(0) };
}

/// Starts to watch for the page's unload. Call it once.
pub fn watch() {
    let _ = window_event_listener_untyped("beforeunload", |_| {
        let time = TIMES.get().wrapping_add(1);
        TIMES.set(time);
        IS_LEFT.set(true);
        let stayed = move || {
            // The latest start counts, in whichever order the timers fire.
            if TIMES.get() == time {
                IS_LEFT.set(false);
            }
        };
        set_timeout(stayed, STAYS);
    });
}

/// Returns at once, unless the page is being unloaded: then returns only if the page stays after all.
pub async fn stays() {
    while IS_LEFT.get() {
        wait(STAYS).await;
    }
}

/// While it exists, the browser asks before it unloads the page.
pub struct UnloadQuestion(Option<WindowListenerHandle>);

impl UnloadQuestion {
    /// Makes the browser ask.
    #[must_use]
    pub fn begin() -> Self {
        Self(Some(window_event_listener(ev::beforeunload, |event| {
            event.prevent_default();
        })))
    }
}

impl Drop for UnloadQuestion {
    fn drop(&mut self) {
        if let Some(listener) = self.0.take() {
            listener.remove();
        }
    }
}
