//! The progress of a long operation, with a button to stop it.

use leptos::prelude::*;

use super::button::{Button, ButtonKind};

/// A sentence over a progress bar, with a button beside them. Not a live region, because it changes often: the caller
/// announces the progress a few times.
#[component]
pub fn ProgressLine(
    /// The sentence, e.g. "Checked 57 of 60 known domains".
    #[prop(into)]
    line: Signal<String>,
    /// The bar's name.
    #[prop(into)]
    name: String,
    /// How much is done, and how much there is. A single item has no bar.
    #[prop(into)]
    done: Signal<(usize, usize)>,
    /// The text of the button.
    #[prop(into)]
    stop: String,
    /// The button's id, by which other code focuses it.
    stop_id: &'static str,
    /// Stops the operation.
    on_stop: Callback<()>,
) -> impl IntoView {
    let is_many = Memo::new(move |_| done.get().1 > 1);
    let name = StoredValue::new(name);
    view! {
        <div class="progress-line">
            <div>
                <p>{line}</p>
                {move || is_many.get().then(|| view! {
                    <progress aria-label=name.get_value() prop:max=move || exact(done.get().1) prop:value=move || exact(done.get().0)></progress>
                })}
            </div>
            <Button id=stop_id kind=ButtonKind::Quiet label=stop on_press=on_stop />
        </div>
    }
}

/// Converts a count to the bar's number type.
fn exact(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}
