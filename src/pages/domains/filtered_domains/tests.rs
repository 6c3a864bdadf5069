use switchboard_api::EmbedCode;
use switchboard_model::workspace::{CodeOrigin, HeldCode};

use super::*;

fn name(name: &str) -> DomainName {
    name.parse().expect("a domain name of the test")
}

/// Returns three domains that were read, one that the API does not know, one whose request failed, and one that was not
/// requested.
fn listed() -> (ListedDomains, BTreeMap<DomainName, DomainStatus>) {
    let there = |status, count| DomainStatus::There {
        status,
        operators: OperatorCount::Is(count),
    };
    let all = [
        ("site-10.example", Some(there(Tristate::On, 0))),
        ("site-2.example", Some(there(Tristate::Off, 3))),
        ("shop.example", Some(there(Tristate::On, 12))),
        ("gone.example", Some(DomainStatus::Unknown(String::new()))),
        ("lost.example", Some(DomainStatus::Failed(String::new()))),
        ("later.example", None),
    ];
    let mut known = all
        .each_ref()
        .map(|(domain, _)| KnownDomain::new(name(domain), None, 0));
    known[2].held = Some(HeldCode {
        code: EmbedCode {
            link: String::new(),
            socket_link: String::new(),
        },
        origin: CodeOrigin::Added,
        received_at: 0,
    });
    let seen = all.into_iter();
    let seen = seen.filter_map(|(domain, status)| Some((name(domain), status?)));
    (ListedDomains::of(&known), seen.collect())
}

fn shown(query: DomainQuery) -> Vec<String> {
    let (listed, seen) = listed();
    let shown = listed.shown(&query, &seen).into_iter();
    let labels = shown.map(|name| name.as_str().replace(".example", ""));
    labels.collect()
}

#[test]
fn filters_show_only_what_is_known_to_match() {
    let query = |status: &str, operators: &str, code: &str| {
        shown(DomainQuery {
            status: status.to_owned(),
            operators: operators.to_owned(),
            code: code.to_owned(),
            ..DomainQuery::default()
        })
    };
    assert_eq!(query("active", "", ""), ["shop", "site-10"]);
    assert_eq!(query("inactive", "", ""), ["site-2"]);
    assert_eq!(query("unknown", "", ""), ["gone"]);
    assert_eq!(query("", "none", ""), ["site-10"]);
    assert_eq!(query("", "some", ""), ["shop", "site-2"]);
    assert_eq!(query("", "", "saved"), ["shop"]);
    let without = ["gone", "later", "lost", "site-2", "site-10"];
    assert_eq!(query("", "", "missing"), without);
    assert_eq!(query("active", "none", "saved"), [""; 0]);
    assert_eq!(query("nonsense", "", ""), [""; 0]);
}

#[test]
fn every_column_sorts_both_ways_with_unknowns_last() {
    let sorted = |column, backwards| {
        shown(DomainQuery {
            sort: (column, backwards),
            ..DomainQuery::default()
        })
    };
    let natural = ["gone", "later", "lost", "shop", "site-2", "site-10"];
    assert_eq!(sorted(DomainColumn::Name, false), natural);
    let backwards = ["site-10", "site-2", "shop", "lost", "later", "gone"];
    assert_eq!(sorted(DomainColumn::Name, true), backwards);
    assert_eq!(
        sorted(DomainColumn::Operators, false),
        ["site-10", "site-2", "shop", "gone", "later", "lost"]
    );
    assert_eq!(
        sorted(DomainColumn::Operators, true),
        ["shop", "site-2", "site-10", "gone", "later", "lost"]
    );
    assert_eq!(
        sorted(DomainColumn::Status, true),
        ["gone", "site-2", "shop", "site-10", "later", "lost"]
    );
    assert_eq!(sorted(DomainColumn::Code, false)[0], "shop");
    assert_eq!(sorted(DomainColumn::Code, true)[5], "shop");
}

#[test]
fn search_without_results_offers_similar_names() {
    let (listed, _) = listed();
    assert_eq!(listed.nearest("shpo"), ["shop.example"]);
    assert_eq!(listed.nearest("shop"), [""; 0]);
    assert_eq!(listed.names()[4].as_str(), "site-2.example");
}
