//! Giving way: long work in slices, between which the browser paints, takes keys and goes on with everything else.

use std::cell::Cell;

use futures_channel::oneshot;
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use web_sys::MessageChannel;

use super::clock;

/// How long a slice takes, in milliseconds: a key that is pressed in its middle is answered soon enough, and what is not long at all is done in one.
const SLICE: f64 = 40.0;

/// Long work, by the time at which its slice began.
pub struct TimeSlice {
    began: Cell<f64>,
}

impl TimeSlice {
    /// The first slice begins.
    #[must_use]
    pub fn begin() -> Self {
        Self {
            began: Cell::new(clock::ticks()),
        }
    }

    /// Gives way to the browser when the slice has taken its time. Cheap otherwise: to be awaited at every turn.
    pub async fn pause(&self) {
        if clock::ticks() - self.began.get() >= SLICE {
            give_way().await;
            self.began.set(clock::ticks());
        }
    }
}

/// Gives way to the browser once. By a message to ourselves: timers wait, and those of a tab that nobody sees wait for a second.
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
