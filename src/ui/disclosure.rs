//! A disclosure button, for places where `<details>` is not allowed, such as between the rows of a table.

use leptos::prelude::*;

use super::icon::{Icon, IconName};

/// The button. The caller renders the disclosed content under the id `controls`.
#[component]
pub fn Disclosure(
    /// Whether the content is shown.
    #[prop(into)]
    open: Signal<bool>,
    /// The id of the content.
    #[prop(into)]
    controls: String,
    /// Called to show or hide the content.
    #[prop(into)]
    on_flip: Callback<()>,
    /// The content of the button.
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
