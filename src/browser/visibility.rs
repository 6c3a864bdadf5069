//! Detects which elements are on the screen.

use leptos::html::Tr;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{IntersectionObserver, IntersectionObserverEntry};

/// Returns whether a row of a table is on the screen, tracked. False until the browser has reported it.
pub fn is_on_screen(row: NodeRef<Tr>) -> ReadSignal<bool> {
    let (shown, set_shown) = signal(false);
    let watching = StoredValue::new_local(None);
    Effect::new(move || {
        let Some(row) = row.get() else { return };
        let look = Closure::<dyn Fn(js_sys::Array)>::new(move |entries: js_sys::Array| {
            let newest: IntersectionObserverEntry = entries.pop().unchecked_into();
            set_shown.set(newest.is_intersecting());
        });
        match IntersectionObserver::new(look.as_ref().unchecked_ref()) {
            Ok(observer) => {
                observer.observe(&row);
                watching.set_value(Some((observer, look)));
            }
            // Without an observer every row counts as visible: too many reads are better than none.
            Err(_) => set_shown.set(true),
        }
    });
    on_cleanup(move || {
        if let Some(Some((observer, _))) = watching.try_update_value(Option::take) {
            observer.disconnect();
        }
    });
    shown
}
