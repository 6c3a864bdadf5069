//! A switch that takes effect at once.

use leptos::prelude::*;

/// A switch that shows a value and asks for its opposite. The caller controls the value: it does not flip by itself.
#[component]
pub fn Switch(
    /// The accessible name: the value, and its owner.
    #[prop(into)]
    label: Signal<String>,
    /// Whether it is on.
    #[prop(into)]
    checked: Signal<bool>,
    /// Whether the last flip is in progress. The user can flip it again nevertheless.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Called with the wanted value.
    #[prop(into)]
    on_flip: Callback<bool>,
) -> impl IntoView {
    let flip = move |_| on_flip.run(!checked.get_untracked());
    view! {
        <button
            type="button"
            role="switch"
            class="switch"
            aria-label=move || label.get()
            aria-checked=move || checked.get().to_string()
            aria-busy=move || busy.get().then_some("true")
            on:click=flip
        ></button>
    }
}
