//! Lets the user select some of the known domains, to assign operators or to switch an operator on.

use std::sync::Arc;

use leptos::prelude::*;
use switchboard_api::DomainName;
use switchboard_model::domain_index::DomainIndex;

use crate::browser::fold::decompose;
use crate::browser::idna::{ascii_detail, readable, unicode};
use crate::i18n::{Text, t, tn};
use crate::route::Route;
use crate::ui::{EmptyState, IconName, LinkButton, TextField, Tick};
use crate::workspace::KnownDomains;

/// The number of domains from which a search field appears.
const MANY: usize = 8;

/// The maximum number of domains shown at once; a search finds the others.
const SHOWN: usize = 50;

/// Returns whether this browser knows any domain, untracked.
pub fn any_known() -> bool {
    untrack(|| KnownDomains::get().with_domains(|domains| !domains.is_empty()))
}

/// What a dialog shows in place of [`DomainChoice`] while this browser knows no domain.
#[component]
pub fn NoDomainChoice() -> impl IntoView {
    view! {
        <div class="form">
            <EmptyState icon=IconName::Globe title=t(Text::OperatorDomainsNone) text=t(Text::OperatorDomainsNoneText)>
                <LinkButton label=t(Text::NavDomains) href=Route::Domains.href() />
            </EmptyState>
        </div>
    }
}

/// The group "Domains": the known domains, each to be ticked. Nothing where none is known.
#[component]
pub fn DomainChoice(
    /// The search field's id: unique on the page.
    id: &'static str,
    /// The selected domains, in the order of their selection.
    chosen: RwSignal<Vec<DomainName>>,
    /// Receives each domain that the user selects or deselects.
    #[prop(optional)]
    touched: Option<StoredValue<Vec<DomainName>>>,
    /// What selecting a domain does.
    #[prop(into)]
    hint: String,
) -> impl IntoView {
    let known = KnownDomains::get();
    let sought = RwSignal::new(String::new());
    let names = Memo::new(move |_| known.names());
    let any = Memo::new(move |_| names.with(|names| !names.is_empty()));
    let many = Memo::new(move |_| names.with(Vec::len) >= MANY);
    let index = Memo::new(move |_| {
        let names = names.get().into_iter().map(|name| (name, None));
        Arc::new(DomainIndex::of(names.collect(), unicode, decompose))
    });
    let found = Memo::new(move |_| {
        let index = index.get();
        let found = sought.with(|sought| index.found(sought)).into_iter();
        found
            .map(|at| index.names()[at].clone())
            .collect::<Vec<_>>()
    });
    let shown = move || found.with(|found| found.iter().take(SHOWN).cloned().collect::<Vec<_>>());
    let note = move || {
        let (found, chosen) = (found.with(Vec::len), chosen.with(Vec::len));
        if found == 0 {
            t(Text::DomainsNoMatch).to_owned()
        } else if found > SHOWN {
            tn(Text::DomainsMore, found - SHOWN)
        } else if many.get() && chosen > 0 {
            tn(Text::DomainsChosen, chosen)
        } else {
            String::new()
        }
    };
    let hint = StoredValue::new(hint);
    move || {
        any.get().then(|| view! {
            <fieldset class="group">
                <legend>{t(Text::OperatorDomains)}</legend>
                <p class="hint">{hint.get_value()}</p>
                {move || many.get().then(|| view! { <TextField id label=t(Text::SearchDomains) value=sought keyboard="search" /> })}
                <div class="ticks">
                    <For each=shown key=Clone::clone let:name>
                        <DomainOption name chosen touched />
                    </For>
                </div>
                <p class="hint" role="status">{note}</p>
            </fieldset>
        })
    }
}

#[component]
fn DomainOption(
    name: DomainName,
    chosen: RwSignal<Vec<DomainName>>,
    touched: Option<StoredValue<Vec<DomainName>>>,
) -> impl IntoView {
    let (ticked, flipped) = (name.clone(), name.clone());
    let checked = Memo::new(move |_| chosen.with(|chosen| chosen.contains(&ticked)));
    let flip = move |on: bool| {
        if let Some(touched) = touched {
            touched.update_value(|touched| touched.push(flipped.clone()));
        }
        chosen.update(|chosen| {
            chosen.retain(|one| *one != flipped);
            if on {
                chosen.push(flipped.clone());
            }
        });
    };
    view! { <Tick label=readable(&name) detail=ascii_detail(&name).unwrap_or_default() ltr=true checked on_flip=flip /> }
}
