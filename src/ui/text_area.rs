//! A multi-line text field.

use leptos::prelude::*;

use super::field::{describing, frame, while_unchanged};

/// A field of several lines of code or names, from left to right in every language. It grows no wider or higher by what is in it.
#[component]
pub fn TextArea(
    /// The control's id: unique on the page.
    id: &'static str,
    /// The label.
    #[prop(into)]
    label: String,
    /// The value.
    value: RwSignal<String>,
    /// The error, shown below and announced.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Help below the control.
    #[prop(optional, into)]
    hint: String,
    /// The number of visible lines.
    #[prop(default = 5)]
    lines: u32,
) -> impl IntoView {
    let hint = (!hint.is_empty()).then(|| Signal::stored(hint));
    let error = while_unchanged(error, value);
    let described = describing(id, error, hint.is_some());
    let control = view! {
        <textarea
            id=id
            class="text-area"
            rows=lines
            wrap="off"
            dir="ltr"
            autocomplete="off"
            autocapitalize="none"
            spellcheck="false"
            prop:value=move || value.get()
            on:input=move |event| value.set(event_target_value(&event))
            aria-invalid=move || error.with(Option::is_some).then_some("true")
            aria-describedby=described
        ></textarea>
    };
    frame(id, label, control.into_any(), error, hint)
}
