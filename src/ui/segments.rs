//! A choice among a few, all of them in sight.

use leptos::prelude::*;

/// One of a few, side by side: radio buttons that look like one control.
#[component]
pub fn Segments(
    /// The name of the group in the page's markup: unique on the page.
    id: &'static str,
    /// What is chosen, for assistive technology.
    #[prop(into)]
    label: String,
    /// The place of the chosen one.
    chosen: RwSignal<usize>,
    /// Their names, in order.
    options: Vec<String>,
) -> impl IntoView {
    let options = options.into_iter().enumerate().map(|(place, name)| {
        view! {
            <label class="segment">
                <input
                    type="radio"
                    name=id
                    value=place.to_string()
                    prop:checked=move || chosen.get() == place
                    on:change=move |_| chosen.set(place)
                />
                <span>{name}</span>
            </label>
        }
    });
    view! {
        <fieldset class="segments">
            <legend class="visually-hidden">{label}</legend>
            {options.collect_view()}
        </fieldset>
    }
}
