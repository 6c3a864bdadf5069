//! Toasts.

use leptos::prelude::*;
use switchboard::ui::{Dialog, Toaster, Toasts};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, next_turn, until};

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

#[wasm_bindgen_test]
async fn messages_lie_in_the_open_dialog_and_on_the_page_again_when_it_closes_or_goes() {
    let toasts = StoredValue::new(None);
    let (open, there) = (RwSignal::new(false), RwSignal::new(true));
    let page = Page::show(move || {
        let dialog = move || view! { <Dialog open title="Title" id="title" close="Close">"Content"</Dialog> };
        view! { <Scene toasts />{move || there.get().then(dialog)} }
    })
    .await;
    toasts.get_value().expect("provided").good("Saved");
    let is_inside = || {
        document()
            .query_selector("dialog[open] .toast")
            .expect("a selector")
            .is_some()
    };
    let is_outside = || {
        document()
            .query_selector("body > .toasts .toast")
            .expect("a selector")
            .is_some()
    };
    open.set(true);
    until("the message in the dialog", is_inside).await;
    page.click("button[aria-label=Close]").await;
    until("the message on the page", is_outside).await;
    open.set(true);
    until("the message in the dialog again", is_inside).await;
    there.set(false);
    until("the message on the page, whose dialog went", is_outside).await;
    document()
        .query_selector(".toasts")
        .expect("a selector")
        .expect("the messages")
        .remove();
}

#[wasm_bindgen_test]
async fn an_offer_does_what_it_says_once_and_goes() {
    let toasts = StoredValue::new(None);
    let taken = RwSignal::new(0);
    let page = Page::show(move || view! { <Scene toasts /> }).await;
    let take = move || taken.update(|taken| *taken += 1);
    toasts
        .get_value()
        .expect("provided")
        .offer("Forgotten", "Undo", take);
    next_turn().await;
    assert_eq!(page.text("[role=status]"), "ForgottenUndo");
    page.click("[role=status] .button").await;
    assert_eq!(taken.get_untracked(), 1);
    assert_eq!(page.text("[role=status]"), "");
}
