//! Replaces `#[test]` in a crate that contains `#[macro_use] extern crate switchboard_browser_test`. The panel's unit
//! tests then run in a browser together with its component tests, and Leptos is not compiled a second time for the
//! host. `cargo test -p switchboard --lib` still runs them on the host.

pub use wasm_bindgen_test::wasm_bindgen_test as test;
