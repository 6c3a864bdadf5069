//! A bar of buttons with a roving tabindex: one stop of the Tab key, arrow keys inside (the "toolbar" pattern of
//! ARIA). In a narrow window the style sheet hides the bar behind a button, which opens it as a menu.

use leptos::ev::{FocusEvent, KeyboardEvent};
use leptos::html::{Button, Div};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::menu::close_outside;
use super::tabs::{is_rtl, next};

/// The bar, and the button that opens it in a narrow window. Its buttons must not change after it is mounted.
#[component]
pub fn ActionBar(
    /// Its id, unique on the page.
    id: &'static str,
    /// Its name.
    #[prop(into)]
    label: String,
    /// The text of the button that opens it.
    toggle: &'static str,
    /// The buttons.
    children: Children,
) -> impl IntoView {
    let (around, bar) = (NodeRef::<Div>::new(), NodeRef::<Div>::new());
    let opener = NodeRef::<Button>::new();
    let open = RwSignal::new(false);
    let close = move || {
        open.set(false);
        if let Some(opener) = opener.get_untracked() {
            // Without effect where the style sheet does not show it.
            let _ = opener.focus();
        }
    };
    let left = close_outside(open, around);
    Effect::new(move || {
        if let Some(bar) = bar.get() {
            stop_at(&buttons(&bar), 0);
        }
    });
    // Makes Tab return to the button that was focused last.
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
        if event.key() == "Escape" && open.get_untracked() {
            event.stop_propagation();
            return close();
        }
        let Some(bar) = bar.get_untracked() else {
            return;
        };
        let buttons = buttons(&bar);
        let at = event
            .target()
            .and_then(|target| position(&buttons, &target));
        let to = at.and_then(|at| step(&event.key(), at, buttons.len(), is_rtl()));
        if let Some(button) = to.and_then(|to| buttons.get(to)) {
            event.prevent_default();
            let _ = button.focus();
        }
    };
    view! {
        <div class="action-menu" node_ref=around on:focusout=left on:keydown=key>
            <button
                type="button" class="button action-bar-toggle" id=toggle_id(id) node_ref=opener aria-controls=id aria-expanded=move || open.get().to_string()
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {toggle}
            </button>
            <div
                class="action-bar" id=id role="toolbar" aria-label=label node_ref=bar
                // Before the button's own handler: a dialog that it opens returns the focus to what has it now.
                on:focusin=entered on:click:capture=move |_| if open.get_untracked() { close() }
            >
                {children()}
            </div>
        </div>
    }
}

/// Returns the id of the button that opens a bar.
#[must_use]
pub fn toggle_id(bar: &str) -> String {
    format!("{bar}-toggle")
}

/// Where a key leads from one of `count` buttons: around at the ends.
fn step(key: &str, at: usize, count: usize, is_rtl: bool) -> Option<usize> {
    match key {
        "ArrowDown" => next("ArrowRight", at, count, false),
        "ArrowUp" => next("ArrowLeft", at, count, false),
        _ => next(key, at, count, is_rtl),
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
    fn arrow_keys_wrap_and_home_end_jump() {
        for (key, at, to) in [
            ("ArrowRight", 1, Some(2)),
            ("ArrowRight", 2, Some(0)),
            ("ArrowLeft", 0, Some(2)),
            ("ArrowDown", 0, Some(1)),
            ("ArrowUp", 1, Some(0)),
            ("Home", 2, Some(0)),
            ("End", 0, Some(2)),
            ("Tab", 0, None),
        ] {
            assert_eq!(step(key, at, 3, false), to, "{key}");
        }
        assert_eq!(step("ArrowLeft", 0, 3, true), Some(1));
        assert_eq!(step("ArrowDown", 0, 3, true), Some(1));
    }
}
