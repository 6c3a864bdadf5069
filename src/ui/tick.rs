//! A box to tick whose state is decided outside: one of many, or the one that stands for all of them.

use leptos::prelude::*;

/// The box with its label around it. It may be ticked in part, where it stands for several.
#[component]
pub fn Tick(
    /// The label: also the box's name.
    #[prop(into)]
    label: Signal<String>,
    /// Whether the label is for assistive technology alone, because what stands beside the box says it.
    #[prop(optional)]
    unseen: bool,
    /// Whether it is ticked.
    #[prop(into)]
    checked: Signal<bool>,
    /// Whether some of what it stands for is ticked, and not all.
    #[prop(optional, into)]
    partly: Signal<bool>,
    /// What a click asks for.
    #[prop(into)]
    on_flip: Callback<bool>,
    /// Its id, where the focus is put on it.
    #[prop(optional)]
    id: Option<&'static str>,
) -> impl IntoView {
    view! {
        <label class="tick">
            <input
                id=id
                type="checkbox"
                prop:checked=move || checked.get()
                prop:indeterminate=move || partly.get()
                on:change=move |event| on_flip.run(event_target_checked(&event))
            />
            <span class=if unseen { "visually-hidden" } else { "tick-label" }>{move || label.get()}</span>
        </label>
    }
}
