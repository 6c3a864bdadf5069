//! Tests what is kept free for the bars at the top of the window.

use leptos::prelude::*;
use switchboard::ui::measure_bars;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::page::{Page, until};

#[wasm_bindgen_test]
async fn room_above_follows_the_height_of_the_sticky_bar() {
    let style = RwSignal::new(Some(
        "position: sticky; top: 12.5px; height: 40px".to_owned(),
    ));
    let page = Page::show(move || {
        let main = NodeRef::new();
        measure_bars(main);
        view! { <div></div><main node_ref=main>{move || style.get().map(|style| view! { <section class="run" style=style></section> })}</main> }
    })
    .await;
    let root: HtmlElement = document()
        .document_element()
        .expect("a root")
        .unchecked_into();
    let above = || {
        let value = root.style().get_property_value("--above");
        value.expect("a property")
    };
    until("its room", || above() == "60px").await;
    assert!(!page.one(".run").has_attribute("data-tall"));
    style.set(Some("position: static; height: 50px".to_owned()));
    until("no room for a bar that scrolls", || above() == "0px").await;
    style.set(Some("position: sticky; top: 0; height: 90vh".to_owned()));
    until("the mark of a tall bar", || {
        page.one(".run").has_attribute("data-tall")
    })
    .await;
    style.set(None);
    until("no room without a bar", || above() == "0px").await;
}
