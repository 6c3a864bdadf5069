//! The name of a domain, the same in lists, pages and dialogs.

use leptos::prelude::*;
use switchboard_api::DomainName;

use crate::browser::idna::{ascii_detail, readable};
use crate::ui::Ltr;

/// The name as people read it. Below the name of an international domain follows its ASCII form, which the API and DNS use.
#[component]
pub fn DomainLabel(
    /// The domain.
    name: DomainName,
    /// Where the name leads, if it leads anywhere.
    #[prop(optional, into)]
    href: Option<String>,
    /// The link's id, where the focus is put on it.
    #[prop(optional, into)]
    id: Option<String>,
) -> impl IntoView {
    let shown = view! { <Ltr text=readable(&name) /> };
    let shown = match href {
        Some(href) => view! { <a class="row-link" id=id href=href>{shown}</a> }.into_any(),
        None => shown.into_any(),
    };
    let ascii = ascii_detail(&name)
        .map(|ascii| view! { " "<span class="ascii-name"><Ltr text=ascii /></span> });
    view! { {shown}{ascii} }
}
