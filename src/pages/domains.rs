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
    let error = Memo::new(move |_| known.listing().err());
    let aside = Memo::new(move |_| known.listing().map_or(0, |listing| listing.set_aside.len()));
    let domains = Memo::new(move |_| {
        known
            .listing()
            .map(|listing| listing.domains)
            .unwrap_or_default()
    });
    let any = Memo::new(move |_| domains.with(|domains| !domains.is_empty()));
    let subtitle =
        Signal::derive(move || domains.with(|domains| tn(Text::DomainsCount, domains.len())));
    view! {
        <PageHeading title=t(Text::NavDomains).to_owned() subtitle>
            <LinkButton kind=ButtonKind::Primary icon=IconName::Plus label=t(Text::AddDomain) href=Route::AddDomain.href() />
        </PageHeading>
        <LookUp />
        {move || error.get().map(|error| view! { <Notice tone=Tone::Bad title=store_error(error)><p>{t(Text::StoreBlockedText)}</p></Notice> })}
        {move || (aside.get() > 0).then(|| view! {
            <Notice tone=Tone::Warn title=tn(Text::SetAside, aside.get())><p>{t(Text::SetAsideText)}" "<a href=Route::Settings.href()>{t(Text::SetAsideShow)}</a></p></Notice>
        })}
        {move || match (any.get(), error.with(Option::is_some)) {
            (true, _) => view! { <DomainTable domains /> }.into_any(),
            (false, false) => view! { <NoDomains /> }.into_any(),
            (false, true) => ().into_any(),
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
