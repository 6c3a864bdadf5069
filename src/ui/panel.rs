//! A section of a page with its own heading.

use leptos::prelude::*;

/// A framed region, named by its heading.
#[component]
pub fn Panel(
    /// The heading: also the region's name.
    #[prop(into)]
    title: String,
    /// The id of the region, unique on the page.
    id: &'static str,
    /// Beside the heading, at the end of the line.
    #[prop(optional, into)]
    aside: ViewFn,
    /// The region's content.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="panel" aria-labelledby=id>
            <header class="panel-head"><h2 id=id>{title}</h2>{aside.run()}</header>
            <div class="panel-body">{children()}</div>
        </section>
    }
}

/// A list of names with their values.
#[component]
pub fn Facts(
    /// The names with their values.
    facts: Vec<(String, AnyView)>,
) -> impl IntoView {
    let pairs = facts
        .into_iter()
        .map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> })
        .collect_view();
    view! { <dl class="facts">{pairs}</dl> }
}
