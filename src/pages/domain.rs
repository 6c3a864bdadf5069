//! One domain: what it is (endpoint 7), its settings (8), the operators on it (10 to 13), and its end (9).

mod delete;
mod operators;
mod put_on;
mod settings;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use switchboard_api::endpoints::{GetDomain, ListAssignments};
use switchboard_api::{ApiError, Assignment, Domain, DomainName};
use switchboard_model::workspace::KnownDomain;

use super::domains::{ForgetDialog, Forgetting};
use super::explain::Failure;
use super::footing::footing;
use crate::browser::clock;
use crate::i18n::{Text, t};
use crate::remote::{Read, Remote};
use crate::route::Route;
use crate::ui::{Button, IconName, LinkButton, Notice, PageHeading, SkeletonLines, Tone};
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
    let (remote, known, navigate) = (Remote::get(), KnownDomains::get(), use_navigate());
    let domain = remote.read(GetDomain {
        domain: name.clone(),
    });
    let assignments = remote.read(ListAssignments {
        domain: name.clone(),
    });
    remember(domain, Some(assignments), name.clone());
    let error = Memo::new(move |_| domain.get().error.map(|error| (*error).clone()));
    let loaded = Memo::new(move |_| domain.data().is_some());
    let body = footing(
        move || loaded.get().then_some(()),
        move || error.with(Option::is_some),
    );
    let is_refused =
        Memo::new(move |_| error.with(|error| matches!(error, Some(ApiError::Refused { .. }))));
    // What failed together is asked for again together.
    let again = Callback::new(move |()| {
        domain.retry();
        if assignments.get_untracked().error.is_some() {
            assignments.retry();
        }
    });
    let embed = Route::Embed(name.clone()).href();
    let title = name.to_string();
    let name = StoredValue::new(name);
    let is_known = Memo::new(move |_| name.with_value(|name| known.find(name)).is_some());
    let forgetting = Forgetting::new(Callback::new(move |_| {
        navigate(&Route::Domains.href(), NavigateOptions::default());
    }));
    view! {
        <a class="back" href=Route::Domains.href()>{t(Text::NavDomains)}</a>
        <PageHeading title>
            <LinkButton icon=IconName::Code label=t(Text::EmbedCode) href=embed />
        </PageHeading>
        {move || error.get().map(|error| view! {
            <Failure error=Signal::stored(error) doing=t(Text::DomainNotLoaded) retry=again />
        })}
        {move || (is_refused.get() && is_known.get()).then(|| view! {
            <div class="actions">
                <span class="muted">{t(Text::ForgottenText)}</span>
                <Button label=t(Text::ForgetDomain).to_owned() on_press=Callback::new(move |()| forgetting.ask(&name.get_value())) />
            </div>
        })}
        <ForgetDialog forgetting />
        {move || domain.get().warning.map(|warning| view! { <Notice tone=Tone::Warn title=warning /> })}
        {move || match body.get() {
            Ok(()) => view! {
                <SettingsPanel name=name.get_value() domain />
                <OperatorsPanel name=name.get_value() assignments />
                <DeleteDomainPanel name=name.get_value() assignments />
            }.into_any(),
            Err(false) => view! { <SkeletonLines lines=8 label=t(Text::Loading) /> }.into_any(),
            Err(true) => ().into_any(),
        }}
    }
}

/// A domain that was looked at is known from then on, with its address as the API has it; and, where that is asked for, whether anybody is on it.
pub(super) fn remember(
    domain: Read<Domain>,
    assignments: Option<Read<Vec<Assignment>>>,
    name: DomainName,
) {
    let known = KnownDomains::get();
    // Once for each new answer, not for each call: a domain that was just renamed or deleted must not come back by its old answer.
    let answer = Memo::new(move |_| domain.data().map(|domain| domain.email.clone()));
    let keyed = name.clone();
    Effect::new(move || {
        let Some(email) = answer.get() else { return };
        if known.find_now(&keyed).is_none() {
            let email = Some(email).filter(|email| !email.as_str().is_empty());
            // A storage that keeps nothing is told on the pages that depend on it.
            let _ = known.remember(KnownDomain::new(keyed.clone(), email, clock::now()));
        } else {
            known.note(&keyed, &email, false);
        }
    });
    let email_and_anybody = Memo::new(move |_| {
        let all = assignments.and_then(|assignments| assignments.data());
        let anybody = all.is_some_and(|all| !all.is_empty());
        answer.get().filter(|_| anybody)
    });
    Effect::new(move || {
        if let Some(email) = email_and_anybody.get() {
            known.note(&name, &email, true);
        }
    });
}
