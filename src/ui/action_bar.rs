//! A bar of buttons that takes one stop of the Tab key: the arrow keys walk inside (the "toolbar" pattern of ARIA).

use leptos::ev::{FocusEvent, KeyboardEvent};
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The bar. Its buttons are there from the start and stay.
#[component]
pub fn ActionBar(
    /// Its name.
    #[prop(into)]
    label: String,
    /// The buttons.
    children: Children,
) -> impl IntoView {
    let bar = NodeRef::<Div>::new();
    Effect::new(move || {
        if let Some(bar) = bar.get() {
            stop_at(&buttons(&bar), 0);
        }
    });
    // Wherever the focus came from, Tab comes back to that button.
    let entered = move |event: FocusEvent| {
        let Some(bar) = bar.get_untracked() else {
            return;
        };
        let buttons = buttons(&bar);
        let at = event
            .target()
            .and_then(|target| position(&buttons, &target));
        if let Some(at) = at {
            stop_at(&buttons, at);
        }
    };
    let key = move |event: KeyboardEvent| {
        let Some(bar) = bar.get_untracked() else {
            return;
        };
        let buttons = buttons(&bar);
        let at = event
            .target()
            .and_then(|target| position(&buttons, &target));
        let to = at.and_then(|at| step(&event.key(), at, buttons.len()));
        if let Some(button) = to.and_then(|to| buttons.get(to)) {
            event.prevent_default();
            let _ = button.focus();
        }
    };
    view! {
        <div class="action-bar" role="toolbar" aria-label=label node_ref=bar on:focusin=entered on:keydown=key>{children()}</div>
    }
}

/// Where a key leads from one of `count` buttons: around at the ends.
fn step(key: &str, at: usize, count: usize) -> Option<usize> {
    match key {
        "ArrowRight" => Some((at + 1) % count),
        "ArrowLeft" => Some((at + count - 1) % count),
        "Home" => Some(0),
        "End" => Some(count - 1),
        _ => None,
    }
}

fn buttons(bar: &HtmlElement) -> Vec<HtmlElement> {
    let Ok(found) = bar.query_selector_all("button") else {
        return Vec::new();
    };
    let found = (0..found.length()).filter_map(|at| found.get(at));
    found.filter_map(|node| node.dyn_into().ok()).collect()
}

fn position(buttons: &[HtmlElement], target: &web_sys::EventTarget) -> Option<usize> {
    let target = target.dyn_ref::<web_sys::Node>();
    buttons.iter().position(|button| button.contains(target))
}

fn stop_at(buttons: &[HtmlElement], stop: usize) {
    for (at, button) in buttons.iter().enumerate() {
        button.set_tab_index(if at == stop { 0 } else { -1 });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arrow_keys_walk_around_and_home_and_end_to_the_ends() {
        for (key, at, to) in [
            ("ArrowRight", 1, Some(2)),
            ("ArrowRight", 2, Some(0)),
            ("ArrowLeft", 0, Some(2)),
            ("Home", 2, Some(0)),
            ("End", 0, Some(2)),
            ("Tab", 0, None),
        ] {
            assert_eq!(step(key, at, 3), to, "{key}");
        }
    }
}
