//! The head of a column that sorts its table, and how the URL spells an order.

use leptos::prelude::*;

use crate::i18n::{Text, t};

/// A head with a button that sorts.
#[component]
pub fn SortHead(
    /// The column in the markup.
    column: &'static str,
    /// What the head says.
    label: Text,
    /// Whether the table is sorted by this column, and if so, whether it runs backwards.
    #[prop(into)]
    sorted: Signal<Option<bool>>,
    /// Asks for the next order.
    on_press: Callback<()>,
) -> impl IntoView {
    let sorted = move || {
        sorted.get().map(
            |backwards| {
                if backwards { "descending" } else { "ascending" }
            },
        )
    };
    view! {
        <th scope="col" aria-sort=sorted data-column=column>
            <button type="button" class="sort" on:click=move |_| on_press.run(())>{t(label)}</button>
        </th>
    }
}

/// Reads an order from the URL: the column, and whether it runs backwards.
#[must_use]
pub fn read_sort(text: &str) -> (&str, bool) {
    match text.strip_prefix('-') {
        Some(column) => (column, true),
        None => (text, false),
    }
}

/// Spells an order as [`read_sort`] reads it.
#[must_use]
pub fn spell_sort(column: &str, backwards: bool) -> String {
    let sign = if backwards { "-" } else { "" };
    format!("{sign}{column}")
}

/// Reads the number of a page from the URL, from 0.
#[must_use]
pub fn read_page(text: &str) -> usize {
    text.parse::<usize>().unwrap_or(1).saturating_sub(1)
}

/// Spells the number of a page as [`read_page`] reads it. The first page needs no number.
#[must_use]
pub fn spell_page(page: usize) -> String {
    if page == 0 {
        String::new()
    } else {
        (page + 1).to_string()
    }
}
