//! Shows an error screen if the panel itself fails: what happened, that saved data is safe, and how to continue.
//! Never a blank page.

use std::cell::Cell;

use js_sys::{Error, Reflect, WebAssembly};
use leptos::prelude::window_event_listener_untyped;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

use crate::i18n::{Text, t};

thread_local! {
    static IS_SHOWN: Cell<bool> = const { Cell::new(false) };
}

/// Shows every panic and every trap on the page, and logs it to the console.
pub fn install() {
    std::panic::set_hook(Box::new(|info| {
        let detail = info.to_string();
        web_sys::console::error_1(&detail.as_str().into());
        let _ = show(&detail);
    }));
    watch_for_traps();
}

/// Shows the screen if the program ends without a panic: out of memory, or a fault of the engine. The browser itself
/// logs that to the console.
pub fn watch_for_traps() {
    for (event, what) in [("error", "error"), ("unhandledrejection", "reason")] {
        let _ = window_event_listener_untyped(event, move |event| {
            let error = Reflect::get(&event, &JsValue::from_str(what)).unwrap_or_default();
            if error.is_instance_of::<WebAssembly::RuntimeError>() {
                let message = error.unchecked_into::<Error>().message();
                let _ = show(&String::from(message));
            }
        });
    }
}

/// Shows the screen once: a panic is followed by a trap.
///
/// Built with plain DOM calls, because the framework may be what failed. Returns `None` if there is no document.
fn show(detail: &str) -> Option<()> {
    if IS_SHOWN.replace(true) {
        return None;
    }
    let document = web_sys::window()?.document()?;
    let element = |name: &str, class: &str, text: &str| -> Option<Element> {
        let element = document.create_element(name).ok()?;
        element.set_class_name(class);
        element.set_text_content(Some(text));
        Some(element)
    };
    let screen = element("div", "panic", "")?;
    screen.set_attribute("role", "alert").ok()?;
    let card = element("div", "panic-card", "")?;
    let details = element("details", "panic-detail", "")?;
    details
        .append_child(element("summary", "", t(Text::PanicDetail))?.as_ref())
        .ok()?;
    details
        .append_child(element("pre", "", detail)?.as_ref())
        .ok()?;
    // A link to the page itself reloads it without a script.
    let reload = element("a", "button primary", t(Text::PanicReload))?;
    reload.set_attribute("href", "").ok()?;
    reload.set_attribute("rel", "external").ok()?;
    for child in [
        element("h1", "", t(Text::PanicTitle))?,
        element("p", "", t(Text::PanicText))?,
        reload,
        details,
    ] {
        card.append_child(&child).ok()?;
    }
    screen.append_child(&card).ok()?;
    document.body()?.append_child(&screen).ok()?;
    Some(())
}
