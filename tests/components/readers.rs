//! Tests that a signal that outlives a page does not keep the page's subscribers.

use js_sys::WebAssembly::Memory;
use leptos::prelude::*;
use leptos::reactive::owner::Owner;
use switchboard::readers;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

/// The number of visits: a leak of a few hundred bytes each would be megabytes.
const VISITS: u32 = 20_000;

fn memory() -> u32 {
    let memory: Memory = wasm_bindgen::memory().unchecked_into();
    let buffer: js_sys::ArrayBuffer = memory.buffer().unchecked_into();
    buffer.byte_length()
}

#[wasm_bindgen_test]
fn disposed_subscriber_leaves_nothing_behind() {
    let application = Owner::new_root(None);
    let lasting = application.with(|| RwSignal::new(1));
    let visit = || {
        let page = Owner::new_root(None);
        let shown = page.with(|| {
            let memo = Memo::new(move |_| {
                readers::unsubscribe_on_cleanup();
                lasting.get()
            });
            memo.get_untracked()
        });
        assert_eq!(shown, 1);
        page.cleanup();
    };
    visit();
    let before = memory();
    for _ in 0..VISITS {
        visit();
    }
    let grown = memory() - before;
    assert!(grown < 512 * 1024, "{grown} bytes more");
}
