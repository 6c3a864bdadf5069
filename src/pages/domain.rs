//! The page of one domain: its data (endpoint 7), settings (8), operators (10 to 13), and deletion (9).

mod delete_domain;
mod domain_operators;
mod domain_settings;
mod put_on;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use switchboard_api::endpoints::{GetDomain, ListAssignments};
use switchboard_api::{DomainName, Sought};

use crate::browser::idna::{ascii_detail, readable};
use crate::i18n::{Text, t};
use crate::operations::change::is_absent;
use crate::operations::remember::remember;
use crate::remote::Remote;
use crate::route::Route;
use crate::ui::{Button, IconName, LinkButton, Notice, PageHeading, SkeletonLines, Tone};
use crate::widgets::failure::{Absent, Failure};
use crate::widgets::forgetting::{ForgetDialog, Forgetting};
use crate::widgets::load_state::load_state;
use crate::widgets::renamed::RenamedLink;
use crate::workspace::KnownDomains;
use delete_domain::DeleteDomainPanel;
use domain_operators::OperatorsPanel;
use domain_settings::SettingsPanel;

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
    let sought = name.clone();
    // The page's own deletion or rename ends with a message. Until then the page stays, even if a look-up finds that
    // the domain is gone.
    let ending = RwSignal::new(false);
    let is_absent = Memo::new(move |_| {
        let sought = Sought::Domain(&sought);
        !ending.get()
            && error.with(|error| error.as_ref().is_some_and(|error| is_absent(error, sought)))
    });
    let loaded = Memo::new(move |_| domain.data().is_some() && !is_absent.get());
    let body = load_state(
        move || loaded.get().then_some(()),
        move || error.with(Option::is_some),
    );
    // Reads that failed together are retried together.
    let again = Callback::new(move |()| {
        domain.retry();
        if assignments.get_untracked().error.is_some() {
            assignments.retry();
        }
    });
    let embed = Route::Embed(name.clone()).href();
    let title = readable(&name);
    let subtitle = Signal::stored(ascii_detail(&name).unwrap_or_default());
    let name = StoredValue::new(name);
    let is_known = Memo::new(move |_| name.with_value(|name| known.find(name)).is_some());
    let forgetting = Forgetting::new(Callback::new(move |_| {
        navigate(&Route::Domains.href(), NavigateOptions::default());
    }));
    view! {
        <a class="back" href=Route::Domains.href()>{t(Text::NavDomains)}</a>
        <PageHeading title subtitle ltr=true>
            <LinkButton icon=IconName::Code label=t(Text::EmbedCode) href=embed />
        </PageHeading>
        {move || error.get().map(|error| if is_absent.get() {
            view! {
                <Absent error=Signal::stored(error) title=t(Text::DomainAbsent) list=Route::Domains label=t(Text::NavDomains)>
                    <RenamedLink name=name.get_value() page=Route::Domain />
                    {move || is_known.get().then(|| view! {
                        <Button label=t(Text::ForgetDomain).to_owned() on_press=Callback::new(move |()| forgetting.ask(&name.get_value())) />
                        <span class="muted">{t(Text::ForgottenText)}</span>
                    })}
                </Absent>
            }.into_any()
        } else {
            view! { <Failure error=Signal::stored(error) doing=t(Text::DomainNotLoaded) retry=again is_covered=loaded /> }.into_any()
        })}
        <ForgetDialog forgetting />
        {move || domain.get().warning.map(|warning| view! { <Notice tone=Tone::Warn title=warning /> })}
        {move || match body.get() {
            Ok(()) => view! {
                <SettingsPanel name=name.get_value() domain ending />
                <OperatorsPanel name=name.get_value() assignments />
                <DeleteDomainPanel name=name.get_value() ending />
            }.into_any(),
            Err(false) => view! { <SkeletonLines lines=8 label=t(Text::Loading) /> }.into_any(),
            Err(true) => ().into_any(),
        }}
    }
}
