//! Tabs: several views of the same thing, one at a time.

use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::field::focus;

/// Tabs above their content, with a roving tabindex. The arrow keys, Home and End select another tab, which is shown
/// at once.
#[component]
pub fn Tabs(
    /// The prefix of the tabs' ids, unique on the page.
    id: &'static str,
    /// The name of the list of tabs.
    #[prop(into)]
    label: String,
    /// The names of the tabs.
    names: Vec<String>,
    /// The index of the selected tab.
    chosen: RwSignal<usize>,
    /// The content, which follows `chosen` itself.
    children: Children,
) -> impl IntoView {
    let count = names.len();
    let press = move |event: KeyboardEvent| {
        let has_modifier = event.ctrl_key() || event.alt_key() || event.meta_key();
        let Some(next) = (!has_modifier)
            .then(|| next(&event.key(), chosen.get_untracked(), count, is_rtl()))
            .flatten()
        else {
            return;
        };
        // The arrow keys would scroll the page.
        event.prevent_default();
        chosen.set(next);
        focus(&tab_id(id, next));
    };
    let tabs = names
        .into_iter()
        .enumerate()
        .map(|(index, name)| {
            let is_chosen = move || chosen.get() == index;
            view! {
                <button
                    type="button"
                    role="tab"
                    class="tab"
                    id=tab_id(id, index)
                    aria-selected=move || is_chosen().to_string()
                    aria-controls=id
                    tabindex=move || if is_chosen() { "0" } else { "-1" }
                    on:click=move |_| chosen.set(index)
                >
                    {name}
                </button>
            }
        })
        .collect_view();
    view! {
        <div class="tabs" role="tablist" aria-label=label on:keydown=press>{tabs}</div>
        <div class="tab-panel" role="tabpanel" id=id tabindex="0" aria-labelledby=move || tab_id(id, chosen.get())>{children()}</div>
    }
}

fn tab_id(id: &str, index: usize) -> String {
    format!("{id}-tab-{index}")
}

/// Returns the index of the tab, or of another item in a row, that a key leads to; `None` for other keys. Wraps around
/// at the ends.
pub(super) fn next(key: &str, at: usize, count: usize, is_rtl: bool) -> Option<usize> {
    let last = count.checked_sub(1)?;
    let (forward, back) = if is_rtl {
        ("ArrowLeft", "ArrowRight")
    } else {
        ("ArrowRight", "ArrowLeft")
    };
    match key {
        "Home" => Some(0),
        "End" => Some(last),
        key if key == forward => Some(if at >= last { 0 } else { at + 1 }),
        key if key == back => Some(if at == 0 { last } else { at - 1 }),
        _ => None,
    }
}

/// Returns whether the page is written from right to left.
pub(super) fn is_rtl() -> bool {
    let root = document().document_element();
    root.and_then(|root| root.get_attribute("dir")).as_deref() == Some("rtl")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrow_keys_wrap_and_home_end_jump() {
        for (key, at, expected) in [
            ("ArrowRight", 0, Some(1)),
            ("ArrowRight", 2, Some(0)),
            ("ArrowLeft", 0, Some(2)),
            ("ArrowLeft", 2, Some(1)),
            ("Home", 2, Some(0)),
            ("End", 0, Some(2)),
            ("ArrowDown", 0, None),
            ("a", 1, None),
        ] {
            assert_eq!(next(key, at, 3, false), expected, "{key} at {at}");
        }
        assert_eq!(next("ArrowLeft", 0, 3, true), Some(1));
        assert_eq!(next("ArrowRight", 0, 0, false), None);
    }
}
