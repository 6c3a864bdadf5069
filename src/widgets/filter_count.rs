//! The number of rows that a filter finds.

use leptos::prelude::*;

use crate::i18n::{Text, tn};

/// Says how many rows there are. Announces it only when the user chooses a filter, because a list may grow all the time.
#[component]
pub fn FilterCount(
    /// What is counted: a message with `count`.
    text: Text,
    /// The number of rows.
    count: Memo<usize>,
    /// The index of the chosen filter.
    #[prop(into)]
    filter: Signal<u8>,
) -> impl IntoView {
    let announced = RwSignal::new(String::new());
    Effect::new(move |before: Option<u8>| {
        let now = filter.get();
        if before.is_some_and(|before| before != now) {
            announced.set(tn(text, count.get_untracked()));
        }
        now
    });
    view! {
        <span>{move || tn(text, count.get())}</span>
        <span class="visually-hidden" role="status">{announced}</span>
    }
}
