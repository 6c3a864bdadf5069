//! The fast parser agrees with the full one, or returns nothing.

use proptest::prelude::*;
use serde_json::value::RawValue;

use switchboard_scan::{elements, members, plain_text};

use super::{Member, Members, Text};

fn members_by_serde(json: &str) -> Option<Vec<Member<'_>>> {
    let members = serde_json::from_str::<Members<'_>>(json).ok()?;
    Some(members.0)
}

fn elements_by_serde(json: &str) -> Option<Vec<&str>> {
    let elements: Vec<&RawValue> = serde_json::from_str(json).ok()?;
    Some(elements.into_iter().map(RawValue::get).collect())
}

fn text_by_serde(json: &str) -> Option<String> {
    let text = serde_json::from_str::<Text<'_>>(json).ok()?;
    Some(text.0.into_owned())
}

/// Checks that whatever the fast parser finds is correct.
fn agrees(json: &str) {
    if let Some(members) = members(json) {
        assert_eq!(Some(members), members_by_serde(json), "{json}");
    }
    if let Some(elements) = elements(json) {
        assert_eq!(Some(elements), elements_by_serde(json), "{json}");
    }
    if let Some(text) = plain_text(json) {
        assert_eq!(Some(text.to_owned()), text_by_serde(json), "{json}");
    }
}

/// Values of every kind, most of them valid, and values that are invalid in one place.
const VALUES: [&str; 40] = [
    "null",
    "true",
    "false",
    "0",
    "-0",
    "12",
    "-1.5",
    "1e9",
    "1E+9",
    "2.5e-10",
    "1e999",
    r#""""#,
    r#""ü""#,
    r#""\"""#,
    r#""\\""#,
    r#""\u00fc""#,
    r#""\ud800""#,
    "[]",
    "{}",
    "[1, [2]]",
    r#"{"a": {"b": []}}"#,
    "nul",
    "tru",
    "01",
    "-",
    "1.",
    ".5",
    "1e",
    "1e+",
    "+1",
    r#"""#,
    r#""\x""#,
    r#""\u12g4""#,
    "\"\t\"",
    "\"\u{7f}\"",
    "[1,]",
    "[,1]",
    r#"{"a"}"#,
    r#"{"a":1,}"#,
    r#"{1:1}"#,
];

#[test]
fn fast_parser_agrees_with_the_full_one() {
    for value in VALUES {
        for blank in ["", " ", "\r\n\t", "\u{a0}", "\u{c}"] {
            for json in [
                format!("{blank}{value}{blank}"),
                format!("[{blank}{value}{blank},{value}]"),
                format!("[{value}{blank}"),
                format!(r#"{{{blank}"k{blank}"{blank}:{blank}{value}{blank},"":{value}}}"#),
                format!(r#"{{"k":{value}"#),
                format!("[[{value}]]{blank}]"),
            ] {
                agrees(&json);
            }
        }
    }
}

/// The fast parser would be useless if it gave up on common input.
#[test]
fn fast_parser_reads_common_input() {
    let row = r#" { "name" : {"firstName":"A\u00fc\"","lastName":null}, "on":true , "n":-1.5e3,"l":[ 1 ,[]]} "#;
    assert_eq!(members(row), members_by_serde(row));
    assert_eq!(members(row).map(|members| members.len()), Some(4));
    let list = format!("[{row},{row}]");
    assert_eq!(elements(&list).map(|elements| elements.len()), Some(2));
    assert_eq!(plain_text(" \"Ödön\" "), Some("Ödön"));
    let deep = |depth: usize| format!("[{}1{}]", "[".repeat(depth), "]".repeat(depth));
    assert_eq!(elements(&deep(64)).map(|one| one.len()), Some(1));
    assert_eq!(elements(&deep(65)), None);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn fast_parser_finds_nothing_that_the_full_one_rejects(
        pieces in prop::collection::vec(prop::sample::select(&VALUES[..]), 0..6),
        signs in prop::collection::vec(prop::sample::select(&["[", "]", "{", "}", ",", ":", "\"k\":", " ", ""][..]), 0..12),
    ) {
        let mut json = String::new();
        for (at, sign) in signs.iter().enumerate() {
            json.push_str(sign);
            json.push_str(pieces.get(at).copied().unwrap_or_default());
        }
        agrees(&json);
    }
}
