//! A filter above a list.

use leptos::prelude::*;

use crate::i18n::{Text, t};

/// A filter: everything, or one of a few.
#[component]
pub fn ListFilter(
    /// Its name for assistive technology.
    label: &'static str,
    /// The option that filters nothing out.
    any: Text,
    /// The other options: as the URL has them, and as the page does.
    options: &'static [(&'static str, Text)],
    /// The option that is chosen. A memo, so that the options stay untouched by what is typed beside them.
    value: Memo<String>,
    /// Receives the option that the user chooses.
    choose: Callback<String>,
) -> impl IntoView {
    let options = options
        .iter()
        .map(|(option, text)| {
            view! { <option value=*option selected=move || value.with(|value| value == option)>{t(*text)}</option> }
        })
        .collect_view();
    view! {
        <select class="filter" aria-label=label prop:value=move || value.get() on:change=move |event| choose.run(event_target_value(&event))>
            <option value="" selected=move || value.with(String::is_empty)>{t(any)}</option>
            {options}
        </select>
    }
}
