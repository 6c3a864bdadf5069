//! The page for an unknown address: names it, and links to other pages.

use leptos::prelude::*;

use crate::i18n::{Text, t, tf};
use crate::route::Route;
use crate::ui::{ButtonKind, EmptyState, IconName, LinkButton, PageHeading};

/// The page for a path that the panel does not have.
#[component]
pub fn NotFoundPage(
    /// The requested path.
    path: String,
) -> impl IntoView {
    view! {
        <PageHeading title=t(Text::NotFoundTitle).to_owned() />
        <EmptyState icon=IconName::Search title=tf(Text::NotFoundPath, &[("path", &path)]) text=t(Text::NotFoundText)>
            <LinkButton kind=ButtonKind::Primary label=t(Text::NavOrganisation) href=Route::Organisation.href() />
            <LinkButton label=t(Text::NavOperators) href=Route::Operators.href() />
            <LinkButton label=t(Text::NavDomains) href=Route::Domains.href() />
        </EmptyState>
    }
}
