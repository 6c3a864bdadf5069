//! The heading of a page, with its actions.

use std::sync::Arc;

use leptos::html::H1;
use leptos::prelude::*;

use super::focus_keeper::return_focus;
use super::toast::Toasts;
use crate::browser::throttle::{REST, debounce};

/// The owner of the pages below, in context. The tab's title names it between the page and the product.
#[derive(Clone, Copy, Debug)]
pub struct PagesOf(pub Signal<String>);

/// Builds the note under the heading of every page, in context.
#[derive(Clone)]
pub struct PageNote(pub Arc<dyn Fn() -> AnyView + Send + Sync>);

/// The page's level-1 heading with its actions. Takes the focus when navigation opens the page, unless the user goes back
/// to a list from one of its rows. Sets the tab's title.
#[component]
pub fn PageHeading(
    /// The page's name.
    #[prop(into)]
    title: Signal<String>,
    /// A line under it.
    #[prop(optional, into)]
    subtitle: Option<Signal<String>>,
    /// What the line links to.
    #[prop(optional, into)]
    subtitle_href: Option<String>,
    /// Whether the line counts what the page lists. It is then announced once it rests after a change, as the result of
    /// a search.
    #[prop(optional)]
    counts: bool,
    /// Whether the count rises step by step at present. It is then announced once at the end.
    #[prop(optional, into)]
    is_counting: Signal<bool>,
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
            Some(about) if about != title => format!("{title} · {about}"),
            _ => title.clone(),
        });
        let title = tab_title(&page, whose.as_deref(), product);
        document().set_title(&title);
    });
    let toasts = use_context::<Toasts>();
    Effect::new(move |seen: Option<()>| {
        if let (None, Some(heading)) = (seen, heading.get()) {
            // The router changes the address after it has rendered the page.
            let path = window().location().pathname().unwrap_or_default();
            let left = toasts.and_then(|toasts| toasts.page_shown(path));
            if opened_by_navigation() && !return_focus(left.as_deref(), &heading) {
                let _ = heading.focus();
            }
        }
    });
    view! {
        <div class="page-heading">
            <div class="page-title">
                <h1 tabindex="-1" node_ref=heading><bdi dir=ltr.then_some("ltr")>{move || title.get()}</bdi></h1>
                <div class="page-line">
                    {subtitle.map(|subtitle| {
                        let text = view! { <bdi>{move || subtitle.get()}</bdi> };
                        let line = match subtitle_href {
                            Some(href) => view! { <a href=href>{text}</a> }.into_any(),
                            None => text.into_any(),
                        };
                        view! {
                            <p class="subtitle">{line}</p>
                            {counts.then(|| {
                                let counted = Memo::new(move |last: Option<&String>| match last {
                                    Some(last) if is_counting.get() => last.clone(),
                                    _ => subtitle.get(),
                                });
                                view! { <p class="visually-hidden" role="status">{debounce(counted.into(), subtitle.get_untracked(), REST)}</p> }
                            })}
                        }
                    })}
                    {use_context::<PageNote>().map(|PageNote(note)| note())}
                </div>
            </div>
            {children.map(|children| view! { <div class="actions">{children()}</div> })}
        </div>
    }
}

/// Returns the tab's title. Does not repeat the owner's name, which an address may follow, if the page has the same.
fn tab_title(page: &str, whose: Option<&str>, product: &str) -> String {
    match whose {
        Some(whose) if is_named(whose, page) => format!("{whose} · {product}"),
        Some(whose) => format!("{page} · {whose} · {product}"),
        None => format!("{page} · {product}"),
    }
}

fn is_named(whose: &str, page: &str) -> bool {
    let rest = whose.strip_prefix(page);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(" ("))
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
        assert_eq!(
            title("acme.example", Some("acme.example:8443")),
            "acme.example · acme.example:8443 · Switchboard"
        );
        assert_eq!(title("Connect", None), "Connect · Switchboard");
    }
}
