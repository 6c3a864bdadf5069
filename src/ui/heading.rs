//! The head of a page: its name, and what can be done with it.

use leptos::html::H1;
use leptos::prelude::*;

/// The page's level-1 heading with its actions. Takes the focus when the page is opened by navigation, and names the browser's tab.
#[component]
pub fn PageHeading(
    /// The page's name.
    #[prop(into)]
    title: Signal<String>,
    /// A line under it.
    #[prop(optional, into)]
    subtitle: Option<Signal<String>>,
    /// What follows the page's name in the browser's tab.
    #[prop(default = "Switchboard")]
    product: &'static str,
    /// Buttons and links at the end of the line.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let heading = NodeRef::<H1>::new();
    Effect::new(move || document().set_title(&format!("{} · {product}", title.get())));
    Effect::new(move |seen: Option<()>| {
        if let (None, Some(heading)) = (seen, heading.get())
            && opened_by_navigation()
        {
            let _ = heading.focus();
        }
    });
    view! {
        <div class="page-heading">
            <div class="page-title">
                <h1 tabindex="-1" node_ref=heading>{move || title.get()}</h1>
                {subtitle.map(|subtitle| view! { <p class="subtitle">{move || subtitle.get()}</p> })}
            </div>
            {children.map(|children| view! { <div class="actions">{children()}</div> })}
        </div>
    }
}

/// Whether a page of ours was on the screen before. The first page leaves the focus where the browser puts it, at the top of the document.
fn opened_by_navigation() -> bool {
    use std::cell::Cell;
    thread_local!(static OPENED: Cell<bool> = const { Cell::new(false) });
    OPENED.replace(true)
}
