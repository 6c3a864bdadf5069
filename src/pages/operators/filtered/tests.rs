//! Tests which operators are shown, and in which order.

use switchboard_api::{PersonName, Tristate};

use super::super::list_query::tests::query;
use super::*;
use crate::browser::fold::decompose;

fn operator(first: &str, email: &str, presence: Presence, login: Login) -> Operator {
    Operator {
        name: PersonName {
            first: first.to_owned(),
            last: String::new(),
        },
        email: email.parse().expect("an e-mail of the test"),
        presence,
        login,
        is_operator: Tristate::On,
        live_chat: Some(LiveChatStatus::Active),
    }
}

fn some() -> Vec<Operator> {
    vec![
        operator("Grace Hopper", "g@x.example", Presence::Busy, Login::Able),
        operator("Ödön", "o@x.example", Presence::Online, Login::Unable),
        operator("優子", "yuko@x.example", Presence::Offline, Login::Able),
        operator(
            "ada",
            "a@x.example",
            Presence::Unknown("7".to_owned()),
            Login::Able,
        ),
    ]
}

fn names(url: &str) -> Vec<String> {
    let (query, directory) = (
        query(url),
        Arc::new(Directory::of(Arc::new(some()), decompose)),
    );
    let order = order(&directory, query.sort);
    let filtered = Filtered::of(&directory, &order, &query);
    assert_eq!(filtered.len(), filtered.iter().count());
    filtered.iter().map(|one| one.name.first.clone()).collect()
}

#[test]
fn filters_hide_other_values() {
    assert_eq!(names("presence=busy"), ["Grace Hopper"]);
    assert_eq!(names("login=unable"), ["Ödön"]);
    assert_eq!(names("addon=inactive"), [""; 0]);
    assert_eq!(names("q=x.example&login=able&presence=offline"), ["優子"]);
}

#[test]
fn column_sorts_both_ways_and_back() {
    assert_eq!(names("sort=name"), ["ada", "Grace Hopper", "Ödön", "優子"]);
    assert_eq!(names("sort=-name"), ["優子", "Ödön", "Grace Hopper", "ada"]);
    assert_eq!(
        names("sort=presence"),
        ["Ödön", "Grace Hopper", "優子", "ada"]
    );
    assert_eq!(names("sort=login"), ["Grace Hopper", "優子", "ada", "Ödön"]);
    assert_eq!(
        names("sort=-login"),
        ["Ödön", "Grace Hopper", "優子", "ada"]
    );
}

#[test]
fn page_of_rows_is_a_slice_of_the_order() {
    let directory = Arc::new(Directory::of(Arc::new(some()), decompose));
    let query = query("sort=name");
    let filtered = Filtered::of(&directory, &order(&directory, query.sort), &query);
    let rows = |from, count| -> Vec<&str> {
        let rows = filtered.rows(from, count);
        rows.map(|one| one.name.first.as_str()).collect()
    };
    assert_eq!(rows(0, 2), ["ada", "Grace Hopper"]);
    assert_eq!(rows(3, 50), ["優子"]);
    assert_eq!(rows(9, 50), [""; 0]);
    assert_eq!(Filtered::nobody().rows(0, 50).count(), 0);
}

#[test]
fn suggestions_are_distinct_and_never_empty() {
    let named = |name, email| operator(name, email, Presence::Online, Login::Able);
    let all = vec![
        named("Grace", "one@x.example"),
        named("Grace", "two@x.example"),
        named("", "grace@x.example"),
    ];
    let directory = Arc::new(Directory::of(Arc::new(all), decompose));
    let filtered = Filtered::of(&directory, &directory.places(), &ListQuery::default());
    assert_eq!(
        filtered.nearest_names("grcae"),
        ["Grace", "grace@x.example"]
    );
}
