//! Tests the screen that is shown when the program crashes.

use js_sys::WebAssembly::RuntimeError;
use switchboard::panic_screen;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{ErrorEvent, ErrorEventInit};

fn happens(error: &JsValue) {
    let init = ErrorEventInit::new();
    init.set_error(error);
    let event = ErrorEvent::new_with_event_init_dict("error", &init).expect("an event");
    let window = web_sys::window().expect("a window");
    window.dispatch_event(&event).expect("somebody hears it");
}

fn screens() -> u32 {
    let document = web_sys::window().and_then(|window| window.document());
    let screens = document.map(|document| document.query_selector_all(".panic"));
    screens.expect("a document").expect("a selector").length()
}

#[wasm_bindgen_test]
fn only_traps_are_shown_and_only_once() {
    panic_screen::watch_for_traps();
    happens(&js_sys::TypeError::new("of somebody's").into());
    assert_eq!(screens(), 0, "nothing of the program's");
    for _ in 0..2 {
        happens(&RuntimeError::new("unreachable").into());
        assert_eq!(screens(), 1);
    }
    let document = web_sys::window().and_then(|window| window.document());
    let screen = document.map(|document| document.query_selector(".panic"));
    let screen = screen.expect("a document").expect("a selector");
    let screen = screen.expect("the screen");
    let told = screen.text_content().unwrap_or_default();
    assert!(told.contains("Switchboard has stopped"), "{told}");
    assert!(told.contains("unreachable"), "{told}");
    screen.remove();
}
