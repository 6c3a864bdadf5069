//! Tests what a refresh does to the rows on the page.

use switchboard_api::{Login, PersonName, Presence, Tristate};

use super::*;

fn operator(key: &str, presence: Presence) -> Operator {
    Operator {
        name: PersonName {
            first: key.to_owned(),
            last: String::new(),
        },
        email: format!("{key}@x.example")
            .parse()
            .expect("an e-mail of the test"),
        presence,
        login: Login::Able,
        is_operator: Tristate::On,
        live_chat: None,
    }
}

fn keys(rows: &[Operator]) -> Vec<&str> {
    rows.iter().map(|row| row.name.first.as_str()).collect()
}

#[test]
fn rows_in_use_keep_their_order_with_new_values() {
    let before = ["a", "b", "c"].map(|key| operator(key, Presence::Online));
    let now = vec![
        operator("d", Presence::Online),
        operator("c", Presence::Away),
        operator("a", Presence::Busy),
        operator("b", Presence::Offline),
    ];
    // `b` no longer matches the filter, and the order has changed.
    let wanted = now[..3].to_vec();
    let rows = in_place(&before, wanted, Some(&now));
    assert_eq!(keys(&rows), ["a", "b", "c", "d"]);
    assert_eq!(rows[1].presence, Presence::Offline);
}

#[test]
fn deleted_operators_leave_their_rows() {
    let before = ["a", "b"].map(|key| operator(key, Presence::Online));
    let now = vec![operator("b", Presence::Online)];
    let rows = in_place(&before, now.clone(), Some(&now));
    assert_eq!(keys(&rows), ["b"]);
}

#[test]
fn range_reaches_from_the_anchor_in_either_direction() {
    let rows = ["a", "b", "c", "d"].map(|key| operator(key, Presence::Online));
    let email = |at: usize| &rows[at].email;
    let range = |anchor, to| -> Vec<usize> {
        let range = between(&rows, anchor, email(to));
        let place = |email: &Email| rows.iter().position(|row| row.email == *email);
        range.iter().filter_map(place).collect()
    };
    assert_eq!(range(Some(email(1)), 3), [1, 2, 3]);
    assert_eq!(range(Some(email(2)), 0), [0, 1, 2]);
    assert_eq!(range(None, 2), [2]);
    let gone = operator("gone", Presence::Online).email;
    assert_eq!(range(Some(&gone), 1), [1]);
}
