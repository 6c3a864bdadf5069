//! The search query of a list while the user types. Each letter filters the list at once and is written to the
//! address (`browser::address_bar`). The router is slow to handle a change of the address, so it learns of it only
//! when the user pauses.

use std::time::Duration;

use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::*;

use crate::browser::address_bar;

/// The debounce delay before the router learns of the query.
const REST: Duration = Duration::from_millis(300);

/// The query of a list, as it is typed.
pub(crate) struct DebouncedQuery<T: Send + Sync + 'static> {
    /// The query that the router knows.
    known: Memo<T>,
    /// The typed query that the router does not know yet.
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
    /// Creates a query without typed input. `known` is the router's query: when that changes, it replaces what was
    /// typed.
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

    /// Returns what the list shows: the typed query, else the router's.
    pub fn value(self) -> Memo<T> {
        Memo::new(move |_| self.typed.get().unwrap_or_else(|| self.known.get()))
    }

    /// Sets the typed query; `href` is the page's address with it. Calls `rested` when the user pauses.
    pub fn take(self, value: T, href: String, rested: Callback<T>) {
        self.stop();
        address_bar::replace_soon(href);
        self.typed.set(Some(value.clone()));
        let timer = set_timeout_with_handle(move || rested.run(value), REST);
        self.timer.set_value(timer.ok());
    }

    /// Returns whether the router does not know the typed query yet. False once the page is gone: browsers report a
    /// lost focus even when the field is removed.
    pub fn is_ahead(self) -> bool {
        let is_typed = self.typed.try_with_untracked(Option::is_some);
        is_typed.unwrap_or_default()
    }

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
