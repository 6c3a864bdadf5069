//! What sorts a table: the heads of its columns, or a choice where its rows are cards; and how the URL spells an order.

use leptos::prelude::*;

use crate::i18n::{Text, t, tf};

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

/// A choice of the order beside the filters. The style sheet shows it only where rows are cards, which have no heads.
#[component]
pub fn SortFilter(
    /// The columns: as the URL has them, and as the page does.
    columns: Vec<(&'static str, Text)>,
    /// The option of the list's own order, if no column has it.
    #[prop(optional)]
    own: Option<Text>,
    /// The order as the URL spells it; empty for the list's own order.
    value: Memo<String>,
    /// Receives the order that the user chooses.
    choose: Callback<String>,
) -> impl IntoView {
    let option = move |order: String, text: String| {
        let spelled = order.clone();
        view! { <option value=order selected=move || value.with(|value| *value == spelled)>{text}</option> }
    };
    let by = |(word, heading): (&'static str, Text)| {
        let orders = [(false, Text::SortBy), (true, Text::SortByBackwards)];
        orders.map(|(backwards, text)| {
            option(
                spell_sort(word, backwards),
                tf(text, &[("column", t(heading))]),
            )
        })
    };
    let own = own.map(|own| option(String::new(), t(own).to_owned()));
    let options = columns.into_iter().flat_map(by).collect_view();
    view! {
        <select class="filter sort-filter" aria-label=t(Text::Sort) prop:value=move || value.get() on:change=move |event| choose.run(event_target_value(&event))>
            {own}
            {options}
        </select>
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
