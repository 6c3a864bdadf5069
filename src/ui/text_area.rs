//! Several lines of text, typed or pasted.

use leptos::prelude::*;

/// A field of several lines that grows no wider or higher by what is in it.
#[component]
pub fn TextArea(
    /// The control's id: unique on the page.
    id: &'static str,
    /// The label.
    #[prop(into)]
    label: String,
    /// What is typed.
    value: RwSignal<String>,
    /// Help below the control.
    #[prop(into)]
    hint: String,
    /// How many lines it shows.
    #[prop(default = 5)]
    lines: u32,
) -> impl IntoView {
    let hint_id = format!("{id}-hint");
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <textarea
                id=id
                rows=lines
                wrap="off"
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
                aria-describedby=hint_id.clone()
            ></textarea>
            <p class="hint" id=hint_id>{hint}</p>
        </div>
    }
}
