//! A button that shows and hides what belongs to it, where `<details>` cannot stand: between the rows of a table.

use leptos::prelude::*;

use super::icon::{Icon, IconName};

/// The button. What it shows is drawn outside, under the id that it names.
#[component]
pub fn Disclosure(
    /// Whether it is shown.
    #[prop(into)]
    open: Signal<bool>,
    /// The id of what is shown.
    #[prop(into)]
    controls: String,
    /// Asks for it to be shown or hidden.
    #[prop(into)]
    on_flip: Callback<()>,
    /// What the button says.
    children: Children,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="disclosure"
            aria-expanded=move || open.get().to_string()
            aria-controls=move || open.get().then(|| controls.clone())
            on:click=move |_| on_flip.run(())
        >
            <Icon name=IconName::Forward />
            {children()}
        </button>
    }
}
