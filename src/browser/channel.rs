//! Messages between the tabs of this browser that show the panel: they are kept nowhere, and reach pages of the same origin only.

use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, MessageEvent};

/// Sends a message to every other tab.
pub fn tell_other_tabs(channel: &str, message: &str) {
    if let Ok(channel) = BroadcastChannel::new(channel) {
        let _ = channel.post_message(&message.into());
        channel.close();
    }
}

/// Hears what other tabs send, for as long as the page is there.
pub fn hear_other_tabs(channel: &str, on_message: impl Fn(String) + 'static) {
    let Ok(channel) = BroadcastChannel::new(channel) else {
        return;
    };
    let hear = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some(message) = event.data().as_string() {
            on_message(message);
        }
    });
    channel.set_onmessage(Some(hear.as_ref().unchecked_ref()));
    // Both live as long as the page.
    hear.forget();
    std::mem::forget(channel);
}
