//! The known domains. The API has no call that lists them: a domain is known because it was added or looked up here.

mod look_up;
mod table;

use leptos::prelude::*;

use super::embed::store_error;
use crate::i18n::{Text, t, tn};
use crate::route::Route;
use crate::ui::{ButtonKind, EmptyState, IconName, LinkButton, Notice, PageHeading, Tone};
use crate::workspace::KnownDomains;
use look_up::LookUp;
use table::DomainTable;

/// The domains' page.
#[component]
pub fn DomainsPage() -> impl IntoView {
    let known = KnownDomains::get();
    let subtitle = Signal::derive(move || {
        known
            .listing()
            .map(|listing| tn(Text::DomainsCount, listing.domains.len()))
            .unwrap_or_default()
    });
    view! {
        <PageHeading title=t(Text::NavDomains).to_owned() subtitle>
            <LinkButton kind=ButtonKind::Primary icon=IconName::Plus label=t(Text::AddDomain) href=Route::AddDomain.href() />
        </PageHeading>
        <LookUp />
        {move || match known.listing() {
            Err(error) => view! { <Notice tone=Tone::Bad title=store_error(error)><p>{t(Text::StoreBlockedText)}</p></Notice> }.into_any(),
            Ok(listing) => {
                let aside = listing.set_aside.len();
                let aside = (aside > 0).then(|| view! {
                    <Notice tone=Tone::Warn title=tn(Text::SetAside, aside)><p>{t(Text::SetAsideText)}</p></Notice>
                });
                let domains = if listing.domains.is_empty() {
                    view! { <NoDomains /> }.into_any()
                } else {
                    view! { <DomainTable domains=listing.domains /> }.into_any()
                };
                view! { {aside}{domains} }.into_any()
            }
        }}
    }
}

#[component]
fn NoDomains() -> impl IntoView {
    view! {
        <EmptyState icon=IconName::Globe title=t(Text::DomainsNone) text=t(Text::DomainsNoneText)>
            <LinkButton kind=ButtonKind::Primary label=t(Text::DomainsAddFirst) href=Route::AddDomain.href() />
        </EmptyState>
    }
}
