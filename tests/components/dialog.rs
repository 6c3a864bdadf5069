//! Tests the dialog.

use leptos::prelude::*;
use switchboard::ui::{Dialog, focus};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlDialogElement;

use crate::page::{Page, next_turn, until};

async fn page_with(open: RwSignal<bool>) -> Page {
    Page::show(move || {
        view! {
            <button id="opener" on:click=move |_| open.set(true)>"Open"</button>
            <Dialog open title="Add operator" id="title" close="Close"><input id="inside" /></Dialog>
        }
    })
    .await
}

#[wasm_bindgen_test]
async fn a_dialog_is_modal_named_and_empty_while_closed() {
    let open = RwSignal::new(false);
    let page = page_with(open).await;
    assert_eq!(page.all("#inside").len(), 0);
    page.click("#opener").await;
    let dialog: HtmlDialogElement = page.one("dialog").unchecked_into();
    assert!(dialog.open());
    assert_eq!(
        page.text(&format!(
            "#{}",
            dialog.get_attribute("aria-labelledby").expect("a name")
        )),
        "Add operator"
    );
    assert!(dialog.matches(":modal").expect("a selector"));
    // It would be a second banner of the page.
    assert!(page.all("dialog header").is_empty());
}

#[wasm_bindgen_test]
async fn closing_restores_focus_and_updates_the_signal() {
    let open = RwSignal::new(false);
    let page = page_with(open).await;
    focus("opener");
    page.click("#opener").await;
    focus("inside");
    // Escape makes the browser close the dialog by itself, as this does.
    page.one("dialog")
        .unchecked_into::<HtmlDialogElement>()
        .close();
    until("the signal", || !open.get_untracked()).await;
    next_turn().await;
    assert_eq!(
        document().active_element().map(|e| e.id()).as_deref(),
        Some("opener")
    );
}

#[wasm_bindgen_test]
async fn the_close_button_closes() {
    let open = RwSignal::new(true);
    let page = page_with(open).await;
    page.click("button[aria-label=Close]").await;
    assert!(!open.get_untracked());
    assert!(
        !page
            .one("dialog")
            .unchecked_into::<HtmlDialogElement>()
            .open()
    );
}

#[wasm_bindgen_test]
async fn dialog_reopened_at_once_stays_open() {
    let open = RwSignal::new(true);
    let page = page_with(open).await;
    open.set(false);
    leptos::task::tick().await;
    // Before the browser's close event.
    open.set(true);
    leptos::task::tick().await;
    next_turn().await;
    next_turn().await;
    assert!(open.get_untracked());
    assert!(
        page.one("dialog")
            .unchecked_into::<HtmlDialogElement>()
            .open()
    );
}
