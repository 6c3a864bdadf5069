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
use crate::ui::{EmptyState, IconName, LinkButton, SkeletonLines, UnsavedInput};
use crate::widgets::failure::Failure;
use crate::widgets::renamed::RenamedLink;
use crate::wording::explain::explain_briefly;

/// Shows a domain whose code is not saved in this browser, with fields for it unless the API does not know the domain.
/// The fields stay mounted while the domain is fetched again and becomes known.
#[component]
pub(super) fn NotHeld(
    /// The domain.
    name: DomainName,
    /// Whether this browser knows it.
    is_known: Memo<bool>,
    /// Whether it was forgotten while the page is open.
    is_forgotten: Memo<bool>,
    /// The text in the fields below.
    pasted: Pasted,
) -> impl IntoView {
    let may_exist = RwSignal::new(false);
    let has_code = Memo::new(move |_| is_known.get() || may_exist.get());
    // What was typed stays, even if the domain is gone.
    let has_fields = Memo::new(move |_| has_code.get() || pasted.is_any());
    let name = StoredValue::new(name);
    let not_held = move || {
        let name = name.get_value();
        let title = tf(Text::CodeNotHeld, &[("domain", &readable(&name))]);
        let settings = Route::Settings.href();
        let text = t(match is_forgotten.get() {
            true => Text::CodeForgottenText,
            false => Text::CodeNotHeldText,
        });
        view! {
            <EmptyState icon=IconName::Code title text>
                <LinkButton label=t(Text::ImportInstead) href=settings />
            </EmptyState>
        }
    };
    view! {
        {move || (!is_known.get()).then(|| view! { <NotKnown name=name.get_value() is_forgotten=is_forgotten.get_untracked() may_exist pasted /> })}
        {move || has_code.get().then(not_held)}
        {move || has_fields.get().then(|| view! { <PasteCode name=name.get_value() pasted /> })}
    }
}

/// Fetches a domain that this browser does not know (endpoint 7), and adds it to the known domains. Shows why that
/// failed.
#[component]
fn NotKnown(
    /// The domain.
    name: DomainName,
    /// Whether the user has forgotten it.
    is_forgotten: bool,
    /// Set to whether the domain exists, or may exist after a failure.
    may_exist: RwSignal<bool>,
    /// The text in the fields.
    pasted: Pasted,
) -> impl IntoView {
    let domain = Remote::get().read(GetDomain {
        domain: name.clone(),
    });
    if is_forgotten {
        // Another tab may have renamed it since it was read.
        domain.retry();
    } else {
        remember(domain, None, name.clone());
    }
    let error = Memo::new(move |_| domain.get().error.map(|error| (*error).clone()));
    let name = StoredValue::new(name);
    let is_absent =
        move |error: &ApiError| name.with_value(|name| is_absent(error, Sought::Domain(name)));
    Effect::new(move || {
        // The domain stays unknown if the browser cannot store it.
        may_exist.set(error.with(|error| match error {
            Some(error) => !is_absent(error),
            None => domain.data().is_some(),
        }));
    });
    let retry = Callback::new(move |()| domain.retry());
    move || {
        let name = name.get_value();
        match error.get() {
            Some(error) if is_absent(&error) => {
                view! { <NoSuchDomain name error pasted /> }.into_any()
            }
            Some(_) => {
                let doing = tf(Text::CodeDomainNotAsked, &[("domain", &readable(&name))]);
                view! { <Failure error=Signal::derive(move || domain.get().error) doing retry /> }
                    .into_any()
            }
            None if may_exist.get() => ().into_any(),
            None => view! { <SkeletonLines lines=6 label=t(Text::Loading) /> }.into_any(),
        }
    }
}

#[component]
fn NoSuchDomain(name: DomainName, error: ApiError, pasted: Pasted) -> impl IntoView {
    let said = explain_briefly(&error, clock::now());
    let text = tf(Text::CodeDomainUnknownText, &[("said", &said)]);
    let title = tf(Text::CodeDomainUnknown, &[("domain", &readable(&name))]);
    let add = tf(Text::AddThisDomain, &[("domain", &readable(&name))]);
    let href = Route::AddDomain.href_with(DOMAIN, name.as_str());
    let unsaved = UnsavedInput::get();
    let on_follow = Callback::new(move |to: DomainName| pasted.hand_over(unsaved, &to));
    view! {
        <EmptyState icon=IconName::Globe title text>
            <RenamedLink name page=Route::Embed on_follow />
            <LinkButton label=add href />
            <LinkButton label=t(Text::NavDomains) href=Route::Domains.href() />
        </EmptyState>
    }
}
