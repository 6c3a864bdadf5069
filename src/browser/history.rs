//! Keeps the application alive when the browser refuses to change the address.
//!
//! WebKit throws a `SecurityError` from `history.pushState` and `history.replaceState` after a hundred calls in ten seconds, Firefox after two
//! hundred. The router unwraps the result, which would stop the whole application.

use std::cell::RefCell;
use std::time::Duration;

use js_sys::{Function, Object, Reflect};
use leptos::prelude::{set_timeout, window, window_event_listener_untyped};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// How long to wait before a refused change is tried again.
const RETRY: Duration = Duration::from_secs(1);

/// The number of retries. They take twice as long as WebKit's interval; what is still refused then has another cause.
const RETRIES: u32 = 20;

const PUSH: &str = "pushState";
const REPLACE: &str = "replaceState";

/// A change of the address that the browser refused.
struct RefusedUpdate {
    /// Whether the history entry still has to be added.
    is_push: bool,
    state: JsValue,
    url: JsValue,
}

thread_local! {
    /// The refused changes, the oldest first.
    static REFUSED: RefCell<Vec<RefusedUpdate>> = const { RefCell::new(Vec::new()) };
}

/// Makes `pushState` and `replaceState` of this page never throw. Refused changes are retried in order, so that the
/// address reaches its last state and Back the states before it. Call it once, before the router starts.
pub fn survive_refusals() {
    let Ok(history) = window().history() else {
        return;
    };
    for name in [PUSH, REPLACE] {
        let change = Closure::<dyn Fn(JsValue, JsValue, JsValue)>::new(
            move |state: JsValue, _unused: JsValue, url: JsValue| change(name == PUSH, state, url),
        );
        // If this fails, the browser's own method stays, and throws.
        let _ = Reflect::set(&history, &name.into(), change.as_ref());
        change.forget();
    }
    // The user navigated in the history, which makes the refused changes obsolete.
    let _ = window_event_listener_untyped("popstate", |_| drop(REFUSED.take()));
}

fn change(is_push: bool, state: JsValue, url: JsValue) {
    let mut waiting = REFUSED.take();
    let is_scheduled = !waiting.is_empty();
    match waiting.last_mut() {
        Some(last) if !is_push => (last.state, last.url) = (state, url),
        _ => waiting.push(RefusedUpdate {
            is_push,
            state,
            url,
        }),
    }
    if !make(waiting) && !is_scheduled {
        set_timeout(|| retry(RETRIES), RETRY);
    }
}

fn retry(left: u32) {
    if make(REFUSED.take()) {
        return;
    }
    if left > 1 {
        set_timeout(move || retry(left - 1), RETRY);
    } else {
        REFUSED.take();
    }
}

/// Makes changes in order, and keeps the rest once the browser refuses one. Returns whether it made all.
fn make(mut changes: Vec<RefusedUpdate>) -> bool {
    let is_refused = |one: &RefusedUpdate| native(one.is_push, &one.state, &one.url).is_err();
    let made = changes.iter().position(is_refused);
    changes.drain(..made.unwrap_or(changes.len()));
    REFUSED.set(changes);
    made.is_none()
}

/// Calls the browser's own method, which the replacement hides.
fn native(is_push: bool, state: &JsValue, url: &JsValue) -> Result<(), JsValue> {
    let history = window().history()?;
    let name = if is_push { PUSH } else { REPLACE };
    let method = Reflect::get(&Object::get_prototype_of(&history), &name.into())?;
    let method: Function = method.dyn_into()?;
    method.call3(&history, state, &"".into(), url).map(drop)
}
