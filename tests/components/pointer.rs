//! Tests that lists do not change while the user is pressing something, or aims at a row.

use leptos::prelude::*;
use switchboard::browser::pointer::{Pointer, at_rest, once_used, rows_in_place, while_in_use};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, EventInit, HtmlElement};

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

#[wasm_bindgen_test]
async fn newer_rows_wait_until_pointer_and_focus_leave() {
    let (page_number, names) = (RwSignal::new(0), RwSignal::new(vec!["b", "a"]));
    let page = Page::show(move || {
        let rows = rows_in_place(while_in_use("rows"), 0, |_| true, move || {
            (page_number.get(), names.get())
        });
        let item = |name| view! { <li><button>{name}</button><span tabindex="-1"></span></li> };
        view! { <ul id="rows"><For each=move || rows.get().1 key=|name| *name let:name>{item(name)}</For></ul> }
    })
    .await;
    let go_to = |selector: &str| {
        let bubbles = EventInit::new();
        bubbles.set_bubbles(true);
        let event = Event::new_with_event_init_dict("pointerover", &bubbles).expect("an event");
        page.one(selector)
            .dispatch_event(&event)
            .expect("dispatched");
    };
    go_to("li:last-child button");
    names.set(vec!["c", "b", "a"]);
    next_turn().await;
    assert_eq!(page.text("ul"), "ba");
    page.one("li:last-child button").focus().expect("focused");
    tell("pointerover");
    next_turn().await;
    assert_eq!(page.text("ul"), "ba", "the focus is still there");
    let focused = document().active_element().expect("an element");
    focused
        .unchecked_into::<HtmlElement>()
        .blur()
        .expect("blurred");
    next_turn().await;
    assert_eq!(page.text("ul"), "cba");
    // With a text the user aims at nothing.
    page.one("li:last-child button").focus().expect("focused");
    next_turn().await;
    names.set(vec!["d", "c", "b", "a"]);
    next_turn().await;
    assert_eq!(page.text("ul"), "cba");
    page.one("li:last-child span").focus().expect("focused");
    next_turn().await;
    assert_eq!(page.text("ul"), "dcba");
    // Another page of the list is shown at once.
    go_to("li:last-child button");
    page_number.set(1);
    names.set(vec!["x"]);
    next_turn().await;
    assert_eq!(page.text("ul"), "x");
}

#[wasm_bindgen_test]
async fn rows_keep_their_order_once_the_page_was_used() {
    let (query, names) = (RwSignal::new(0), RwSignal::new(vec!["a", "b"]));
    let page = Page::show(move || {
        let rows = rows_in_place(
            once_used("rows"),
            usize::MAX,
            |_| true,
            move || (query.get(), names.get()),
        );
        view! { <p>{move || rows.get().1.concat()}</p> }
    })
    .await;
    names.set(vec!["b", "a"]);
    next_turn().await;
    assert_eq!(page.text("p"), "ba");
    tell("pointerdown");
    names.set(vec!["a", "b", "c"]);
    next_turn().await;
    assert_eq!(page.text("p"), "bac");
    query.set(1);
    next_turn().await;
    assert_eq!(page.text("p"), "abc");
}
