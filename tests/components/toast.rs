//! Toasts.

use leptos::prelude::*;
use switchboard::ui::{Toaster, Toasts};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, next_turn};

#[component]
fn Scene(toasts: StoredValue<Option<Toasts>>) -> impl IntoView {
    toasts.set_value(Some(Toasts::provide()));
    view! { <Toaster dismiss="Dismiss" /> }
}

#[wasm_bindgen_test]
async fn good_news_is_a_status_bad_news_an_alert_and_both_can_be_dismissed() {
    let toasts = StoredValue::new(None);
    let page = Page::show(move || view! { <Scene toasts /> }).await;
    let toasts = toasts.get_value().expect("provided");
    assert_eq!(
        page.all("[role=status]").len(),
        1,
        "the live region is there before its first message"
    );
    toasts.good("Saved");
    toasts.bad("Lost");
    next_turn().await;
    assert_eq!(page.text("[role=status]"), "Saved");
    assert_eq!(page.text("[role=alert]"), "Lost");
    page.click("[role=alert] button").await;
    assert_eq!(page.text("[role=alert]"), "");
    assert_eq!(page.text("[role=status]"), "Saved");
}
