//! Paging through rows.

use leptos::prelude::*;

use crate::i18n::{Text, t, tc};
use crate::ui::Button;

/// Says which rows are shown, with buttons for the other pages. Renders nothing if all rows fit on one.
#[component]
pub fn Pager(
    /// What is paged, for assistive technology.
    label: Text,
    /// The current page, from 0.
    #[prop(into)]
    page: Signal<usize>,
    /// Goes to another page: when a button is pressed, and when the current page no longer exists.
    #[prop(into)]
    on_turn: Callback<usize>,
    /// The number of rows in all.
    count: Memo<usize>,
    /// The number of rows on a page.
    rows: usize,
) -> impl IntoView {
    let last = Memo::new(move |_| count.get().saturating_sub(1) / rows);
    // The number of pages may have decreased.
    Effect::new(move || {
        let last = last.get();
        if page.get_untracked() > last {
            on_turn.run(last);
        }
    });
    let range = move || {
        let (from, all) = (page.get() * rows, count.get());
        let to = (from + rows).min(all);
        let counts = [("from", from + 1), ("to", to), ("all", all)];
        tc(Text::RowsShown, &counts, &[])
    };
    // Only a turn of the page: how many rows a search finds is announced above the list.
    let turned = RwSignal::new(String::new());
    Effect::new(move |before: Option<usize>| {
        let now = page.get();
        if before.is_some_and(|before| before != now) {
            turned.set(untrack(range));
        }
        now
    });
    let several = Memo::new(move |_| last.get() > 0);
    move || {
        several.get().then(|| view! {
            <nav class="pager" aria-label=t(label)>
                <p>{range}</p>
                <p class="visually-hidden" role="status">{move || turned.get()}</p>
                <Button label=t(Text::PagePrevious).to_owned() unavailable=Signal::derive(move || page.get() == 0) on_press=Callback::new(move |()| on_turn.run(page.get_untracked() - 1)) />
                <Button label=t(Text::PageNext).to_owned() unavailable=Signal::derive(move || page.get() >= last.get()) on_press=Callback::new(move |()| on_turn.run(page.get_untracked() + 1)) />
            </nav>
        })
    }
}
