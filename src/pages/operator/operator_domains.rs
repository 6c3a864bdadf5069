//! The known domains, with the operator's assignment to each; those that the operator is on come first. The API cannot
//! list an operator's domains, so each domain is read (endpoint 13).

use std::collections::BTreeMap;

use leptos::prelude::*;
use switchboard_api::endpoints::ListAssignments;
use switchboard_api::{DomainName, Email, Sought};
use switchboard_model::sort::sort_by_key;

use crate::browser::clock;
use crate::browser::idna::readable;
use crate::browser::pointer::{once_used, rows_in_place};
use crate::browser::visibility::is_on_screen;
use crate::i18n::{Text, t, tc, tf, tn};
use crate::operations::change::is_absent;
use crate::remote::Remote;
use crate::route::Route;
use crate::ui::{
    Button, EmptyState, IconName, LinkButton, Panel, Tick, focus, focus_once_rendered,
};
use crate::widgets::assignment::{
    AssignmentId, PutOnButton, TakeOffButton, find, switch_cells, switch_columns,
};
use crate::widgets::domain_label::DomainLabel;
use crate::wording::explain::explain_briefly;
use crate::workspace::KnownDomains;

use super::standings::{DomainCounts, OnDomain, Progress, Standings};

/// How many rows are shown at first. More follow on demand.
const ROWS: usize = 20;

/// The id of the rows.
const BODY: &str = "operator-domain-rows";

/// The id of the table's line, which takes the focus when its button disappears.
const LINE: &str = "operator-domains-line";

/// The region "Domains".
#[component]
pub(super) fn DomainsPanel(
    /// The operator's key.
    email: Email,
    /// The operator's name.
    name: Memo<String>,
) -> impl IntoView {
    let known = KnownDomains::get();
    let names = Memo::new(move |_| known.names());
    let any = Memo::new(move |_| names.with(|names| !names.is_empty()));
    let email = StoredValue::new(email);
    view! {
        <Panel title=t(Text::OperatorDomains) id="operator-domains">
            {move || if any.get() {
                view! { <OperatorDomains email=email.get_value() name names /> }.into_any()
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

#[component]
fn OperatorDomains(
    email: Email,
    name: Memo<String>,
    names: Memo<Vec<DomainName>>,
) -> impl IntoView {
    let standings = Standings::new(email.clone(), names);
    let (only, shown) = (RwSignal::new(false), RwSignal::new(ROWS));
    // Once all were read, and from then on: a row that moves while others are still being read moves twice.
    let is_ordered = Memo::new(move |before: Option<&bool>| {
        before == Some(&true) || standings.progress() == Progress::Over
    });
    let exists = move |name: &DomainName| names.with(|names| names.contains(name));
    let listed = rows_in_place(once_used(BODY), usize::MAX, exists, move || {
        let only = only.get();
        let rows = names
            .with(|names| standings.with(|seen| arranged(names, seen, is_ordered.get(), only)));
        (only, rows)
    });
    let more = Memo::new(move |_| {
        listed
            .with(|(_, rows)| rows.len())
            .saturating_sub(shown.get())
    });
    let rows = move || {
        let shown = shown.get();
        listed.with(|(_, rows)| rows.iter().take(shown).cloned().collect::<Vec<_>>())
    };
    let none = Memo::new(move |_| listed.with(|(_, rows)| rows.is_empty()));
    let foot = move || {
        let all = listed.with(|(_, rows)| rows.len());
        tc(
            Text::DomainsShown,
            &[("shown", shown.get().min(all)), ("all", all)],
            &[],
        )
    };
    let show_more = Callback::new(move |()| {
        let first_new = shown.get_untracked() + 1;
        focus_once_rendered(format!("#{BODY} > :nth-child({first_new}) a"));
        shown.update(|shown| *shown += ROWS);
    });
    let flip = Callback::new(move |on: bool| {
        only.set(on);
        // "Only theirs" of a part would hide the others.
        standings.read_all();
    });
    let email = StoredValue::new(email);
    view! {
        <div class="table-note spread">
            <StandingsLine standings />
            <Tick label=t(Text::OnlyTheirDomains).to_owned() checked=only on_flip=flip />
        </div>
        {move || (!none.get()).then(|| view! {
            <div class="table-frame flush">
                <table class="cards-when-narrow switch-rows" aria-labelledby="operator-domains">
                    <thead>
                        <tr>
                            <th scope="col">{t(Text::Domain)}</th>
                            {switch_columns()}
                            <th scope="col"><span class="visually-hidden">{t(Text::Actions)}</span></th>
                        </tr>
                    </thead>
                    <tbody id=BODY>
                        <For each=rows key=Clone::clone let:domain>
                            <OperatorDomainRow domain email=email.get_value() name standings />
                        </For>
                    </tbody>
                </table>
                {move || (more.get() > 0).then(|| view! {
                    <div class="table-foot spread">
                        <p class="hint">{foot}</p>
                        <Button label=tn(Text::ShowMoreDomains, more.get().min(ROWS)) on_press=show_more />
                    </div>
                })}
            </div>
        })}
    }
}

/// Says how many of the known domains the operator is on, and how many were read.
#[component]
fn StandingsLine(standings: Standings) -> impl IntoView {
    let state = Memo::new(move |_| (standings.progress(), standings.counts()));
    let line = Memo::new(move |_| {
        let (progress, counts) = state.get();
        let DomainCounts {
            on,
            read,
            missing,
            all,
        } = counts;
        let text = match progress {
            Progress::Over if counts.is_complete() && missing > 0 => Text::OnDomainsMissing,
            Progress::Over if counts.is_complete() && on == 0 => Text::OnNoneOfDomains,
            Progress::Over if counts.is_complete() => Text::OnSomeOfDomains,
            _ => Text::OnDomainsSoFar,
        };
        let counts = [
            ("on", on),
            ("read", read),
            ("missing", missing),
            ("all", all),
        ];
        tc(text, &counts, &[])
    });
    let is_over = Memo::new(move |_| state.get().0 == Progress::Over);
    // What was announced stays while domains are read again, so that only news is announced.
    let announced = Memo::new(move |last: Option<&String>| {
        if is_over.get() {
            line.get()
        } else {
            last.cloned().unwrap_or_default()
        }
    });
    let action = Memo::new(move |_| match state.get() {
        (Progress::OnSight, counts) => Some(tn(Text::LookUpAllDomains, counts.all)),
        (Progress::Over, counts) if !counts.is_complete() => Some(t(Text::TryAgain).to_owned()),
        _ => None,
    });
    let press = Callback::new(move |()| {
        standings.read_all();
        standings.resume();
        focus(LINE);
    });
    view! {
        <p id=LINE tabindex="-1">{line}</p>
        <p class="visually-hidden" role="status">{announced}</p>
        {move || action.get().map(|label| view! { <Button label on_press=press /> })}
    }
}

/// Returns the domains in the order of their rows: once `is_ordered`, those that the operator is on come first.
fn arranged(
    names: &[DomainName],
    seen: &BTreeMap<DomainName, OnDomain>,
    is_ordered: bool,
    only: bool,
) -> Vec<DomainName> {
    let is_on = |name: &&DomainName| seen.get(*name) == Some(&OnDomain::Yes);
    let mut rows: Vec<&DomainName> = names.iter().filter(|name| !only || is_on(name)).collect();
    if is_ordered {
        sort_by_key(&mut rows, |name| !is_on(name));
    }
    rows.into_iter().cloned().collect()
}

/// The content of a row.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum OperatorDomainState {
    /// Nothing yet: the read is in flight or waits for its turn.
    Asked,
    /// What was read.
    Known(OnDomain),
    /// Why the read failed.
    Failed(String),
}

#[component]
fn OperatorDomainRow(
    domain: DomainName,
    email: Email,
    name: Memo<String>,
    standings: Standings,
) -> impl IntoView {
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
    let read = Memo::new({
        let assignment = find(assignments, email.clone());
        let domain = domain.clone();
        move |_| {
            let error = assignments.get().error;
            if error.is_some_and(|error| is_absent(&error, Sought::Domain(&domain))) {
                return Some(OnDomain::NoDomain);
            }
            assignments
                .data()
                .map(|_| assignment.with(Option::is_some).into())
        }
    });
    let noted = domain.clone();
    Effect::new(move || {
        if let Some(read) = read.get() {
            standings.note(noted.clone(), read);
        }
    });
    let error = Memo::new(move |_| {
        assignments
            .get()
            .error
            .map(|error| explain_briefly(&error, clock::now()))
    });
    // A failed refresh keeps the last state and its switches, unless a write has made that state untrue.
    let is_untrue = Memo::new(move |_| assignments.get().superseded);
    let standing = Memo::new(move |_| match (read.get(), error.get()) {
        (Some(OnDomain::Yes | OnDomain::No), Some(reason)) if is_untrue.get() => {
            OperatorDomainState::Failed(reason)
        }
        (Some(read), _) => OperatorDomainState::Known(read),
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
    let had_button = StoredValue::new(false);
    let cells = move |state: OperatorDomainState| {
        let settles = had_button.get_value();
        had_button.set_value(settles || state != OperatorDomainState::Asked);
        match state {
            OperatorDomainState::Known(OnDomain::Yes) => view! {
                {switch_cells(&place.get_value(), assignments)}
                <td class="row-actions"><TakeOffButton place=place.get_value() settles /></td>
            }
            .into_any(),
            OperatorDomainState::Known(OnDomain::No) => view! {
                <td colspan="3" class="muted">{t(Text::NotOnDomain)}</td>
                <td class="row-actions"><PutOnButton place=place.get_value() settles /></td>
            }
            .into_any(),
            OperatorDomainState::Known(OnDomain::NoDomain) => view! {
                <td colspan="3" class="muted">{t(Text::DomainNotAtApi)}</td>
                <td class="row-actions"><span class="room"></span></td>
            }
            .into_any(),
            OperatorDomainState::Failed(reason) => view! {
                <td colspan="3">{tf(Text::OperatorDomainNotLoaded, &[("reason", &reason)])}</td>
                <td class="row-actions"><Button label=t(Text::TryAgain).to_owned() on_press=Callback::new(move |()| assignments.retry()) /></td>
            }
            .into_any(),
            OperatorDomainState::Asked => view! {
                <td colspan="3"><span class="bar skeleton"></span></td>
                <td class="row-actions"><span class="room"></span></td>
            }
            .into_any(),
        }
    };
    view! {
        <tr node_ref=row>
            {asking}
            <th scope="row"><DomainLabel name=place.with_value(|place| place.domain.clone()) href /></th>
            // Another state has other elements: a button that becomes its opposite is pressed by a double press.
            <For each=move || [standing.get()] key=Clone::clone let:state>{cells(state)}</For>
        </tr>
    }
}

#[cfg(test)]
mod tests;
