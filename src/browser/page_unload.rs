//! Whether the page is being left. Firefox and WebKit break off a page's calls first and end the page afterwards: what fails in between says
//! nothing of the API, and nothing may be told or kept of it.

use std::cell::Cell;
use std::time::Duration;

use futures_channel::oneshot;
use leptos::prelude::{set_timeout, window_event_listener_untyped};

/// A page that is still there after this time is not being left: what the user followed was a download, or was stopped.
const STAYS: Duration = Duration::from_secs(5);

thread_local! {
    static IS_LEFT: Cell<bool> = const { Cell::new(false) };
    static TIMES: Cell<u32> = const { Cell::new(0) };
}

/// Notes from now on when the page is being left. To be called once.
pub fn watch() {
    let _ = window_event_listener_untyped("beforeunload", |_| {
        let time = TIMES.get().wrapping_add(1);
        TIMES.set(time);
        IS_LEFT.set(true);
        let stayed = move || {
            // The last time counts, in whichever order the timers come.
            if TIMES.get() == time {
                IS_LEFT.set(false);
            }
        };
        set_timeout(stayed, STAYS);
    });
}

/// Ends at once, unless the page is being left: then it ends only if the page stays after all.
pub async fn stays() {
    while IS_LEFT.get() {
        let (tell, told) = oneshot::channel();
        let tell = move || {
            let _ = tell.send(());
        };
        set_timeout(tell, STAYS);
        let _ = told.await;
    }
}
