//! The state of the network as far as the browser knows it, and as far as calls show it.

use std::cell::{Cell, RefCell};

use futures_channel::oneshot;
use leptos::ev;
use leptos::prelude::*;

use super::clock::ticks;

/// How long a call that failed for want of a network is left alone, in milliseconds.
const PATIENCE: f64 = 30_000.0;

thread_local! {
    /// When the last call failed for want of a network, on the clock of [`ticks`]; `None` if that was tried again.
    static FAILED_AT: Cell<Option<f64>> = const { Cell::new(None) };
    /// What waits for the network to return.
    static WAITING: RefCell<Vec<oneshot::Sender<()>>> = const { RefCell::new(Vec::new()) };
}

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
            network.note_return();
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

    /// Counts as a return of the network if a call failed for want of one, a while ago: a browser with a network
    /// that leads nowhere never says that it is offline.
    pub fn try_again(&self) {
        if FAILED_AT.get().is_some_and(|at| ticks() - at >= PATIENCE) {
            FAILED_AT.set(None);
            self.note_return();
        }
    }

    fn note_return(&self) {
        self.returns.update(|returns| *returns += 1);
        // Dropping the senders wakes the receivers.
        drop(WAITING.take());
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

/// Waits until the network returns.
pub async fn network_return() {
    let (tell, told) = oneshot::channel();
    WAITING.with_borrow_mut(|waiting| waiting.push(tell));
    let _ = told.await;
}

/// Notes that a call failed for want of a network, for [`Network::try_again`].
pub fn note_failure() {
    FAILED_AT.set(Some(ticks()));
}

/// Returns whether the browser is offline, untracked.
#[must_use]
pub fn is_offline() -> bool {
    web_sys::window().is_some_and(|window| !window.navigator().on_line())
}
