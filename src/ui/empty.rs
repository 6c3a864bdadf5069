//! What stands where there is nothing yet.

use leptos::prelude::*;

use super::icon::{Icon, IconName};

/// Says that there is nothing, why, and what to do about it.
#[component]
pub fn EmptyState(
    /// The sign above.
    icon: IconName,
    /// What is not there.
    #[prop(into)]
    title: String,
    /// Why, and what it would be good for.
    #[prop(into)]
    text: String,
    /// What to do about it.
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
