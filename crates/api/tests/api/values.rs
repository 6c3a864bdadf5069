//! Tests small values that users type and read.

use std::collections::HashSet;

use crate::common::{parts, whole};
use serde_json::json;
use switchboard_api::{DomainName, DomainNameError, Email, EmailError, UntypedJson};

#[test]
fn an_email_is_trimmed_and_otherwise_kept() {
    for (typed, address) in [
        ("grace@acme.example", "grace@acme.example"),
        (" \tgrace@acme.example\r\n", "grace@acme.example"),
        ("Grace+Sales@Acme.example", "Grace+Sales@Acme.example"),
        ("a@b", "a@b"),
        ("優子@例え.テスト", "優子@例え.テスト"),
    ] {
        let email: Email = typed.parse().expect("an e-mail address");
        assert_eq!(email.as_str(), address);
        assert_eq!(email.to_string(), address);
    }
}

#[test]
fn each_invalid_email_has_its_own_error() {
    for (typed, error) in [
        ("", EmailError::Empty),
        (" \n", EmailError::Empty),
        ("grace", EmailError::MissingAt),
        ("Grace Hopper", EmailError::MissingAt),
        ("@acme.example", EmailError::MissingLocalPart),
        ("@", EmailError::MissingLocalPart),
        ("grace@", EmailError::MissingDomain),
        ("grace @acme.example", EmailError::Whitespace),
        ("grace@acme\n.example", EmailError::Whitespace),
        ("grace@acme\u{0}.example", EmailError::Whitespace),
        ("a@x, b@x", EmailError::MoreThanOneAt),
        ("@@", EmailError::MoreThanOneAt),
    ] {
        assert_eq!(typed.parse::<Email>(), Err(error), "{typed:?}");
    }
}

#[test]
fn addresses_are_equal_whatever_the_ascii_case() {
    let email = |typed: &str| typed.parse::<Email>().expect("an e-mail address");
    for (one, other, equal) in [
        ("Grace@Acme.example", "gRACE@aCME.EXAMPLE", true),
        ("grace@acme.example", "grace@acme.example", true),
        ("grace@acme.example", "grace@acme.example.org", false),
        ("grace@acme.example", "ada@acme.example", false),
        // Only ASCII is folded: how a server treats other letters is unknown.
        ("Ö@acme.example", "ö@acme.example", false),
    ] {
        let (one, other) = (email(one), email(other));
        assert_eq!(one == other, equal, "{one} {other}");
        assert_eq!(one.cmp(&other).is_eq(), equal, "{one} {other}");
        let set = HashSet::from([one.clone(), other.clone()]);
        assert_eq!(set.len() == 1, equal, "{one} {other}");
    }
    assert!(email("Ada@x") < email("grace@x"));
    assert!(email("ada@x") < email("Grace@x"));
}

#[test]
fn long_addresses_hash_by_all_of_their_letters() {
    let long = |last: char| format!("{}{last}@acme.example", "a".repeat(64));
    let all = ['x', 'X', 'y'].map(|last| long(last).parse::<Email>().expect("an e-mail address"));
    assert_eq!(HashSet::from(all).len(), 2);
}

#[test]
fn normal_domain_name_is_unchanged() {
    let label = "a".repeat(63);
    let longest = [label.as_str(), &label, &label, &label[..61]].join(".");
    assert_eq!(longest.len(), 253);
    for name in [
        "acme.example",
        "www.acme.example",
        "localhost",
        "127.0.0.1",
        "xn--bcher-kva.example",
        "a",
        "3-4.example",
        &longest,
    ] {
        let domain: DomainName = name.parse().expect("a domain name");
        assert_eq!(domain.as_str(), name);
        assert_eq!(domain.to_string(), name);
    }
}

#[test]
fn each_invalid_domain_name_has_its_own_error() {
    let label = "a".repeat(63);
    let too_long = [label.as_str(), &label, &label, &label[..62]].join(".");
    let long = "a".repeat(64);
    let edge = |label: &str| DomainNameError::HyphenAtEdge(label.to_owned());
    for (name, error) in [
        ("", DomainNameError::Empty),
        ("Acme.example", DomainNameError::InvalidCharacter('A')),
        ("acme.example:80", DomainNameError::InvalidCharacter(':')),
        ("acme.example/", DomainNameError::InvalidCharacter('/')),
        (" acme.example", DomainNameError::InvalidCharacter(' ')),
        ("bücher.example", DomainNameError::InvalidCharacter('ü')),
        ("acme.example.", DomainNameError::EmptyLabel),
        (".acme.example", DomainNameError::EmptyLabel),
        ("acme..example", DomainNameError::EmptyLabel),
        (".", DomainNameError::EmptyLabel),
        ("-acme.example", edge("-acme")),
        ("acme.example-", edge("example-")),
        ("-", edge("-")),
        (&long, DomainNameError::LabelTooLong(long.clone())),
        (&too_long, DomainNameError::TooLong(254)),
    ] {
        assert_eq!(name.parse::<DomainName>(), Err(error), "{name:?}");
    }
}

#[test]
fn initials_come_from_the_first_and_last_word() {
    for (name, display, initials) in [
        (parts("Grace", "Hopper"), "Grace Hopper", "GH"),
        (
            whole("Grace Brewster Murray Hopper"),
            "Grace Brewster Murray Hopper",
            "GH",
        ),
        (parts("優子", "小林"), "優子 小林", "優小"),
        (whole("小林 優子"), "小林 優子", "小優"),
        (parts("فاطمة", "الزهراء"), "فاطمة الزهراء", "ف"),
        (parts("Björk", ""), "Björk", "B"),
        (parts("", "Björk"), "Björk", "B"),
        (parts("  ", "\t"), "", ""),
        (
            whole("O\u{308}zge e\u{301}va"),
            "O\u{308}zge e\u{301}va",
            "O\u{308}e\u{301}",
        ),
        (whole("प्रिया शर्मा"), "प्रिया शर्मा", "प्रि"),
        (whole("शर्मा प्रिया"), "शर्मा प्रिया", "श"),
        (whole("নূর হোসেন"), "নূর হোসেন", "নূ"),
        (whole("சுப்பிரமணிய பாரதி"), "சுப்பிரமணிய பாரதி", "சு"),
        (whole("ณัฐ ศรี"), "ณัฐ ศรี", "ณัศ"),
        (whole("דוד כהן"), "דוד כהן", "דכ"),
        (whole("Ali عبد"), "Ali عبد", "A"),
        (whole("क्"), "क्", "क्"),
        (whole("“Ada” (Lovelace)"), "“Ada” (Lovelace)", "AL"),
        (whole("\u{202B}دانا\u{202C}"), "\u{202B}دانا\u{202C}", "د"),
        (whole("Ada - Lovelace !"), "Ada - Lovelace !", "AL"),
        (whole("👍🏽 ok"), "👍🏽 ok", "👍🏽o"),
        (whole("42"), "42", "4"),
        (whole("..."), "...", ""),
    ] {
        assert_eq!(name.display(), display);
        assert_eq!(name.initials(), initials, "{display}");
    }
}

#[test]
fn an_open_value_is_readable_in_every_shape() {
    for (value, lines) in [
        (json!(null), vec![]),
        (json!(""), vec![]),
        (json!(" "), vec![]),
        (json!([]), vec![]),
        (json!({"a": null, "b": []}), vec![]),
        (json!("25"), vec!["25"]),
        (json!(25.5), vec!["25.5"]),
        (json!(false), vec!["false"]),
        (
            json!(["live_chat", "reports", ""]),
            vec!["live_chat", "reports"],
        ),
        (json!({"name": "Pro"}), vec!["name: Pro"]),
        (
            json!({"limits": {"operators": 5, "tags": ["a", "b"]}, "on": true}),
            vec![
                "limits.operators: 5",
                "limits.tags: a",
                "limits.tags: b",
                "on: true",
            ],
        ),
        (
            json!([{"name": "A"}, {"name": "B"}]),
            vec!["name: A", "name: B"],
        ),
    ] {
        let open = UntypedJson(value);
        assert_eq!(open.lines(), lines);
        assert_eq!(open.is_empty(), lines.is_empty());
    }
}
