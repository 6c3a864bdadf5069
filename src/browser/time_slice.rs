//! Splits long work into time slices, between which the browser paints and handles events.

use std::cell::Cell;

use futures_channel::oneshot;
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use web_sys::MessageChannel;

use super::clock;

/// The length of a slice in milliseconds. It is short enough to respond to keys, and long enough that most work needs
/// only one.
const SLICE: f64 = 40.0;

/// The current slice of long work, with its start time.
pub struct TimeSlice {
    began: Cell<f64>,
}

impl TimeSlice {
    /// Begins the first slice.
    #[must_use]
    pub fn begin() -> Self {
        Self {
            began: Cell::new(clock::ticks()),
        }
    }

    /// Yields to the browser if the slice is over. Cheap otherwise, so that each iteration can await it.
    pub async fn pause(&self) {
        if clock::ticks() - self.began.get() >= SLICE {
            give_way().await;
            self.began.set(clock::ticks());
        }
    }
}

/// Yields to the browser once. Uses a message to the page itself, because browsers delay timers, in background tabs
/// by a second.
pub async fn give_way() {
    let (tell, told) = oneshot::channel();
    let Ok(channel) = MessageChannel::new() else {
        return;
    };
    let tell = Closure::once_into_js(move || {
        let _ = tell.send(());
    });
    channel.port1().set_onmessage(Some(tell.unchecked_ref()));
    if channel.port2().post_message(&JsValue::NULL).is_ok() {
        let _ = told.await;
    }
    channel.port1().close();
}
