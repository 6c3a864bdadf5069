//! What a new organisation does first, ticked off as it is done.

use leptos::prelude::*;
use switchboard_api::DomainName;
use switchboard_api::endpoints::GetDomain;

use crate::i18n::{Text, t, tf};
use crate::remote::Remote;
use crate::route::Route;
use crate::ui::{Icon, IconName, LinkButton, Panel};
use crate::workspace::KnownDomains;

/// The region "Getting started". What is done is derived from the workspace, and for the last step from what the API says of one domain. Away once everything is done.
#[component]
pub(super) fn GettingStarted() -> impl IntoView {
    let known = KnownDomains::get();
    let domains = Memo::new(move |_| {
        known
            .listing()
            .map(|listing| listing.domains)
            .unwrap_or_default()
    });
    let added = Memo::new(move |_| domains.with(|domains| !domains.is_empty()));
    let copied =
        Memo::new(move |_| domains.with(|domains| domains.iter().any(|one| one.code_copied)));
    let staffed =
        Memo::new(move |_| domains.with(|domains| domains.iter().any(|one| one.operator_seen)));
    // The one that the code was copied for, if any: that is where chats come from.
    let named = Memo::new(move |_| {
        domains.with(|domains| {
            let with_code = domains.iter().find(|one| one.code_copied);
            let first = with_code.or_else(|| domains.iter().find(|one| one.held.is_some()));
            first.or(domains.first()).map(|one| one.name.clone())
        })
    });
    let to_copy = Memo::new(move |_| {
        domains.with(|domains| {
            let held = domains.iter().find(|one| one.held.is_some());
            held.map(|one| Route::Embed(one.name.clone()).href())
        })
    });
    move || {
        (!(added.get() && copied.get() && staffed.get())).then(|| {
            let add = (!added.get()).then(|| (t(Text::AddDomain), Route::AddDomain.href()));
            let copy = to_copy.get().filter(|_| !copied.get()).map(|href| (t(Text::StepCopyAction), href));
            let whose = named.get().filter(|_| !staffed.get());
            let put_on = whose.as_ref().map(|domain| (t(Text::AddOperator), Route::Domain(domain.clone()).href()));
            view! {
                <Panel title=t(Text::GettingStarted) id="getting-started">
                    <ol class="steps">
                        <Step done=added.get() title=t(Text::StepAdd) text=said(Text::StepAddText) action=add />
                        <Step done=copied.get() title=t(Text::StepCopy) text=said(Text::StepCopyText) action=copy />
                        <Step done=staffed.get() title=t(Text::StepOperator) text=whose.map_or_else(|| said(Text::StepOperatorText), who_is_on) action=put_on />
                    </ol>
                </Panel>
            }
        })
    }
}

fn said(text: Text) -> Signal<String> {
    Signal::stored(t(text).to_owned())
}

/// Whether anybody is on a domain, as endpoint 7 says it: asked while nobody was seen on any. Whoever is seen is noted, and the step is done.
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
        tf(text, &[("domain", domain.as_str())])
    })
}

#[component]
fn Step(
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
