//! Whether this device has a network, as far as the browser can tell.

use leptos::ev;
use leptos::prelude::*;

/// What the browser says of the network: one for the whole page, in context.
#[derive(Clone, Copy)]
pub struct Network {
    is_offline: RwSignal<bool>,
    /// How often the network returned.
    returns: RwSignal<u32>,
}

impl Network {
    /// Follows what the browser says, and puts it into context.
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

    /// What the browser says to this page.
    ///
    /// # Panics
    /// When called outside the application: a mistake of the programmer, not of the world.
    #[must_use]
    pub fn get() -> Self {
        expect_context()
    }

    /// Whether there surely is no network, tracked. Where there is one, it may still not reach the API.
    #[must_use]
    pub fn is_offline(&self) -> bool {
        self.is_offline.get()
    }

    /// Runs something each time the network returns, for as long as the calling component lives.
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

/// What the browser says right now.
#[must_use]
pub fn is_offline() -> bool {
    web_sys::window().is_some_and(|window| !window.navigator().on_line())
}
