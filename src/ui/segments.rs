//! A segmented control: radio buttons side by side.

use leptos::prelude::*;

/// A group of radio buttons under a label. The caller controls the selected value.
#[component]
pub fn Segments<T>(
    /// The group's name, unique on the page.
    #[prop(into)]
    id: String,
    /// The label: also the group's name.
    #[prop(into)]
    label: String,
    /// Help below the label.
    #[prop(optional, into)]
    hint: String,
    /// The selected value.
    #[prop(into)]
    value: Signal<T>,
    /// The values with their names.
    options: Vec<(T, String)>,
    /// Called with the newly selected value.
    #[prop(into)]
    on_choose: Callback<T>,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let hint_id = format!("{id}-hint");
    let described = (!hint.is_empty()).then(|| hint_id.clone());
    let options = options
        .into_iter()
        .map(|(option, name)| {
            view! {
                <label class="segment">
                    <input
                        type="radio"
                        name=id.clone()
                        prop:checked=move || value.get() == option
                        on:change=move |_| on_choose.run(option)
                    />
                    <span>{name}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <div class="segments" role="radiogroup" aria-labelledby=id.clone() aria-describedby=described>
            <div>
                <p class="row-title" id=id.clone()>{label}</p>
                {(!hint.is_empty()).then(|| view! { <p class="hint" id=hint_id>{hint}</p> })}
            </div>
            <div class="segment-line">{options}</div>
        </div>
    }
}
