//! Tests how the URL's query selects and orders the list.

use super::*;

pub fn query(query: &str) -> ListQuery {
    let pairs: Vec<(&str, &str)> = query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .collect();
    ListQuery::from_query(|name| {
        let found = pairs.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| (*value).to_owned())
    })
}

#[test]
fn column_sorts_both_ways_and_back() {
    let mut pressed = ListQuery::default();
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
    let selected = ListQuery {
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
        query("presence=online&login=able&addon=none&sort=-addon&page=3"),
        ListQuery {
            search: String::new(),
            ..selected
        }
    );
    assert_eq!(ListQuery::default().href(), "/operators");
}

#[test]
fn invalid_query_shows_the_first_page() {
    assert_eq!(query("sort=height&page=minus&x=y"), ListQuery::default());
    assert_eq!(query("page=0"), ListQuery::default());
}
