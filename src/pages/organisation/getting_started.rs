//! What a new organisation does first, ticked off as it is done.

use leptos::prelude::*;

use crate::i18n::{Text, t};
use crate::route::Route;
use crate::ui::{Icon, IconName, LinkButton, Panel};
use crate::workspace::KnownDomains;

/// The region "Getting started". What is done is derived from the workspace. Away once everything is done.
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
    move || {
        (!(added.get() && copied.get())).then(|| {
            let to_copy = domains.with(|domains| domains.iter().find(|one| one.held.is_some()).map(|one| Route::Embed(one.name.clone()).href()));
            let add = (!added.get()).then(|| (t(Text::AddDomain), Route::AddDomain.href()));
            let copy = to_copy.filter(|_| !copied.get()).map(|href| (t(Text::StepCopyAction), href));
            view! {
                <Panel title=t(Text::GettingStarted) id="getting-started">
                    <ol class="steps">
                        <Step done=added.get() title=t(Text::StepAdd) text=t(Text::StepAddText) action=add />
                        <Step done=copied.get() title=t(Text::StepCopy) text=t(Text::StepCopyText) action=copy />
                    </ol>
                </Panel>
            }
        })
    }
}

#[component]
fn Step(
    done: bool,
    title: &'static str,
    text: &'static str,
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
            <div class="step-body"><p class="step-title">{title}</p><p class="hint">{text}</p></div>
            {action.map(|(label, href)| view! { <LinkButton label href /> })}
        </li>
    }
}
