//! What is typed into the search of a list. Each letter filters the list at once and goes into the address (`browser::address_bar`); the router, which
//! takes longer over a change of the address than all the rest of it takes, hears of it when typing rests.

use std::time::Duration;

use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::*;

use crate::browser::address_bar;

/// For how long nothing is typed until the router hears of it.
const REST: Duration = Duration::from_millis(300);

/// What a list is narrowed by, as it is typed.
pub(crate) struct DebouncedQuery<T: Send + Sync + 'static> {
    /// What the router says.
    known: Memo<T>,
    /// What was typed, and the router has not heard of.
    typed: RwSignal<Option<T>>,
    timer: StoredValue<Option<TimeoutHandle>>,
}

impl<T: Send + Sync + 'static> Clone for DebouncedQuery<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for DebouncedQuery<T> {}

impl<T: Clone + PartialEq + Send + Sync + 'static> DebouncedQuery<T> {
    /// Nothing was typed yet. `known` is what the router says: once that changes, it counts, and what was typed before does not.
    pub fn new(known: Memo<T>) -> Self {
        let query = Self {
            known,
            typed: RwSignal::new(None),
            timer: StoredValue::new(None),
        };
        Effect::new(move || {
            known.track();
            query.forget();
        });
        on_cleanup(move || query.stop());
        query
    }

    /// What the list shows: what was typed last, otherwise what the router says.
    pub fn value(self) -> Memo<T> {
        Memo::new(move |_| self.typed.get().unwrap_or_else(|| self.known.get()))
    }

    /// Takes what the field makes of the query now; `href` is the page's address with it. `rested` is called once typing rests.
    pub fn take(self, value: T, href: String, rested: Callback<T>) {
        self.stop();
        address_bar::replace_soon(href);
        self.typed.set(Some(value.clone()));
        let timer = set_timeout_with_handle(move || rested.run(value), REST);
        self.timer.set_value(timer.ok());
    }

    /// Whether the router has not heard of what was typed. Never once the page is gone: a browser says that the focus has left the field when the
    /// field goes, too.
    pub fn is_ahead(self) -> bool {
        let is_typed = self.typed.try_with_untracked(Option::is_some);
        is_typed.unwrap_or_default()
    }

    /// Forgets what was typed.
    pub fn forget(self) {
        self.stop();
        if self.is_ahead() {
            self.typed.set(None);
        }
    }

    fn stop(self) {
        address_bar::forget();
        let timer = self.timer.try_update_value(Option::take).flatten();
        if let Some(timer) = timer {
            timer.clear();
        }
    }
}
