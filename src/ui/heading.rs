//! The heading of a page, with its actions.

use std::sync::Arc;

use leptos::html::H1;
use leptos::prelude::*;

use super::toast::Toasts;

/// The owner of the pages below, in context. The tab's title names it between the page and the product.
#[derive(Clone, Copy, Debug)]
pub struct PagesOf(pub Signal<String>);

/// Builds the note under the heading of every page, in context.
#[derive(Clone)]
pub struct PageNote(pub Arc<dyn Fn() -> AnyView + Send + Sync>);

/// The page's level-1 heading with its actions. Takes the focus when navigation opens the page, and sets the tab's
/// title.
#[component]
pub fn PageHeading(
    /// The page's name.
    #[prop(into)]
    title: Signal<String>,
    /// A line under it.
    #[prop(optional, into)]
    subtitle: Option<Signal<String>>,
    /// Whether the line counts what the page lists. Its changes are then announced, as the results of a search.
    #[prop(optional)]
    counts: bool,
    /// Whether the name is one that is written from left to right in every language.
    #[prop(optional)]
    ltr: bool,
    /// What the page is about, which follows its name in the browser's tab.
    #[prop(optional, into)]
    about: Option<String>,
    /// The product, at the end of the tab's title.
    #[prop(default = "Switchboard")]
    product: &'static str,
    /// Buttons and links at the end of the line.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let heading = NodeRef::<H1>::new();
    let whose = use_context::<PagesOf>();
    Effect::new(move || {
        // A disposed page has no owner to name.
        let whose = whose.and_then(|PagesOf(whose)| whose.try_get());
        let page = title.with(|title| match &about {
            Some(about) => format!("{title} · {about}"),
            None => title.clone(),
        });
        let title = tab_title(&page, whose.as_deref(), product);
        document().set_title(&title);
    });
    if let Some(toasts) = use_context::<Toasts>() {
        toasts.page_shown(window().location().pathname().unwrap_or_default());
    }
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
                <h1 tabindex="-1" node_ref=heading><bdi dir=ltr.then_some("ltr")>{move || title.get()}</bdi></h1>
                <div class="page-line">
                    {subtitle.map(|subtitle| view! { <p class="subtitle" role=counts.then_some("status")><bdi>{move || subtitle.get()}</bdi></p> })}
                    {use_context::<PageNote>().map(|PageNote(note)| note())}
                </div>
            </div>
            {children.map(|children| view! { <div class="actions">{children()}</div> })}
        </div>
    }
}

/// Returns the tab's title. Does not repeat the owner's name if the page has the same.
fn tab_title(page: &str, whose: Option<&str>, product: &str) -> String {
    match whose {
        Some(whose) if whose.starts_with(page) => format!("{whose} · {product}"),
        Some(whose) => format!("{page} · {whose} · {product}"),
        None => format!("{page} · {product}"),
    }
}

/// Returns whether the application has shown another page before. The first page leaves the focus where the browser
/// puts it, at the top of the document.
fn opened_by_navigation() -> bool {
    use std::cell::Cell;
    thread_local!(static OPENED: Cell<bool> = const { Cell::new(false) });
    OPENED.replace(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tab_title_has_page_owner_and_product() {
        let title = |page, whose| tab_title(page, whose, "Switchboard");
        assert_eq!(
            title("Operators", Some("Acme")),
            "Operators · Acme · Switchboard"
        );
        assert_eq!(title("Acme", Some("Acme")), "Acme · Switchboard");
        assert_eq!(
            title("Acme", Some("Acme (acme.example)")),
            "Acme (acme.example) · Switchboard"
        );
        assert_eq!(title("Connect", None), "Connect · Switchboard");
    }
}
