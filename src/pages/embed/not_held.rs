//! Shows why this browser has no code for the domain, and how to get it.

use leptos::prelude::*;
use switchboard_api::endpoints::GetDomain;
use switchboard_api::{ApiError, DomainName, Sought};

use super::paste::{PasteCode, Pasted};
use crate::browser::clock;
use crate::browser::idna::readable;
use crate::i18n::{Text, t, tf};
use crate::operations::change::is_absent;
use crate::operations::remember::remember;
use crate::remote::Remote;
use crate::route::{DOMAIN, Route};
use crate::ui::{EmptyState, IconName, LinkButton, SkeletonLines};
use crate::widgets::failure::Failure;
use crate::widgets::renamed::RenamedLink;
use crate::wording::explain::explain_briefly;

/// Shows a known domain whose code is not saved in this browser.
#[component]
pub(super) fn NotHeld(
    /// The domain.
    name: DomainName,
    /// The text in the fields below.
    pasted: Pasted,
) -> impl IntoView {
    let title = tf(Text::CodeNotHeld, &[("domain", &readable(&name))]);
    let settings = Route::Settings.href();
    view! {
        <EmptyState icon=IconName::Code title text=t(Text::CodeNotHeldText)>
            <LinkButton label=t(Text::ImportInstead) href=settings />
        </EmptyState>
        <PasteCode name pasted />
    }
    .into_any()
}

/// Fetches a domain that this browser does not know (endpoint 7), and adds it to the known domains.
#[component]
pub(super) fn NotKnown(
    /// The domain.
    name: DomainName,
    /// The text in the fields below.
    pasted: Pasted,
) -> impl IntoView {
    let domain = Remote::get().read(GetDomain {
        domain: name.clone(),
    });
    remember(domain, None, name.clone());
    let answer = Memo::new(move |_| {
        let error = domain.get().error.map(|error| (*error).clone());
        (error, domain.data().is_some())
    });
    let retry = Callback::new(move |()| domain.retry());
    let name = StoredValue::new(name);
    move || match answer.get() {
        (Some(error), _) => {
            let name = name.get_value();
            if is_absent(&error, Sought::Domain(&name)) {
                view! { <NoSuchDomain name error /> }.into_any()
            } else {
                let doing = tf(Text::CodeDomainNotAsked, &[("domain", &readable(&name))]);
                view! { <Failure error=Signal::stored(error) doing retry /><NotHeld name pasted /> }
                    .into_any()
            }
        }
        // The domain stays unknown if the browser cannot store it.
        (None, true) => view! { <NotHeld name=name.get_value() pasted /> }.into_any(),
        (None, false) => view! { <SkeletonLines lines=6 label=t(Text::Loading) /> }.into_any(),
    }
}

#[component]
fn NoSuchDomain(name: DomainName, error: ApiError) -> impl IntoView {
    let said = explain_briefly(&error, clock::now());
    let text = tf(Text::CodeDomainUnknownText, &[("said", &said)]);
    let title = tf(Text::CodeDomainUnknown, &[("domain", &readable(&name))]);
    let add = tf(Text::AddThisDomain, &[("domain", &readable(&name))]);
    let href = Route::AddDomain.href_with(DOMAIN, name.as_str());
    view! {
        <EmptyState icon=IconName::Globe title text>
            <RenamedLink name page=Route::Embed />
            <LinkButton label=add href />
            <LinkButton label=t(Text::NavDomains) href=Route::Domains.href() />
        </EmptyState>
    }
}
