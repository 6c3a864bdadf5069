//! Paging through rows.

use leptos::html::Nav;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::i18n::{Text, t, tc};
use crate::ui::Button;

/// Says which rows are shown, with buttons for the other pages, which move the focus to the top of the list: the element
/// before this one, which has a name or contains a table with one. Renders nothing if all rows fit on one page.
#[component]
pub fn Pager(
    /// What is paged, for assistive technology.
    label: Text,
    /// The current page, from 0.
    #[prop(into)]
    page: Signal<usize>,
    /// Goes to another page: when a button is pressed, and when the current page no longer exists.
    #[prop(into)]
    on_turn: Callback<usize>,
    /// The number of rows in all.
    count: Memo<usize>,
    /// The number of rows on a page.
    rows: usize,
) -> impl IntoView {
    let last = Memo::new(move |_| count.get().saturating_sub(1) / rows);
    // The number of pages may have decreased.
    Effect::new(move || {
        let last = last.get();
        if page.get_untracked() > last {
            on_turn.run(last);
        }
    });
    let range = move || {
        let (from, all) = (page.get() * rows, count.get());
        let to = (from + rows).min(all);
        let counts = [("from", from + 1), ("to", to), ("all", all)];
        tc(Text::RowsShown, &counts, &[])
    };
    // Only a turn of the page: how many rows a search finds is announced above the list.
    let turned = RwSignal::new(String::new());
    Effect::new(move |before: Option<usize>| {
        let now = page.get();
        if before.is_some_and(|before| before != now) {
            turned.set(untrack(range));
        }
        now
    });
    let nav = NodeRef::<Nav>::new();
    let turn = move |to| {
        on_turn.run(to);
        let list = nav
            .get_untracked()
            .and_then(|nav| nav.previous_element_sibling());
        if let Some(list) = list.and_then(|list| list.dyn_into::<HtmlElement>().ok()) {
            if !list.has_attribute("tabindex") {
                list.set_tab_index(-1);
            }
            name_like_table(&list);
            let _ = list.focus();
            // A list in a dialog may scroll by itself.
            list.set_scroll_top(0);
            list.scroll_into_view();
        }
    };
    let several = Memo::new(move |_| last.get() > 0);
    move || {
        several.get().then(|| view! {
            <nav class="pager" node_ref=nav aria-label=t(label)>
                <p>{range}</p>
                <p class="visually-hidden" role="status">{move || turned.get()}</p>
                <Button label=t(Text::PagePrevious).to_owned() unavailable=Signal::derive(move || page.get() == 0) on_press=Callback::new(move |()| turn(page.get_untracked() - 1)) />
                <Button label=t(Text::PageNext).to_owned() unavailable=Signal::derive(move || page.get() >= last.get()) on_press=Callback::new(move |()| turn(page.get_untracked() + 1)) />
            </nav>
        })
    }
}

/// Gives an element the name of the table that it contains, if there is one: assistive technology says what has the
/// focus.
fn name_like_table(list: &HtmlElement) {
    let Ok(Some(table)) = list.query_selector("table") else {
        return;
    };
    for name in ["aria-label", "aria-labelledby"] {
        if let Some(value) = table.get_attribute(name) {
            let _ = list.set_attribute(name, &value);
            let _ = list.set_attribute("role", "group");
        }
    }
}
