//! Links from a domain's old name to its new one.

use leptos::prelude::*;
use switchboard_api::DomainName;
use switchboard_model::journal::renamed_to;

use crate::browser::idna::readable;
use crate::i18n::{Text, tf};
use crate::journal::ChangeJournal;
use crate::route::Route;
use crate::ui::LinkButton;

/// A link to the same page of the domain's new name. Renders nothing if the journal of this browser has no rename of
/// it.
#[component]
pub fn RenamedLink(
    /// The old name.
    name: DomainName,
    /// The page of a domain, e.g. [`Route::Domain`].
    page: fn(DomainName) -> Route,
) -> impl IntoView {
    let journal = ChangeJournal::get();
    // A rename whose answer was lost may be looked up while the page is shown.
    let to = Memo::new(move |_| renamed_to(&journal.recorded().unwrap_or_default().changes, &name));
    move || {
        to.get().map(|to| {
            let label = tf(Text::OpenRenamed, &[("domain", &readable(&to))]);
            view! { <LinkButton label href=page(to).href() /> }
        })
    }
}
