//! The first steps for a new organisation, ticked off as they are done.

use leptos::prelude::*;
use switchboard_api::DomainName;
use switchboard_api::endpoints::GetDomain;
use switchboard_model::workspace::KnownDomain;

use crate::browser::idna::readable;
use crate::i18n::{Text, t, tf};
use crate::remote::Remote;
use crate::route::Route;
use crate::ui::{Icon, IconName, LinkButton, Panel};
use crate::workspace::KnownDomains;

/// The region "Getting started". The workspace says which steps are done, and endpoint 7 helps with the last. Renders
/// nothing once all are.
#[component]
pub(super) fn GettingStarted() -> impl IntoView {
    let known = KnownDomains::get();
    let added = Memo::new(move |_| known.with_domains(|domains| !domains.is_empty()));
    let copied =
        Memo::new(move |_| known.with_domains(|domains| domains.iter().any(|one| one.code_copied)));
    let staffed = Memo::new(move |_| known.with_domains(is_staffed));
    let named = Memo::new(move |_| known.with_domains(to_staff));
    let to_copy = Memo::new(move |_| {
        known.with_domains(|domains| {
            let held = domains.iter().find(|one| one.held.is_some());
            let label = held.map_or(Text::EmbedCode, |_| Text::StepCopyAction);
            let domain = held.or(domains.first())?;
            Some((t(label), Route::Embed(domain.name.clone()).href()))
        })
    });
    move || {
        let (added, copied, staffed) = (added.get(), copied.get(), staffed.get());
        (!(added && copied && staffed)).then(|| {
            let add = (!added).then(|| (t(Text::AddDomain), Route::AddDomain.href()));
            let copy = to_copy.get().filter(|_| !copied);
            let whose = named.get().filter(|_| !staffed);
            let put_on = whose.as_ref().map(|domain| (t(Text::AddOperator), Route::Domain(domain.clone()).href()));
            view! {
                <Panel title=t(Text::GettingStarted) id="getting-started">
                    <ol class="steps">
                        <GettingStartedStep done=added title=t(Text::StepAdd) text=said(Text::StepAddText) action=add />
                        <GettingStartedStep done=copied title=t(Text::StepCopy) text=said(Text::StepCopyText) action=copy />
                        <GettingStartedStep done=staffed title=t(Text::StepOperator) text=whose.map_or_else(|| said(Text::StepOperatorText), who_is_on) action=put_on />
                    </ol>
                </Panel>
            }
        })
    }
}

/// Returns whether a domain has an operator. If any domain has its code stored here, only those count: another
/// domain's operators say nothing about the one just added.
fn is_staffed(domains: &[KnownDomain]) -> bool {
    let any_held = domains.iter().any(|one| one.held.is_some());
    let mut staffed = domains.iter().filter(|one| one.operator_seen);
    staffed.any(|one| one.held.is_some() || !any_held)
}

/// Returns the domain to add an operator to: one whose code was copied, because chats will come from there, else one
/// with a stored code.
fn to_staff(domains: &[KnownDomain]) -> Option<DomainName> {
    let held = |one: &&KnownDomain| one.held.is_some();
    let copied = domains.iter().find(|one| held(one) && one.code_copied);
    let first = copied
        .or_else(|| domains.iter().find(held))
        .or(domains.first());
    first.map(|one| one.name.clone())
}

fn said(text: Text) -> Signal<String> {
    Signal::stored(t(text).to_owned())
}

/// Reads from endpoint 7 whether a domain has operators, while none was seen on any. An operator that it finds is
/// noted, which completes the step.
fn who_is_on(domain: DomainName) -> Signal<String> {
    let known = KnownDomains::get();
    let read = Remote::get().read(GetDomain {
        domain: domain.clone(),
    });
    let name = domain.clone();
    Effect::new(move || {
        if let Some(data) = read.data() {
            known.note(&name, &data.email, !data.operators.is_empty());
        }
    });
    Signal::derive(move || {
        let fetched = read.get();
        let nobody = fetched.data.and_then(|data| data.operator_count) == Some(0);
        let text = match (fetched.busy, nobody) {
            (_, true) => Text::StepOperatorNobody,
            (true, false) => return t(Text::Checking).to_owned(),
            (false, false) => Text::StepOperatorNotKnown,
        };
        tf(text, &[("domain", &readable(&domain))])
    })
}

#[component]
fn GettingStartedStep(
    done: bool,
    title: &'static str,
    text: Signal<String>,
    action: Option<(&'static str, String)>,
) -> impl IntoView {
    let state = if done {
        t(Text::StepDone)
    } else {
        t(Text::StepOpen)
    };
    view! {
        <li class="step" data-done=done.to_string()>
            <span class="step-mark">{done.then(|| view! { <Icon name=IconName::Check /> })}<span class="visually-hidden">{state}</span></span>
            <div class="step-body"><p class="step-title">{title}</p><p class="hint">{move || text.get()}</p></div>
            {action.map(|(label, href)| view! { <LinkButton label href /> })}
        </li>
    }
}

#[cfg(test)]
mod tests {
    use switchboard_api::EmbedCode;
    use switchboard_model::workspace::{CodeOrigin, HeldCode};

    use super::*;

    fn known(name: &str, is_held: bool, operator_seen: bool) -> KnownDomain {
        let name = name.parse().expect("a domain name of the test");
        KnownDomain {
            held: is_held.then(|| HeldCode {
                code: EmbedCode::default(),
                origin: CodeOrigin::Added,
                received_at: 1,
            }),
            operator_seen,
            ..KnownDomain::new(name, None, 1)
        }
    }

    #[test]
    fn operator_elsewhere_does_not_staff_the_added_domain() {
        let (added, shop) = (
            known("added.example", true, false),
            known("shop.example", false, true),
        );
        assert!(is_staffed(std::slice::from_ref(&shop)));
        assert!(!is_staffed(&[added.clone(), shop.clone()]));
        assert!(is_staffed(&[
            known("added.example", true, true),
            shop.clone()
        ]));
        assert!(!is_staffed(&[]));
    }

    #[test]
    fn domain_with_copied_code_is_staffed_first() {
        let copied = KnownDomain {
            code_copied: true,
            ..known("copied.example", true, false)
        };
        let (added, shop) = (
            known("added.example", true, false),
            known("a.example", false, true),
        );
        let named = |domains: &[KnownDomain]| to_staff(domains).map(|name| name.to_string());
        assert_eq!(
            named(&[shop.clone(), added.clone(), copied]),
            Some("copied.example".to_owned())
        );
        assert_eq!(
            named(&[shop.clone(), added]),
            Some("added.example".to_owned())
        );
        assert_eq!(named(&[shop]), Some("a.example".to_owned()));
        assert_eq!(named(&[]), None);
    }
}
