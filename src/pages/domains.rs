//! The page "Domains": the domains that this browser knows. No call of the API lists them: a domain becomes known when
//! the user adds it, looks it up, opens it or imports it.

mod domain_query;
mod domain_status;
mod domain_table;
mod filtered_domains;
mod import_list;
mod known_statuses;
mod look_up;
mod request_queue;
mod status_progress;

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use switchboard_api::DomainName;

use crate::i18n::{Text, t, tc, tn};
use crate::operations::bulk::Runs;
use crate::route::Route;
use crate::ui::{Button, ButtonKind, EmptyState, IconName, LinkButton, Notice, PageHeading, Tone};
use crate::widgets::list_filter::ListFilter;
use crate::widgets::list_navigation::ListNavigation;
use crate::widgets::list_search::{ListSearch, SearchSuggestions};
use crate::widgets::sort_head::SortFilter;
use crate::wording::store::store_error;
use crate::workspace::KnownDomains;
use domain_query::{DomainColumn, DomainQuery};
use domain_table::DomainTable;
use filtered_domains::ListedDomains;
use import_list::ImportList;
use known_statuses::KnownStatuses;
use look_up::LookUp;
use status_progress::StatusProgress;

/// Shows the page "Domains".
#[component]
pub fn DomainsPage() -> impl IntoView {
    let (known, runs) = (KnownDomains::get(), Runs::get());
    let error = Memo::new(move |_| known.with(|listing| listing.err().cloned()));
    let quarantined =
        Memo::new(move |_| known.with(|listing| listing.map_or(0, |one| one.quarantined.len())));
    let count =
        Memo::new(move |_| known.with(|listing| listing.map_or(0, |one| one.domains.len())));
    let any = Memo::new(move |_| count.get() > 0);
    let list = ListNavigation::<DomainQuery>::follow_url();
    let query = list.query;
    let listed = Memo::new(move |_| Arc::new(known.with_domains(ListedDomains::of)));
    let names = Memo::new(move |_| listed.with(|listed| listed.names().to_vec()));
    let needs_answers = Memo::new(move |_| query.with(DomainQuery::needs_answers));
    let statuses = KnownStatuses::new(needs_answers, names);
    let shown = Memo::new(move |_| {
        let (listed, query) = (listed.get(), query.get());
        if needs_answers.get() {
            statuses.with_followed(|seen| listed.shown(&query, seen))
        } else {
            listed.shown(&query, &BTreeMap::new())
        }
    });
    let subtitle = Signal::derive(move || {
        let (all, found) = (count.get(), shown.with(Vec::len));
        if query.with(DomainQuery::narrows) {
            let counts = [("found", found), ("all", all)];
            tc(Text::DomainsMatching, &counts, &[])
        } else {
            tn(Text::DomainsCount, all)
        }
    });
    view! {
        <PageHeading title=t(Text::NavDomains).to_owned() subtitle counts=true is_counting=Signal::derive(move || runs.is_looking_up())>
            <ImportList />
            <LinkButton kind=ButtonKind::Primary icon=IconName::Plus label=t(Text::AddDomain) href=Route::AddDomain.href() />
        </PageHeading>
        <LookUp />
        {move || error.get().map(|error| view! { <Notice tone=Tone::Bad title=store_error(error)><p>{t(Text::StoreBlockedText)}</p></Notice> })}
        {move || (quarantined.get() > 0).then(|| view! {
            <Notice tone=Tone::Warn title=tn(Text::SetAside, quarantined.get())><p>{t(Text::SetAsideText)}" "<a href=Route::Settings.href()>{t(Text::SetAsideShow)}</a></p></Notice>
        })}
        {move || match (any.get(), error.with(Option::is_some)) {
            (true, _) => view! { <DomainList known listed shown statuses list /> }.into_any(),
            (false, false) => view! { <NoDomains /> }.into_any(),
            (false, true) => ().into_any(),
        }}
    }
}

/// Shows the search, the filters and the table.
#[component]
fn DomainList(
    known: KnownDomains,
    listed: Memo<Arc<ListedDomains>>,
    shown: Memo<Vec<DomainName>>,
    statuses: KnownStatuses,
    list: ListNavigation<DomainQuery>,
) -> impl IntoView {
    let ListNavigation {
        query, go, turn_to, ..
    } = list;
    let none = Memo::new(move |_| shown.with(Vec::is_empty));
    let is_partial =
        Memo::new(move |_| query.with(DomainQuery::filters_by_answers) && !statuses.is_complete());
    let similar = Memo::new(move |_| {
        let search = query.with(|query| query.search.clone());
        listed.with(|listed| listed.nearest(&search))
    });
    let search = list.search();
    let empty = move || {
        // The text only says that no domain matches after every domain was read.
        let (title, text) = match (is_partial.get(), query.with(DomainQuery::filters)) {
            (true, _) => (Text::DomainsNoMatchYet, Text::DomainsNoMatchYetText),
            (false, true) => (Text::DomainsNoMatch, Text::DomainsNoMatchFilter),
            (false, false) => (Text::DomainsNoMatch, Text::DomainsNoMatchText),
        };
        view! {
            <EmptyState icon=IconName::Search title=t(title) text=t(text)>
                <SearchSuggestions names=similar choose=search />
                <Button label=t(Text::DomainsShowAll).to_owned() on_press=Callback::new(move |()| go.run(DomainQuery::default())) />
            </EmptyState>
        }
    };
    view! {
        <DomainFilters list />
        <StatusProgress statuses query />
        {move || if none.get() {
            empty().into_any()
        } else {
            view! { <DomainTable known shown statuses query go turn_to /> }.into_any()
        }}
    }
}

#[component]
fn DomainFilters(list: ListNavigation<DomainQuery>) -> impl IntoView {
    let ListNavigation { query, go, .. } = list;
    view! {
        <div class="toolbar" role="search">
            <ListSearch
                label=t(Text::SearchDomains)
                value=Signal::derive(move || query.with(|query| query.search.clone()))
                on_type=list.on_type()
                on_leave=list.on_leave()
            />
            <ListFilter
                label=t(Text::Status)
                any=Text::FilterAnyStatus
                options=&[("active", Text::DomainIsActive), ("inactive", Text::DomainIsInactive), ("unknown", Text::DomainNotAtApi)]
                value=Memo::new(move |_| query.with(|query| query.status.clone()))
                choose=Callback::new(move |status| go.run(DomainQuery { status, page: 0, ..query.get_untracked() }))
            />
            <ListFilter
                label=t(Text::NavOperators)
                any=Text::FilterAnyOperators
                options=&[("none", Text::FilterNobody), ("some", Text::FilterSomebody)]
                value=Memo::new(move |_| query.with(|query| query.operators.clone()))
                choose=Callback::new(move |operators| go.run(DomainQuery { operators, page: 0, ..query.get_untracked() }))
            />
            <ListFilter
                label=t(Text::EmbedCode)
                any=Text::FilterAnyCode
                options=&[("saved", Text::CodeHeld), ("missing", Text::CodeNotHeldShort)]
                value=Memo::new(move |_| query.with(|query| query.code.clone()))
                choose=Callback::new(move |code| go.run(DomainQuery { code, page: 0, ..query.get_untracked() }))
            />
            <SortFilter
                columns=DomainColumn::ALL.map(|column| (column.word(), column.heading())).into()
                value=Memo::new(move |_| query.with(DomainQuery::order))
                choose=Callback::new(move |order: String| go.run(query.with_untracked(|query| query.in_order(&order))))
            />
        </div>
    }
}

#[component]
fn NoDomains() -> impl IntoView {
    view! {
        <EmptyState icon=IconName::Globe title=t(Text::DomainsNone) text=t(Text::DomainsNoneText)>
            <LinkButton kind=ButtonKind::Primary label=t(Text::DomainsAddFirst) href=Route::AddDomain.href() />
        </EmptyState>
    }
}
