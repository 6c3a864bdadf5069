//! Where something will stand in a moment. The style sheet shows it only after 150 ms, so that a quick answer does not flicker.

use leptos::prelude::*;

/// Grey lines in place of text.
#[component]
pub fn SkeletonLines(
    /// How many.
    lines: usize,
    /// What is being waited for, for those who do not see it.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let bars = (0..lines)
        .map(|_| view! { <span class="bar"></span> })
        .collect_view();
    view! { <div class="skeleton" role="status"><span class="visually-hidden">{label}</span>{bars}</div> }
}

/// Grey rows in place of a table.
#[component]
pub fn SkeletonTable(
    /// How many rows.
    rows: usize,
    /// What is being waited for, for those who do not see it.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let rows = (0..rows)
        .map(|_| view! { <div class="skeleton-row"><span class="bar round"></span><span class="bar"></span><span class="bar"></span><span class="bar short"></span></div> })
        .collect_view();
    view! { <div class="skeleton table-frame" role="status"><span class="visually-hidden">{label}</span>{rows}</div> }
}
