//! A workspace file survives a round trip, and any other file is refused with one clear reason.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::workspace::test_support::{known, organisation, with_code};

use super::*;

fn file() -> Value {
    json!({
        "format": "switchboard-workspace", "version": 1, "organisation": "https://acme.example/", "exportedAt": 1_764_000_000_000_u64,
        "domains": [{
            "name": "shop.acme.example", "email": "web@acme.example", "knownSince": 5, "codeCopied": true,
            "embed": { "link": "<script></script>", "socketLink": "two", "origin": "added", "receivedAt": 7 }
        }]
    })
}

/// Returns the file with one value changed, by its JSON pointer.
fn with(pointer: &str, value: Value) -> String {
    let mut file = file();
    *file.pointer_mut(pointer).expect("a place in the file") = value;
    file.to_string()
}

#[test]
fn export_has_exactly_the_documented_format() {
    let acme = organisation("https://acme.example/chat");
    let domains = [with_code("shop.acme.example", "<b>", 7), known("b.example")];
    let text = export(&acme, &domains, 9);
    let value: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(
        value,
        json!({
            "format": "switchboard-workspace", "version": 1, "organisation": "https://acme.example/chat/", "exportedAt": 9,
            "domains": [
                {
                    "name": "shop.acme.example", "email": "web@acme.example", "knownSince": 1_000, "codeCopied": false,
                    "embed": { "link": "<b>", "socketLink": "<script src=\"//x/socket.js\">\n</script>", "origin": "added", "receivedAt": 7 }
                },
                { "name": "b.example", "email": "web@acme.example", "knownSince": 1_000, "codeCopied": false }
            ]
        })
    );
    let read = parse(&text).expect("its own export");
    assert_eq!((read.organisation, read.exported_at), (acme, 9));
    assert_eq!(read.domains, domains);
}

#[test]
fn the_example_in_the_documentation_can_be_imported() {
    let page = include_str!("../../../../../docs/workspace-file.md");
    let example = page
        .split("```json\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next())
        .expect("an example");
    let read = parse(example).expect("the documented format");
    let back = export(&read.organisation, &read.domains, read.exported_at);
    assert_eq!(back, example);
}

#[test]
fn each_reason_has_its_own_error() {
    let whole = file().to_string();
    let refused = |text: &str| parse(text).expect_err("a file that must be refused");
    for not_json in [
        "",
        "  \n",
        "Name;Email\nAda;ada@acme.example",
        "{\"a\":1}}",
        "<html>",
    ] {
        assert_eq!(refused(not_json), FileError::NotJson, "{not_json:?}");
    }
    assert_eq!(refused(&whole[..whole.len() - 9]), FileError::CutOff);
    for other in [
        "[]",
        "null",
        "{}",
        "3",
        "{\"format\":\"switchboard-workspace\"}",
    ] {
        assert_eq!(refused(other), FileError::NotAWorkspace, "{other}");
    }
    assert_eq!(
        refused(&with("/format", json!("another"))),
        FileError::NotAWorkspace
    );
    assert_eq!(
        refused(&with("/version", json!(0))),
        FileError::NotAWorkspace
    );
    assert_eq!(
        refused(&with("/version", json!(2))),
        FileError::Newer { version: 2 }
    );
    assert_eq!(
        refused(&with("/organisation", json!("acme"))),
        FileError::NoOrganisation("acme".to_owned())
    );
    assert_eq!(
        refused(&with("/domains/0/name", json!("__proto__"))),
        FileError::NoDomain("__proto__".to_owned())
    );
    assert!(matches!(
        refused(&with("/domains/0/email", json!("nobody"))),
        FileError::NoEmail(name) if name.as_str() == "shop.acme.example"
    ));
    for (place, value) in [
        ("/domains/0/embed/link", json!(1)),
        ("/domains/0/embed/origin", json!("stolen")),
        ("/domains/0", json!(["a.example"])),
        ("/exportedAt", json!(-1)),
        ("/domains", json!({})),
    ] {
        assert_eq!(
            refused(&with(place, value)),
            FileError::Damaged { line: 1 },
            "{place}"
        );
    }
    let twice = json!([file()["domains"][0], file()["domains"][0]]);
    assert!(matches!(
        refused(&with("/domains", twice)),
        FileError::Twice(_)
    ));
    let large = whole.replace("two", &"x".repeat(MAX_BYTES));
    assert_eq!(refused(&large), FileError::TooLarge { bytes: large.len() });
}

#[test]
fn damage_is_reported_with_its_line() {
    let text = serde_json::to_string_pretty(&file())
        .expect("JSON")
        .replace("\"knownSince\": 5", "\"knownSince\": \"5\"");
    let line = text
        .lines()
        .position(|line| line.contains("knownSince"))
        .expect("the line");
    assert_eq!(parse(&text), Err(FileError::Damaged { line: line + 1 }));
}

#[test]
fn unknown_fields_are_ignored_at_any_depth() {
    let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    let text = file().to_string().replacen(
        '{',
        &format!("{{\"__proto__\":{{\"format\":\"x\"}},\"constructor\":{deep},"),
        1,
    );
    assert_eq!(parse(&text), parse(&file().to_string()));
    assert!(parse(&text).is_ok());
}

#[test]
fn duplicate_field_is_refused() {
    let text = file().to_string().replace(
        "\"codeCopied\":true",
        "\"codeCopied\":true,\"codeCopied\":false",
    );
    assert_eq!(parse(&text), Err(FileError::Damaged { line: 1 }));
}

#[test]
fn nesting_without_end_is_refused_and_breaks_nothing() {
    assert_eq!(parse(&"[".repeat(1_000_000)), Err(FileError::CutOff));
    assert_eq!(parse(&"{\"a\":".repeat(1_000_000)), Err(FileError::CutOff));
    let closed = format!("{}{}", "[".repeat(1_000_000), "]".repeat(1_000_000));
    assert_eq!(parse(&closed), Err(FileError::NotAWorkspace));
}

#[test]
fn a_byte_order_mark_is_no_harm() {
    assert!(parse(&format!("\u{FEFF}{}", file())).is_ok());
}

#[test]
fn file_name_has_host_port_and_day() {
    let named = |url: &str| file_name(&url.parse().expect("a base URL"), 1_795_478_400_000);
    assert_eq!(
        named("https://acme.example/chat/"),
        "switchboard-acme.example-2026-11-24.json"
    );
    assert_eq!(
        named("http://[::1]:8080/"),
        "switchboard-1--8080-2026-11-24.json"
    );
    assert_eq!(
        named("http://127.0.0.1:8080/"),
        "switchboard-127.0.0.1-8080-2026-11-24.json"
    );
}

#[test]
fn days_are_those_of_the_calendar() {
    for (moment, expected) in [
        (0, "1970-01-01"),
        (86_399_999, "1970-01-01"),
        (951_782_400_000, "2000-02-29"),
        (951_868_800_000, "2000-03-01"),
        (4_107_542_400_000, "2100-03-01"),
        (1_798_761_599_999, "2026-12-31"),
    ] {
        assert_eq!(day(moment), expected);
    }
    assert!(day(u64::MAX).ends_with(char::is_numeric));
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,200}") {
        let _ = parse(&text);
    }

    #[test]
    fn truncated_file_is_reported_as_truncated(part in 1_usize..10_000) {
        let whole = file().to_string();
        let at = part % (whole.len() - 1) + 1;
        prop_assert_eq!(parse(&whole[..at]), Err(FileError::CutOff));
    }

    #[test]
    fn odd_byte_anywhere_never_panics(at in 0_usize..10_000, byte in 0_u8..128) {
        let mut bytes = file().to_string().into_bytes();
        let at = at % bytes.len();
        bytes[at] = byte;
        let text = String::from_utf8(bytes).expect("ASCII");
        if let Ok(read) = parse(&text) {
            prop_assert_eq!(parse(&export(&read.organisation, &read.domains, read.exported_at)), Ok(read));
        }
    }
}
