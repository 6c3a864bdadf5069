//! Messages between the tabs of this browser that show the panel. They are not stored, and reach only pages of the
//! same origin.

use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, MessageEvent};

/// A channel to and from all other tabs, open until it is dropped. Messages of one tab arrive in order.
#[derive(Debug)]
pub struct TabChannel(BroadcastChannel);

impl TabChannel {
    /// Opens the channel of this name. Returns `None` if the browser has no channels.
    pub fn open(name: &str, on_message: impl Fn(String) + 'static) -> Option<Self> {
        let channel = BroadcastChannel::new(name).ok()?;
        let hear = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(message) = event.data().as_string() {
                on_message(message);
            }
        });
        channel.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        // Must live as long as the page.
        hear.forget();
        Some(Self(channel))
    }

    /// Sends a message to every other tab.
    pub fn send(&self, message: &str) {
        let _ = self.0.post_message(&message.into());
    }
}

impl Drop for TabChannel {
    fn drop(&mut self) {
        self.0.close();
    }
}
