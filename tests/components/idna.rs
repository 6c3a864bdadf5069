//! Tests the browser's address parser as the panel uses it.

use switchboard::browser::idna::to_ascii;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn international_names_become_ascii() {
    assert_eq!(
        to_ascii("bücher.example").as_deref(),
        Some("xn--bcher-kva.example")
    );
    assert_eq!(
        to_ascii("小林.example").as_deref(),
        Some("xn--yet41y.example")
    );
    assert_eq!(to_ascii("SHOP.example").as_deref(), Some("shop.example"));
}

#[wasm_bindgen_test]
fn invalid_host_is_refused() {
    for text in ["", "a b", "a/b", "a@b", "a:80", "a?b", "a#b", "a\\b", "<>"] {
        assert_eq!(to_ascii(text), None, "{text}");
    }
}
