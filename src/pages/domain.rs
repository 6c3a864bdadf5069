//! One domain: what it is (endpoint 7), its settings (8), the operators on it (10 to 13), and its end (9).

mod delete;
mod operators;
mod put_on;
mod settings;

use leptos::prelude::*;
use switchboard_api::endpoints::{GetDomain, ListAssignments};
use switchboard_api::{Domain, DomainName};
use switchboard_model::workspace::KnownDomain;

use super::explain::Failure;
use crate::browser::clock;
use crate::i18n::{Text, t};
use crate::remote::{Read, Remote};
use crate::route::Route;
use crate::ui::{IconName, LinkButton, Notice, PageHeading, SkeletonLines, Tone};
use crate::workspace::KnownDomains;
use delete::DeleteDomainPanel;
use operators::OperatorsPanel;
use settings::SettingsPanel;

pub(super) use settings::carry_out as rename;
pub use settings::settle_renames;

/// The domain's page.
#[component]
pub fn DomainPage(
    /// The domain.
    name: DomainName,
) -> impl IntoView {
    let remote = Remote::get();
    let domain = remote.read(GetDomain {
        domain: name.clone(),
    });
    let assignments = remote.read(ListAssignments {
        domain: name.clone(),
    });
    remember(domain, name.clone());
    let error = Memo::new(move |_| domain.get().error.map(|error| (*error).clone()));
    let loaded = Memo::new(move |_| domain.data().is_some());
    let embed = Route::Embed(name.clone()).href();
    let title = name.to_string();
    let name = StoredValue::new(name);
    view! {
        <a class="back" href=Route::Domains.href()>{t(Text::NavDomains)}</a>
        <PageHeading title>
            <LinkButton icon=IconName::Code label=t(Text::EmbedCode) href=embed />
        </PageHeading>
        {move || error.get().map(|error| view! {
            <Failure error=Signal::stored(error) doing=t(Text::DomainNotLoaded) retry=Callback::new(move |()| domain.retry()) />
        })}
        {move || domain.get().warning.map(|warning| view! { <Notice tone=Tone::Warn title=warning /> })}
        {move || match (loaded.get(), error.with(Option::is_some)) {
            (true, _) => view! {
                <SettingsPanel name=name.get_value() domain />
                <OperatorsPanel name=name.get_value() assignments />
                <DeleteDomainPanel name=name.get_value() assignments />
            }.into_any(),
            (false, false) => view! { <SkeletonLines lines=8 label=t(Text::Loading) /> }.into_any(),
            (false, true) => ().into_any(),
        }}
    }
}

/// A domain that was looked at is known from then on, with its address as the API has it.
pub(super) fn remember(domain: Read<Domain>, name: DomainName) {
    let known = KnownDomains::get();
    // Once for each new answer, not for each call: a domain that was just renamed or deleted must not come back by its old answer.
    let answer = Memo::new(move |_| domain.data().map(|domain| domain.email.clone()));
    Effect::new(move || {
        let Some(email) = answer.get() else { return };
        let email = Some(email).filter(|email| !email.as_str().is_empty());
        let before = known.find_now(&name);
        if before.is_none_or(|before| email.is_some() && before.email != email) {
            // A storage that keeps nothing is told on the pages that depend on it.
            let _ = known.remember(KnownDomain::new(name.clone(), email, clock::now()));
        }
    });
}
