//! Tests that a throttled value updates a few times a second and ends at the last value, and that a debounced one is
//! emitted once it rests.

use std::time::Duration;

use leptos::prelude::*;
use switchboard::browser::throttle::{debounce, throttle};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, next_turn, until};

const EVERY: Duration = Duration::from_millis(200);

#[wasm_bindgen_test]
async fn value_is_throttled_and_reaches_its_last() {
    let (value, drawn) = (RwSignal::new(0), RwSignal::new(0));
    let page = Page::show(move || {
        let value = throttle(Memo::new(move |_| value.get()), EVERY);
        view! { <p>{move || { drawn.update(|drawn| *drawn += 1); value.get() }}</p> }
    })
    .await;
    value.set(1);
    next_turn().await;
    next_turn().await;
    assert_eq!(page.text("p"), "1");
    for now in 2..=50 {
        value.set(now);
        next_turn().await;
    }
    until("the last value", || page.text("p") == "50").await;
    let drawn = drawn.get_untracked();
    assert!(drawn < 25, "drawn {drawn} times");
}

#[wasm_bindgen_test]
async fn text_is_emitted_although_its_signal_notifies_without_a_change() {
    let (count, others) = (RwSignal::new(12), RwSignal::new(0));
    let page = Page::show(move || {
        let text = Signal::derive(move || {
            others.track();
            count.get().to_string()
        });
        let rested = debounce(text, "12".to_owned(), EVERY);
        view! { <p>{rested}</p> }
    })
    .await;
    count.set(1);
    next_turn().await;
    others.set(1);
    until("the text", || page.text("p") == "1").await;
}
