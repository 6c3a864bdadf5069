//! The state of the network as far as the browser knows it.

use leptos::ev;
use leptos::prelude::*;

/// The network state: one for the whole page, in context.
#[derive(Clone, Copy)]
pub struct Network {
    is_offline: RwSignal<bool>,
    /// How often the network has returned.
    returns: RwSignal<u32>,
}

impl Network {
    /// Follows the browser's network state, and provides it as context.
    pub fn provide() -> Self {
        let network = Self {
            is_offline: RwSignal::new(is_offline()),
            returns: RwSignal::new(0),
        };
        let lost = window_event_listener(ev::offline, move |_| network.is_offline.set(true));
        let returned = window_event_listener(ev::online, move |_| {
            network.is_offline.set(false);
            network.returns.update(|returns| *returns += 1);
        });
        on_cleanup(move || {
            lost.remove();
            returned.remove();
        });
        provide_context(network);
        network
    }

    /// Returns the network state of this page.
    ///
    /// # Panics
    /// When called outside the application, which is a programming error.
    #[must_use]
    pub fn get() -> Self {
        expect_context()
    }

    /// Returns whether there is certainly no network, tracked. If there is one, it may still not reach the API.
    #[must_use]
    pub fn is_offline(&self) -> bool {
        self.is_offline.get()
    }

    /// Calls `run` each time the network returns, while the calling component is mounted.
    pub fn on_return(&self, run: impl Fn() + 'static) {
        let returns = self.returns;
        Effect::new(move |before: Option<u32>| {
            let now = returns.get();
            if before.is_some_and(|before| before != now) {
                untrack(&run);
            }
            now
        });
    }
}

/// Returns whether the browser is offline, untracked.
#[must_use]
pub fn is_offline() -> bool {
    web_sys::window().is_some_and(|window| !window.navigator().on_line())
}
