//! Tests that failures during the page's unload are not reported.

use std::time::Duration;

use switchboard::browser::page_unload;
use switchboard::browser::timeout::with_timeout;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Event;

/// Long enough for whatever ends at once.
const SOON: Duration = Duration::from_millis(200);

async fn stays() -> bool {
    page_unload::stays().await;
    true
}

#[wasm_bindgen_test]
async fn failure_during_unload_is_reported_if_the_page_stays() {
    page_unload::watch();
    assert_eq!(
        with_timeout(SOON, stays()).await,
        Some(true),
        "nobody leaves"
    );
    let window = web_sys::window().expect("a window");
    let leaving = Event::new("beforeunload").expect("an event");
    window.dispatch_event(&leaving).expect("somebody hears it");
    assert_eq!(with_timeout(SOON, stays()).await, None, "it is being left");
    assert!(stays().await, "it has stayed");
    assert_eq!(
        with_timeout(SOON, stays()).await,
        Some(true),
        "it has stayed"
    );
}
