//! The known domains, with the operator's assignment to each. The API cannot list an operator's domains, so each
//! domain is read (endpoint 13) when its row is on the screen.

use leptos::prelude::*;
use switchboard_api::endpoints::ListAssignments;
use switchboard_api::{DomainName, Email};

use crate::browser::clock;
use crate::browser::idna::readable;
use crate::browser::visibility::is_on_screen;
use crate::i18n::{Text, t, tf, tn};
use crate::remote::Remote;
use crate::route::Route;
use crate::ui::{Button, EmptyState, IconName, LinkButton, Panel};
use crate::widgets::assignment::{
    AssignmentId, PutOnButton, TakeOffButton, find, switch_cells, switch_columns,
};
use crate::widgets::domain_label::DomainLabel;
use crate::wording::explain::explain_briefly;
use crate::workspace::KnownDomains;

/// The number of rows on a page. More follow on demand.
const ROWS: usize = 20;

/// The region "Domains".
#[component]
pub(super) fn DomainsPanel(
    /// The operator's key.
    email: Email,
    /// The operator's name.
    name: Memo<String>,
) -> impl IntoView {
    let known = KnownDomains::get();
    let shown = RwSignal::new(ROWS);
    let names = Memo::new(move |_| known.names());
    let any = Memo::new(move |_| names.with(|names| !names.is_empty()));
    let rows = move || {
        names
            .get()
            .into_iter()
            .take(shown.get())
            .collect::<Vec<_>>()
    };
    let more = Memo::new(move |_| names.with(Vec::len).saturating_sub(shown.get()));
    let email = StoredValue::new(email);
    view! {
        <Panel title=t(Text::OperatorDomains) id="operator-domains">
            {move || if any.get() {
                view! {
                    <div class="table-frame flush">
                        <table class="cards-when-narrow switch-rows" aria-labelledby="operator-domains">
                            <thead>
                                <tr>
                                    <th scope="col">{t(Text::Domain)}</th>
                                    {switch_columns()}
                                    <th scope="col"><span class="visually-hidden">{t(Text::Actions)}</span></th>
                                </tr>
                            </thead>
                            <tbody>
                                <For each=rows key=Clone::clone let:domain>
                                    <OperatorDomainRow domain email=email.get_value() name />
                                </For>
                            </tbody>
                        </table>
                        {move || (more.get() > 0).then(|| view! {
                            <div class="table-foot"><Button label=tn(Text::ShowMoreDomains, more.get().min(ROWS)) on_press=Callback::new(move |()| shown.update(|shown| *shown += ROWS)) /></div>
                        })}
                    </div>
                }.into_any()
            } else {
                view! {
                    <EmptyState icon=IconName::Globe title=t(Text::OperatorDomainsNone) text=t(Text::OperatorDomainsNoneText)>
                        <LinkButton label=t(Text::NavDomains) href=Route::Domains.href() />
                    </EmptyState>
                }.into_any()
            }}
        </Panel>
    }
}

/// The content of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
enum OperatorDomainState {
    /// Nothing yet: the read is in flight or waits for its turn.
    Asked,
    /// Whether the operator is on the domain.
    Known(bool),
    /// Why the read failed.
    Failed(String),
}

#[component]
fn OperatorDomainRow(domain: DomainName, email: Email, name: Memo<String>) -> impl IntoView {
    let remote = Remote::get();
    let call = ListAssignments {
        domain: domain.clone(),
    };
    let assignments = remote.peek(call.clone());
    let row = NodeRef::new();
    let is_on_screen = is_on_screen(row);
    let was_seen = Memo::new(move |before| before == Some(&true) || is_on_screen.get());
    // Reads the domain once its row is visible, and again whenever a write invalidates the answer.
    let asking = move || {
        was_seen.get().then(|| remote.read(call.clone()));
    };
    let on_it = Memo::new({
        let assignment = find(assignments, email.clone());
        move |_| assignments.data().map(|_| assignment.with(Option::is_some))
    });
    let error = Memo::new(move |_| {
        assignments
            .get()
            .error
            .map(|error| explain_briefly(&error, clock::now()))
    });
    // A failed refresh keeps the last state and its switches.
    let standing = Memo::new(move |_| match (on_it.get(), error.get()) {
        (Some(on), _) => OperatorDomainState::Known(on),
        (None, Some(reason)) => OperatorDomainState::Failed(reason),
        (None, None) => OperatorDomainState::Asked,
    });
    let href = Route::Domain(domain.clone()).href();
    let label = readable(&domain);
    let place = StoredValue::new(AssignmentId {
        operator: name.get_untracked(),
        label,
        domain,
        email,
    });
    view! {
        <tr node_ref=row>
            {asking}
            <th scope="row"><DomainLabel name=place.with_value(|place| place.domain.clone()) href /></th>
            {move || match standing.get() {
                OperatorDomainState::Known(true) => view! {
                    {switch_cells(&place.get_value(), assignments)}
                    <td class="row-actions"><TakeOffButton place=place.get_value() /></td>
                }.into_any(),
                OperatorDomainState::Known(false) => view! {
                    <td colspan="3" class="muted">{t(Text::NotOnDomain)}</td>
                    <td class="row-actions"><PutOnButton place=place.get_value() /></td>
                }.into_any(),
                OperatorDomainState::Failed(reason) => view! {
                    <td colspan="3">{tf(Text::OperatorDomainNotLoaded, &[("reason", &reason)])}</td>
                    <td class="row-actions"><Button label=t(Text::TryAgain).to_owned() on_press=Callback::new(move |()| assignments.retry()) /></td>
                }.into_any(),
                OperatorDomainState::Asked => view! {
                    <td colspan="3"><span class="bar skeleton"></span></td>
                    <td class="row-actions"><span class="room"></span></td>
                }.into_any(),
            }}
        </tr>
    }
}
