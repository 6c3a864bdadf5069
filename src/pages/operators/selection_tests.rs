//! What the list shows.

use switchboard_api::{Flag, PersonName};

use super::*;

fn operator(first: &str, email: &str, presence: Presence, login: Login) -> Operator {
    Operator {
        name: PersonName {
            first: first.to_owned(),
            last: String::new(),
        },
        email: email.parse().expect("an e-mail of the test"),
        presence,
        login,
        is_operator: Flag::On,
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

fn names(operators: &[Operator]) -> Vec<&str> {
    operators
        .iter()
        .map(|one| one.name.first.as_str())
        .collect()
}

fn selection(query: &str) -> Selection {
    let pairs: Vec<(&str, &str)> = query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .collect();
    Selection::from_query(|name| {
        let found = pairs.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| (*value).to_owned())
    })
}

#[test]
fn a_search_finds_every_word_in_name_or_address_in_any_letter_case() {
    assert_eq!(names(&found(&some(), "HOPPER gra")), ["Grace Hopper"]);
    assert_eq!(names(&found(&some(), "öDÖN")), ["Ödön"]);
    assert_eq!(names(&found(&some(), "優")), ["優子"]);
    assert_eq!(names(&found(&some(), " yuko@ ")), ["優子"]);
    assert_eq!(found(&some(), "nobody"), []);
    assert_eq!(found(&some(), "  "), some());
}

#[test]
fn filters_leave_out_what_they_do_not_name() {
    assert_eq!(
        names(&selection("presence=busy").of(&some())),
        ["Grace Hopper"]
    );
    assert_eq!(names(&selection("login=unable").of(&some())), ["Ödön"]);
    assert_eq!(selection("addon=inactive").of(&some()), []);
    assert_eq!(
        names(&selection("q=x.example&login=able&presence=offline").of(&some())),
        ["優子"]
    );
}

#[test]
fn every_column_sorts_both_ways_and_back_to_the_order_of_the_api() {
    assert_eq!(
        names(&selection("sort=name").of(&some())),
        ["ada", "Grace Hopper", "Ödön", "優子"]
    );
    assert_eq!(
        names(&selection("sort=-name").of(&some())),
        ["優子", "Ödön", "Grace Hopper", "ada"]
    );
    assert_eq!(
        names(&selection("sort=presence").of(&some())),
        ["Ödön", "Grace Hopper", "優子", "ada"]
    );
    assert_eq!(
        names(&selection("sort=login").of(&some())),
        ["Grace Hopper", "優子", "ada", "Ödön"]
    );
    let mut pressed = Selection::default();
    for expected in [
        Some((Column::Name, false)),
        Some((Column::Name, true)),
        None,
    ] {
        pressed = pressed.sorted_by(Column::Name);
        assert_eq!(pressed.sort, expected);
    }
}

#[test]
fn a_selection_comes_back_from_its_own_url() {
    let selected = Selection {
        search: "ada & Björk+".to_owned(),
        presence: "online".to_owned(),
        login: "able".to_owned(),
        addon: "none".to_owned(),
        sort: Some((Column::LiveChat, true)),
        page: 2,
    };
    assert_eq!(
        selected.href(),
        "/operators?q=ada%20%26%20Bj%C3%B6rk%2B&presence=online&login=able&addon=none&sort=-addon&page=3"
    );
    assert_eq!(
        selection("presence=online&login=able&addon=none&sort=-addon&page=3"),
        Selection {
            search: String::new(),
            ..selected
        }
    );
    assert_eq!(Selection::default().href(), "/operators");
}

#[test]
fn nonsense_in_the_url_is_the_first_page_of_all() {
    assert_eq!(
        selection("sort=height&page=minus&x=y"),
        Selection::default()
    );
    assert_eq!(selection("page=0"), Selection::default());
}
