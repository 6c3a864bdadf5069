//! Measures the bars that stick to the top of the window, so that the style sheet can keep the focused control clear
//! of them.

use std::time::Duration;

use leptos::html::Main;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, HtmlElement, ResizeObserver};

/// The bars at the top.
const BARS: &str = ".run, .kept-message, .offline:not(:empty)";

/// The gap below a bar, in CSS pixels: room for the outline of the focus.
const GAP: i32 = 8;

/// Keeps the custom property `--above` of the root element at the space that the bars cover, while the calling
/// component lives. A bar that is taller than 30 % of the window gets the attribute `data-tall`.
///
/// `main` contains the bars. The element before it may be one, too.
pub fn measure_bars(main: NodeRef<Main>) {
    let watching = StoredValue::new_local(None);
    Effect::new(move || {
        let Some(main) = main.get() else { return };
        // Later: a change of the layout inside the observer's callback is an error of the page in WebKit.
        let look = Closure::<dyn Fn()>::new(|| set_timeout(measure, Duration::ZERO));
        if let Ok(observer) = ResizeObserver::new(look.as_ref().unchecked_ref()) {
            // Any bar in it changes its height, and so does the window.
            observer.observe(&main);
            if let Some(banner) = main.previous_element_sibling() {
                observer.observe(&banner);
            }
            watching.set_value(Some((observer, look)));
        }
    });
    on_cleanup(move || {
        if let Some(Some((observer, _))) = watching.try_update_value(Option::take) {
            observer.disconnect();
        }
    });
}

fn measure() {
    let root = document().document_element();
    let Some(root) = root.and_then(|root| root.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    let Ok(bars) = document().query_selector_all(BARS) else {
        return;
    };
    let bars = (0..bars.length()).filter_map(|at| bars.get(at)?.dyn_into::<HtmlElement>().ok());
    let mut above = 0;
    for bar in bars {
        let height = bar.offset_height();
        let is_tall = height * 10 > root.client_height() * 3;
        if is_tall != bar.has_attribute("data-tall") {
            let _ = bar.toggle_attribute("data-tall");
            // It no longer sticks, so it may have left the window.
            if is_tall && bar.matches(":hover, :focus-within").unwrap_or_default() {
                bar.scroll_into_view();
            }
        }
        if style_of(&bar, "position") == "sticky" {
            let top = style_of(&bar, "top");
            let top = top.split(['.', 'p']).next().and_then(|it| it.parse().ok());
            above = above.max(top.unwrap_or(0) + height + GAP);
        }
    }
    let _ = root.style().set_property("--above", &format!("{above}px"));
}

/// Returns the computed value of a style property.
pub(super) fn style_of(element: &Element, property: &str) -> String {
    let style = window().get_computed_style(element).ok().flatten();
    style
        .and_then(|style| style.get_property_value(property).ok())
        .unwrap_or_default()
}
