//! Tests that lists do not change while the user is pressing something.

use leptos::prelude::*;
use switchboard::browser::pointer::{Pointer, at_rest};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Event;

use crate::page::{Page, next_turn};

fn tell(what: &str) {
    let event = Event::new(what).expect("an event");
    window().dispatch_event(&event).expect("dispatched");
}

#[wasm_bindgen_test]
async fn a_list_does_not_change_between_press_and_click() {
    let names = RwSignal::new("Ada");
    let page = Page::show(move || {
        Pointer::provide();
        let shown = at_rest(move || names.get());
        view! { <p>{move || shown.get()}</p> }
    })
    .await;
    tell("pointerdown");
    names.set("Grace");
    next_turn().await;
    assert_eq!(page.text("p"), "Ada");
    tell("pointerup");
    // The click after it still hits what was pressed.
    assert_eq!(page.text("p"), "Ada");
    next_turn().await;
    next_turn().await;
    assert_eq!(page.text("p"), "Grace");
    names.set("Mai");
    next_turn().await;
    assert_eq!(page.text("p"), "Mai");
}
