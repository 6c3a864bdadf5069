//! Tests where the focus goes when the user goes back.

use leptos::prelude::*;
use switchboard::ui::{PageHeading, Toasts, keep_focus};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, next_turn, until};

#[wasm_bindgen_test]
async fn back_to_a_list_focuses_the_row_that_was_left() {
    let before = window().location().pathname().expect("a path");
    let go = |path: &str| {
        let history = window().history().expect("a history");
        let gone = history.replace_state_with_url(&JsValue::NULL, "", Some(path));
        gone.expect("another path");
    };
    let path = RwSignal::new("/list");
    go("/list");
    let _page = Page::show(move || {
        Toasts::provide();
        keep_focus();
        view! {
            <main>
                {move || view! {
                    <PageHeading title=path.get().to_owned() />
                    <a href="/one">"elsewhere"</a>
                    <table><tbody><tr><td><a id="row" href="/one">"One"</a></td></tr></tbody></table>
                }}
            </main>
        }
    })
    .await;
    let focused = || document().active_element().expect("an element");
    go("/one");
    path.set("/one");
    until("the heading", || {
        focused().text_content().as_deref() == Some("/one")
    })
    .await;
    let back = async |to: &'static str| {
        go(to);
        let event = web_sys::Event::new("popstate").expect("an event");
        window().dispatch_event(&event).expect("dispatched");
        path.set(to);
        next_turn().await;
    };
    back("/list").await;
    until("the row", || focused().id() == "row").await;
    // It leads to no row.
    back("/other").await;
    until("the heading", || focused().tag_name() == "H1").await;
    go(&before);
}
