//! The building blocks and the storage, in a real browser: `cargo xtask test components`.
#![cfg(target_arch = "wasm32")]

mod calm;
mod choices;
mod controls;
mod copy;
mod database;
mod dialog;
mod disclosure;
mod host;
mod leaving;
mod page;
mod panic_screen;
mod readers;
mod storage;
mod toast;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
