//! Where a wrong address leads: it says which, and where to go instead.

use leptos::prelude::*;

use crate::i18n::{Text, t, tf};
use crate::route::Route;
use crate::ui::{ButtonKind, EmptyState, IconName, LinkButton, PageHeading};

/// The page for a path that is none of the panel's.
#[component]
pub fn NotFoundPage(
    /// The path that was asked for.
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
