//! The frame that `index.html` shows before the application is there. It stays until the application has something to put in its place, so that
//! nothing between the two is seen: no empty page while a part is on its way, and nothing twice.

use leptos::prelude::*;
use web_sys::Element;

/// Takes the frame away. What stands in its place is put on the page in the same turn, before anything is painted.
pub(super) fn give_way() {
    if let Some(frame) = find() {
        frame.remove();
    }
}

/// Whether the frame is still on the page.
pub(super) fn stands() -> bool {
    find().is_some()
}

fn find() -> Option<Element> {
    document().get_element_by_id("boot")
}
