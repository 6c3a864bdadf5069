//! What is typed into the search. Each letter filters the list and stands in the address at once; the router, which takes longer over a change of
//! the address than all the rest of it takes, hears of it when typing rests.

use std::time::Duration;

use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::selection::Selection;

/// For how long nothing is typed until the router hears of it.
const REST: Duration = Duration::from_millis(300);

/// What was typed and the router has not heard of.
#[derive(Clone, Copy)]
pub(super) struct Typing {
    /// What the router says.
    known: Memo<Selection>,
    typed: RwSignal<Option<String>>,
    timer: StoredValue<Option<TimeoutHandle>>,
}

impl Typing {
    /// Nothing was typed yet. `known` is what the router says: once that changes, it counts, and what was typed before does not.
    pub fn new(known: Memo<Selection>) -> Self {
        let typing = Self {
            known,
            typed: RwSignal::new(None),
            timer: StoredValue::new(None),
        };
        Effect::new(move || {
            known.track();
            typing.forget();
        });
        on_cleanup(move || typing.stop());
        typing
    }

    /// What is shown: what the router says, with the search as it is typed, on the first page.
    pub fn selection(self) -> Memo<Selection> {
        Memo::new(move |_| {
            let known = self.known.get();
            match self.typed.get() {
                Some(search) => Selection {
                    search,
                    page: 0,
                    ..known
                },
                None => known,
            }
        })
    }

    /// Takes what is in the field now, for a selection with it. `rested` is called once typing rests.
    pub fn take(self, selection: Selection, rested: Callback<Selection>) {
        self.stop();
        put_into_the_address(&selection.href());
        self.typed.set(Some(selection.search.clone()));
        let timer = set_timeout_with_handle(move || rested.run(selection), REST);
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
        let timer = self.timer.try_update_value(Option::take).flatten();
        if let Some(timer) = timer {
            timer.clear();
        }
    }
}

/// Replaces the address, so that a reload, a bookmark and the way back find what was typed last. A browser that finds this too often refuses; the
/// router tells it once more.
fn put_into_the_address(href: &str) {
    if let Ok(history) = window().history() {
        let state = history.state().unwrap_or(JsValue::NULL);
        let _ = history.replace_state_with_url(&state, "", Some(href));
    }
}
