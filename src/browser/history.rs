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

/// The number of retries. They take twice as long as WebKit's interval; a change that is still refused then has
/// another cause.
const RETRIES: u32 = 20;

const PUSH: &str = "pushState";
const REPLACE: &str = "replaceState";

/// A change of the address that the browser refused.
struct RefusedUpdate {
    /// Whether the history entry still has to be added.
    is_push: bool,
    state: JsValue,
    url: JsValue,
    retries: u32,
}

thread_local! {
    static REFUSED: RefCell<Option<RefusedUpdate>> = const { RefCell::new(None) };
}

/// Makes `pushState` and `replaceState` of this page never throw. A refused change is retried until it or a later one
/// is accepted, so the address always reaches its last state. Call it once, before the router starts.
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
    // The user navigated in the history, which makes the refused change obsolete.
    let _ = window_event_listener_untyped("popstate", |_| drop(REFUSED.take()));
}

fn change(is_push: bool, state: JsValue, url: JsValue) {
    let waiting = REFUSED.take();
    let is_push = is_push || waiting.as_ref().is_some_and(|waiting| waiting.is_push);
    if native(is_push, &state, &url).is_ok() {
        return;
    }
    REFUSED.set(Some(RefusedUpdate {
        is_push,
        state,
        url,
        retries: 0,
    }));
    // Otherwise a retry is scheduled already.
    if waiting.is_none() {
        set_timeout(retry, RETRY);
    }
}

fn retry() {
    let Some(refused) = REFUSED.take() else {
        return;
    };
    let is_accepted = native(refused.is_push, &refused.state, &refused.url).is_ok();
    if !is_accepted && refused.retries < RETRIES {
        REFUSED.set(Some(RefusedUpdate {
            retries: refused.retries + 1,
            ..refused
        }));
        set_timeout(retry, RETRY);
    }
}

/// Calls the browser's own method, which the replacement hides.
fn native(is_push: bool, state: &JsValue, url: &JsValue) -> Result<(), JsValue> {
    let history = window().history()?;
    let name = if is_push { PUSH } else { REPLACE };
    let method = Reflect::get(&Object::get_prototype_of(&history), &name.into())?;
    let method: Function = method.dyn_into()?;
    method.call3(&history, state, &"".into(), url).map(drop)
}
