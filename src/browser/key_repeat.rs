//! Makes a held Enter key press once. Otherwise it would also press what the first press shows.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// Ignores the repetitions of a held Enter key on the whole page, except in fields of several lines.
pub fn ignore_held_enter() {
    let pressed = window_event_listener(ev::keydown, |event| {
        let is_text = || {
            let at = event.target().and_then(|at| at.dyn_into::<Element>().ok());
            at.is_some_and(|at| at.tag_name() == "TEXTAREA")
        };
        if event.repeat() && event.key() == "Enter" && !is_text() {
            event.prevent_default();
        }
    });
    on_cleanup(move || pressed.remove());
}
