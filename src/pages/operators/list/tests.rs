//! Tests which rows a press with Shift selects.

use super::*;

#[test]
fn range_reaches_from_the_anchor_in_either_direction() {
    let email = |key: &str| -> Email {
        let address = format!("{key}@x.example");
        address.parse().expect("an e-mail of the test")
    };
    let rows = ["a", "b", "c", "d"].map(email);
    let range = |anchor, to: usize| between(&rows, anchor, &rows[to]);
    assert_eq!(range(Some(&rows[1]), 3), rows[1..]);
    assert_eq!(range(Some(&rows[2]), 0), rows[..3]);
    assert_eq!(range(None, 2), rows[2..3]);
    assert_eq!(range(Some(&email("gone")), 1), rows[1..2]);
}
