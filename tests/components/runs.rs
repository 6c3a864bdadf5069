//! Tests what the pages say of a run while it executes, and where the focus is.

use leptos::prelude::*;
use switchboard_matrix::Step;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::matrix::stage::{InPage, in_application, take};
use crate::page::{next_turn, text_of, until};

fn focused() -> String {
    let it = document().active_element();
    it.and_then(|it| it.text_content()).unwrap_or_default()
}

/// Runs a test in the list of operators, with all of them selected.
async fn with_all_operators_selected(test: impl AsyncFn(&InPage)) {
    in_application("/operators", async |stage| {
        let all = InPage::wait_for("checkbox", "Select all", None).await;
        all.expect("a checkbox").click();
        test(stage).await;
    })
    .await;
}

#[wasm_bindgen_test]
async fn undo_of_a_run_is_listed_at_once_and_keeps_the_focus_in_its_row() {
    with_all_operators_selected(async |stage| {
        take(stage, Step::Press("Deactivate", None)).await;
        until("the run", || text_of(".run-card").contains("12 of 12")).await;
        take(stage, Step::Travel("/activity")).await;
        let undo = InPage::wait_for("button", "Undo: Deactivate 12 operators", None).await;
        let undo = undo.expect("a button");
        // The undo reads the operators first.
        let hold = "window.heldFetch = window.fetch;
        window.letGo = [];
        Object.defineProperty(window, 'fetch', { configurable: true, value: (request) =>
            request.url.includes('operator/list')
                ? new Promise((go) => letGo.push(go)).then(() => heldFetch(request))
                : heldFetch(request) })";
        js_sys::eval(hold).expect("held");
        undo.focus().expect("focused");
        undo.click();
        let first = "#change-rows > tr:first-child";
        until("the row of the undo", || {
            text_of(first).contains("Undo “Deactivate 12 operators”")
        })
        .await;
        until("its outcome", || text_of(first).contains("Not finished")).await;
        assert_eq!(focused(), "Being undone");
        js_sys::eval("letGo.forEach((go) => go()); window.fetch = heldFetch").expect("released");
        until("the end", || focused() == "Undone").await;
        // Counts are rendered a little later.
        until("the counts", || text_of(first).contains("12 of 12")).await;
    })
    .await;
}

#[wasm_bindgen_test]
async fn focus_stays_at_the_run_when_it_ends_with_its_results_open() {
    with_all_operators_selected(async |stage| {
        let hold = "window.heldFetch = window.fetch;
        window.letGo = [];
        Object.defineProperty(window, 'fetch', { configurable: true, value: (request) =>
            request.method === 'PUT'
                ? new Promise((go) => letGo.push(go)).then(() => heldFetch(request))
                : heldFetch(request) })";
        js_sys::eval(hold).expect("held");
        take(stage, Step::Press("Deactivate", None)).await;
        take(stage, Step::Press("Results", None)).await;
        let pause = InPage::wait_for("button", "Pause", None).await;
        pause.expect("a button").focus().expect("focused");
        let release = "(() => { const go = () => { letGo.splice(0).forEach((go) => go()) };
        window.releasing = setInterval(go, 5) })()";
        js_sys::eval(release).expect("released");
        until("the end", || text_of(".run-card").contains("12 of 12")).await;
        next_turn().await;
        next_turn().await;
        assert_eq!(focused(), "Deactivate 12 operators");
        js_sys::eval("clearInterval(releasing); window.fetch = heldFetch").expect("restored");
    })
    .await;
}
