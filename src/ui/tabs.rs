//! One of several views of the same thing, chosen by its tab.

use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::field::focus;

/// Tabs above what they choose. One of them takes part in the order of the Tab key; the arrow keys, Home and End go from one to the next,
/// which is shown at once.
#[component]
pub fn Tabs(
    /// What the tabs are called inside the page's markup: unique on the page.
    id: &'static str,
    /// What is chosen by them: the name of their list.
    #[prop(into)]
    label: String,
    /// Their names.
    names: Vec<String>,
    /// Which one is chosen, counted from 0.
    chosen: RwSignal<usize>,
    /// What is shown below; follows `chosen` itself.
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

/// Where a key leads to; nothing when it is none of ours. After the last comes the first.
fn next(key: &str, at: usize, count: usize, is_rtl: bool) -> Option<usize> {
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

fn is_rtl() -> bool {
    let root = document().document_element();
    root.and_then(|root| root.get_attribute("dir")).as_deref() == Some("rtl")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_go_round_and_home_and_end_to_the_ends() {
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
