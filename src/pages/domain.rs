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
use switchboard_model::journal::Change;

use crate::browser::idna::{ascii_detail, readable};
use crate::i18n::{Text, t};
use crate::operations::change::is_absent;
use crate::operations::remember::remember;
use crate::remote::Remote;
use crate::route::Route;
use crate::ui::{
    Button, IconName, LinkButton, Notice, PageHeading, SkeletonLines, SkeletonTable, Tone,
    UnsavedInput,
};
use crate::widgets::failure::{Absent, Failure};
use crate::widgets::forgetting::{ForgetDialog, Forgetting};
use crate::widgets::list_navigation::list_as_left;
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
    // What was typed stays, even if a refresh finds that the domain is gone.
    let unsaved = UnsavedInput::get();
    let loaded =
        Memo::new(move |_| domain.data().is_some() && (!is_absent.get() || unsaved.is_any()));
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
        navigate(&list_as_left(&Route::Domains), NavigateOptions::default());
    }));
    view! {
        <a class="back" href=list_as_left(&Route::Domains)>{t(Text::NavDomains)}</a>
        <PageHeading title subtitle ltr=true>
            {move || (!is_absent.get() || is_known.get()).then(|| view! {
                <LinkButton icon=IconName::Code label=t(Text::EmbedCode) href=embed.clone() />
            })}
        </PageHeading>
        {move || error.get().map(|error| if is_absent.get() {
            view! {
                <Absent error=Signal::stored(error) title=t(Text::DomainAbsent) deletion=Change::DeleteDomain { domain: name.get_value() } list=Route::Domains label=t(Text::NavDomains)>
                    <RenamedLink name=name.get_value() page=Route::Domain />
                    {move || is_known.get().then(|| view! {
                        <Button label=t(Text::ForgetDomain).to_owned() on_press=Callback::new(move |()| forgetting.ask(&name.get_value())) />
                        <span class="muted">{t(Text::ForgottenText)}</span>
                    })}
                </Absent>
            }.into_any()
        } else {
            view! { <Failure error=Signal::derive(move || domain.get().error) doing=t(Text::DomainNotLoaded) retry=again is_covered=Signal::derive(move || domain.is_covered()) /> }.into_any()
        })}
        <ForgetDialog forgetting />
        {move || domain.get().warning.map(|warning| view! { <Notice tone=Tone::Warn title=warning /> })}
        {move || match body.get() {
            Ok(()) => view! {
                <SettingsPanel name=name.get_value() domain ending />
                {move || (!is_absent.get()).then(|| view! {
                    <OperatorsPanel name=name.get_value() assignments />
                    <DeleteDomainPanel name=name.get_value() ending />
                })}
            }.into_any(),
            Err(false) => view! { <SkeletonLines lines=6 label=t(Text::Loading) /><SkeletonTable rows=4 label="" /> }.into_any(),
            Err(true) => ().into_any(),
        }}
    }
}
