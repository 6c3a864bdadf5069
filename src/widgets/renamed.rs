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
    /// Called with the new name before the link is followed.
    #[prop(optional, into)]
    on_follow: Option<Callback<DomainName>>,
) -> impl IntoView {
    let journal = ChangeJournal::get();
    // A rename whose answer was lost may be looked up while the page is shown.
    let to = Memo::new(move |_| renamed_to(&journal.recorded().unwrap_or_default().changes, &name));
    move || {
        to.get().map(|to| {
            let label = tf(Text::OpenRenamed, &[("domain", &readable(&to))]);
            let href = page(to.clone()).href();
            let follow = move |event: leptos::ev::MouseEvent| {
                // Another tab or window gets nothing from this page.
                let is_plain =
                    !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
                if let Some(on_follow) = on_follow.filter(|_| is_plain) {
                    on_follow.run(to.clone());
                }
            };
            view! { <LinkButton label href on:click=follow /> }
        })
    }
}
