//! Messages between the tabs of this browser that show the panel: they are kept nowhere, and reach pages of the same origin only.

use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, MessageEvent};

/// A way to all other tabs and back, open for as long as the page is there. What one tab sends, another one gets in the same order.
#[derive(Debug)]
pub struct TabChannel(BroadcastChannel);

impl TabChannel {
    /// Opens the channel of this name. None where the browser has no such thing.
    pub fn open(name: &str, on_message: impl Fn(String) + 'static) -> Option<Self> {
        let channel = BroadcastChannel::new(name).ok()?;
        let hear = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(message) = event.data().as_string() {
                on_message(message);
            }
        });
        channel.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        // Lives as long as the page.
        hear.forget();
        Some(Self(channel))
    }

    /// Sends a message to every other tab.
    pub fn send(&self, message: &str) {
        let _ = self.0.post_message(&message.into());
    }
}
