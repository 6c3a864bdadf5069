//! The known domains. The API has no call that lists them: a domain is known because it was added or looked up here.

mod domain_status;
mod domain_table;
mod import_list;
mod look_up;
mod request_queue;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use switchboard_api::{DomainName, Email};
use switchboard_model::workspace::KnownDomain;

use crate::browser::idna::is_found;
use crate::i18n::{Text, t, tc, tn};
use crate::readers;
use crate::route::{Route, SEARCH};
use crate::ui::{Button, ButtonKind, EmptyState, IconName, LinkButton, Notice, PageHeading, Tone};
use crate::widgets::debounced_query::DebouncedQuery;
use crate::wording::store::store_error;
use crate::workspace::{KnownDomains, in_natural_order};
use domain_table::DomainTable;
use import_list::ImportList;
use look_up::LookUp;

/// The domains' page.
#[component]
pub fn DomainsPage() -> impl IntoView {
    let known = KnownDomains::get();
    let error = Memo::new(move |_| known.with(|listing| listing.err().cloned()));
    let quarantined =
        Memo::new(move |_| known.with(|listing| listing.map_or(0, |one| one.quarantined.len())));
    let count =
        Memo::new(move |_| known.with(|listing| listing.map_or(0, |one| one.domains.len())));
    let any = Memo::new(move |_| count.get() > 0);
    let query = use_location().query;
    let typed = DebouncedQuery::new(Memo::new(move |_| {
        readers::unsubscribe_on_cleanup();
        query.with(|query| query.get(SEARCH)).unwrap_or_default()
    }));
    let search = typed.value();
    let chosen = Memo::new(move |_| {
        known.with_domains(|domains| search.with(|search| matching(domains, search)))
    });
    let subtitle = Signal::derive(move || {
        let (all, found) = (count.get(), chosen.with(Vec::len));
        if search.with(String::is_empty) {
            return tn(Text::DomainsCount, all);
        }
        tc(
            Text::DomainsMatching,
            &[("found", found), ("all", all)],
            &[],
        )
    });
    view! {
        <PageHeading title=t(Text::NavDomains).to_owned() subtitle counts=true>
            <ImportList />
            <LinkButton kind=ButtonKind::Primary icon=IconName::Plus label=t(Text::AddDomain) href=Route::AddDomain.href() />
        </PageHeading>
        <LookUp />
        {move || error.get().map(|error| view! { <Notice tone=Tone::Bad title=store_error(error)><p>{t(Text::StoreBlockedText)}</p></Notice> })}
        {move || (quarantined.get() > 0).then(|| view! {
            <Notice tone=Tone::Warn title=tn(Text::SetAside, quarantined.get())><p>{t(Text::SetAsideText)}" "<a href=Route::Settings.href()>{t(Text::SetAsideShow)}</a></p></Notice>
        })}
        {move || match (any.get(), error.with(Option::is_some)) {
            (true, _) => view! { <DomainList known count chosen typed search /> }.into_any(),
            (false, false) => view! { <NoDomains /> }.into_any(),
            (false, true) => ().into_any(),
        }}
    }
}

/// The names of the domains that a search finds, by a part of their name or of their contact address.
fn matching(domains: &[KnownDomain], search: &str) -> Vec<DomainName> {
    let lower = search.trim().to_lowercase();
    let holds = |email: &Email| email.as_str().to_lowercase().contains(&lower);
    let found = domains
        .iter()
        .filter(|known| is_found(&known.name, search) || known.email.as_ref().is_some_and(holds));
    in_natural_order(found)
}

/// The table, with a search if there is more than one domain.
#[component]
fn DomainList(
    known: KnownDomains,
    count: Memo<usize>,
    chosen: Memo<Vec<DomainName>>,
    typed: DebouncedQuery<String>,
    search: Memo<String>,
) -> impl IntoView {
    let navigate = use_navigate();
    let page = RwSignal::new(0);
    // What was typed replaces the entry in the history: Back leaves the page, it does not undo typing.
    let go = Callback::new(move |search: String| {
        let options = NavigateOptions {
            replace: true,
            scroll: false,
            ..NavigateOptions::default()
        };
        page.set(0);
        navigate(&Route::Domains.href_with(SEARCH, &search), options);
        typed.forget();
    });
    let type_in = move |event| {
        let search = event_target_value(&event);
        let href = Route::Domains.href_with(SEARCH, &search);
        page.set(0);
        typed.take(search, href, go);
    };
    // What is pressed next may lead elsewhere.
    let leave = move |_| {
        if typed.is_ahead() {
            go.run(search.get_untracked());
        }
    };
    let has_search =
        Memo::new(move |_| count.get() > 1 || search.with(|search| !search.is_empty()));
    let none = Memo::new(move |_| chosen.with(Vec::is_empty));
    view! {
        {move || has_search.get().then(|| view! {
            <div class="toolbar" role="search">
                <input
                    type="search" class="search" aria-label=t(Text::SearchDomains) placeholder=t(Text::SearchDomains) autocomplete="off" spellcheck="false"
                    prop:value=move || search.get()
                    on:input=type_in
                    on:blur=leave
                />
            </div>
        })}
        {move || if none.get() {
            view! {
                <EmptyState icon=IconName::Search title=t(Text::DomainsNoMatch) text=t(Text::DomainsNoMatchText)>
                    <Button label=t(Text::DomainsShowAll).to_owned() on_press=Callback::new(move |()| go.run(String::new())) />
                </EmptyState>
            }.into_any()
        } else {
            view! { <DomainTable known chosen page /> }.into_any()
        }}
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_found_by_a_part_of_its_name_or_of_its_contact_address() {
        let known = |name: &str, email: &str| {
            let name = name.parse().expect("a domain name of the test");
            KnownDomain::new(name, email.parse().ok(), 0)
        };
        let domains = [
            known("shop.acme.example", "Web@acme.example"),
            known("site-10.example", ""),
            known("site-2.example", ""),
        ];
        let found = |search: &str| -> Vec<String> {
            matching(&domains, search)
                .iter()
                .map(ToString::to_string)
                .collect()
        };
        assert_eq!(found("SHOP "), ["shop.acme.example"]);
        assert_eq!(found("web@"), ["shop.acme.example"]);
        let in_order = ["shop.acme.example", "site-2.example", "site-10.example"];
        assert_eq!(found(""), in_order);
        assert_eq!(found("nowhere"), [""; 0]);
    }
}
