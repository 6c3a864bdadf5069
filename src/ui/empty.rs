//! The state of a page or a list that is empty.

use leptos::prelude::*;

use super::icon::{Icon, IconName};

/// Says that a list is empty, why, and what to do about it.
#[component]
pub fn EmptyState(
    /// The icon above.
    icon: IconName,
    /// What is missing.
    #[prop(into)]
    title: String,
    /// The reason, and what the content would be for.
    #[prop(into)]
    text: String,
    /// The actions.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <span class="empty-icon"><Icon name=icon /></span>
            <p class="empty-title">{title}</p>
            <p class="empty-text">{text}</p>
            {children.map(|children| view! { <div class="actions">{children()}</div> })}
        </div>
    }
}
