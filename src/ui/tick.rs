//! A checkbox whose state the caller controls: one of many, or "Select all".

use leptos::prelude::*;

/// The checkbox with its label around it. It may be indeterminate if it represents several.
#[component]
pub fn Tick(
    /// The label: also the checkbox's name.
    #[prop(into)]
    label: Signal<String>,
    /// What is written smaller below the label.
    #[prop(optional, into)]
    detail: String,
    /// Whether the label and the detail are names that are written from left to right.
    #[prop(optional)]
    ltr: bool,
    /// Whether the label is for assistive technology alone, because what stands beside the box says it.
    #[prop(optional)]
    unseen: bool,
    /// Whether it is checked.
    #[prop(into)]
    checked: Signal<bool>,
    /// Whether it is indeterminate.
    #[prop(optional, into)]
    partly: Signal<bool>,
    /// Called with the wanted state.
    #[prop(into)]
    on_flip: Callback<bool>,
    /// The id, if other code focuses the checkbox.
    #[prop(optional)]
    id: Option<&'static str>,
) -> impl IntoView {
    let dir = ltr.then_some("ltr");
    let detail = (!detail.is_empty())
        .then(|| view! { " "<span class="ascii-name"><bdi dir=dir>{detail}</bdi></span> });
    view! {
        <label class="tick">
            <input
                id=id
                type="checkbox"
                prop:checked=move || checked.get()
                prop:indeterminate=move || partly.get()
                on:change=move |event| on_flip.run(event_target_checked(&event))
            />
            <span class=if unseen { "visually-hidden" } else { "tick-label" }><bdi dir=dir>{move || label.get()}</bdi>{detail}</span>
        </label>
    }
}
