//! Tests what counts as a return of the network.

use leptos::prelude::*;
use switchboard::browser::network::{Network, note_failure};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, next_turn};

#[wasm_bindgen_test]
async fn failed_call_is_tried_again_once_after_a_while() {
    let (network, returns) = (StoredValue::new(None), RwSignal::new(0));
    let _page = Page::show(move || {
        let provided = Network::provide();
        provided.on_return(move || returns.update(|returns| *returns += 1));
        network.set_value(Some(provided));
    })
    .await;
    let try_again = async || {
        network.get_value().expect("provided").try_again();
        next_turn().await;
        returns.get_untracked()
    };
    note_failure();
    assert_eq!(try_again().await, 0, "too soon");
    let later = "const then = performance.now() + 31_000; performance.now = () => then";
    js_sys::eval(later).expect("a clock");
    let found = [try_again().await, try_again().await];
    js_sys::eval("delete performance.now").expect("the clock as it was");
    assert_eq!(found, [1, 1]);
}
