//! Tests the components and the storage in a real browser: `cargo xtask test components`.
#![cfg(target_arch = "wasm32")]

mod announcements;
mod back;
mod body;
mod choices;
mod controls;
mod copy;
mod database;
mod dialog;
mod disclosure;
mod forms;
mod idna;
mod import;
mod known_domains;
mod list_search;
mod matrix;
mod network;
mod page;
mod page_unload;
mod panic_screen;
mod pointer;
mod readers;
mod retry_after;
mod rows;
mod runs;
mod session;
mod sticky_bars;
mod storage;
mod throttle;
mod toast;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
