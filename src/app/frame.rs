//! The frame that `index.html` shows before the application has loaded. It stays until the application replaces it,
//! so that the user sees neither an empty page while a chunk loads nor the frame twice.

use leptos::prelude::*;
use web_sys::Element;

/// Removes the frame. The caller mounts the replacement in the same turn, before the browser paints.
pub(super) fn give_way() {
    if let Some(frame) = find() {
        frame.remove();
    }
}

/// Returns whether the frame is still on the page.
pub(super) fn stands() -> bool {
    find().is_some()
}

fn find() -> Option<Element> {
    document().get_element_by_id("boot")
}
