//! A secret that is masked on the screen.

use leptos::prelude::*;

use super::icon::{Icon, IconName};

/// A secret that is masked until the user reveals it. While it is masked, the DOM does not contain it.
#[component]
pub fn MaskedSecret(
    /// The secret.
    value: String,
    /// The button's name while the secret is masked.
    #[prop(into)]
    reveal: String,
    /// The button's name while the secret is shown.
    #[prop(into)]
    hide: String,
) -> impl IntoView {
    let shown = RwSignal::new(false);
    let value = StoredValue::new(value);
    let names = StoredValue::new((reveal, hide));
    view! {
        <span class="masked">
            <code>{move || if shown.get() { value.get_value() } else { "••••••••••••".to_owned() }}</code>
            <button
                type="button"
                class="icon-button"
                aria-label=move || names.with_value(|(reveal, hide)| if shown.get() { hide.clone() } else { reveal.clone() })
                on:click=move |_| shown.update(|shown| *shown = !*shown)
            >
                {move || view! { <Icon name=if shown.get() { IconName::EyeOff } else { IconName::Eye } /> }}
            </button>
        </span>
    }
}
