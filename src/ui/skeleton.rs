//! Placeholders while content is loading. The style sheet shows them only after 150 ms, so that a quick answer does
//! not flicker. If several stand for one page, only the first has a label.

use leptos::prelude::*;

/// Grey lines in place of text.
#[component]
pub fn SkeletonLines(
    /// The number of lines.
    lines: usize,
    /// What is loading, for assistive technology.
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
    /// The number of rows.
    rows: usize,
    /// What is loading, for assistive technology.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let rows = (0..rows)
        .map(|_| view! { <div class="skeleton-row"><span class="bar round"></span><span class="bar"></span><span class="bar"></span><span class="bar short"></span></div> })
        .collect_view();
    view! { <div class="skeleton table-frame" role="status"><span class="visually-hidden">{label}</span>{rows}</div> }
}
