//! A switch: on or off, at once.

use leptos::prelude::*;

/// A switch that shows a value and asks for its opposite. What it shows is decided outside: it does not flip by itself.
#[component]
pub fn Switch(
    /// Its name for assistive technology: what is on or off, and whose.
    #[prop(into)]
    label: Signal<String>,
    /// Whether it is on.
    #[prop(into)]
    checked: Signal<bool>,
    /// Whether the last flip is under way. Another one is asked for all the same.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// What a flip asks for.
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
