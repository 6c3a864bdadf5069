//! How far something is that takes a while, with a way to stop it.

use leptos::prelude::*;

use super::button::{Button, ButtonKind};

/// A sentence over a bar, and a button beside them. Assistive technology is told of the progress elsewhere, a few times: this changes often.
#[component]
pub fn ProgressLine(
    /// The sentence, e.g. "Checked 57 of 60 known domains".
    #[prop(into)]
    line: Signal<String>,
    /// The bar's name.
    #[prop(into)]
    name: String,
    /// How much is done, and of how much. There is no bar for a single thing.
    #[prop(into)]
    done: Signal<(usize, usize)>,
    /// What the button says.
    #[prop(into)]
    stop: String,
    /// The button's id, where the focus is put on it.
    stop_id: &'static str,
    /// Stops it.
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

/// As far as a bar is exact.
fn exact(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}
