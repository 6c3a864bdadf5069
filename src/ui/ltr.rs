//! Texts whose direction is not that of the language.

use leptos::prelude::*;

/// An e-mail address, a URL or a domain name: from left to right in every language, and isolated from the text around it.
#[component]
pub fn Ltr(
    /// The address or name.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    view! { <bdi dir="ltr">{move || text.get()}</bdi> }
}
