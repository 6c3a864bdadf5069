//! Tests the normalisation of what a user types for a domain.

use proptest::prelude::*;
use switchboard_api::DomainNameError;
use switchboard_model::domain_input::{Change, DomainInput, DomainInputError, normalise};

fn input(typed: &str) -> Result<DomainInput, DomainInputError> {
    normalise(typed, |unicode| idna::domain_to_ascii(unicode).ok())
}

#[track_caller]
fn assert_becomes(typed: &str, name: &str, changes: &[Change]) {
    let input = input(typed).unwrap_or_else(|error| panic!("{typed:?}: {error}"));
    assert_eq!(input.name.as_str(), name, "{typed:?}");
    assert_eq!(input.changes, changes, "{typed:?}");
}

fn punycode(unicode: &str) -> Change {
    Change::Punycode {
        unicode: unicode.to_owned(),
    }
}

#[test]
fn a_name_in_its_normal_form_is_left_alone() {
    for name in [
        "acme.example",
        "shop.acme.example",
        "localhost",
        "127.0.0.1",
        "xn--bcher-kva.example",
        "a",
    ] {
        assert_becomes(name, name, &[]);
    }
}

#[test]
fn everything_that_is_taken_off_is_named_in_order() {
    assert_becomes(
        "  HTTPS://ada:secret@www.Shop.Acme.example.:8443/cart?id=1#top\n",
        "shop.acme.example",
        &[
            Change::SpacesRemoved,
            Change::SchemeRemoved,
            Change::PathRemoved,
            Change::CredentialsRemoved,
            Change::PortRemoved,
            Change::TrailingDotRemoved,
            Change::WwwRemoved,
            Change::LowerCased,
        ],
    );
}

#[test]
fn each_change_is_named_alone() {
    for typed in [
        "https://acme.example",
        "ftp://acme.example",
        "//acme.example",
        "https:/acme.example",
        "http:acme.example",
    ] {
        assert_becomes(typed, "acme.example", &[Change::SchemeRemoved]);
    }
    for typed in [
        "acme.example/",
        "acme.example/a b",
        "acme.example?q",
        "acme.example#q",
        "acme.example\\a",
        "acme.example/@ada:1",
    ] {
        assert_becomes(typed, "acme.example", &[Change::PathRemoved]);
    }
    for typed in [
        "ada@acme.example",
        "ada:secret@acme.example",
        "@acme.example",
    ] {
        assert_becomes(typed, "acme.example", &[Change::CredentialsRemoved]);
    }
    for typed in ["acme.example:8080", "acme.example:"] {
        assert_becomes(typed, "acme.example", &[Change::PortRemoved]);
    }
    for typed in [
        " acme.example",
        "acme.example\r\n",
        "\u{FEFF}acme.example\u{200B}",
        "\u{A0}acme.example\u{3000}",
    ] {
        assert_becomes(typed, "acme.example", &[Change::SpacesRemoved]);
    }
    assert_becomes(
        "acme.example.",
        "acme.example",
        &[Change::TrailingDotRemoved],
    );
    assert_becomes("ACME.Example", "acme.example", &[Change::LowerCased]);
    assert_becomes("www.acme.example", "acme.example", &[Change::WwwRemoved]);
}

#[test]
fn every_leading_www_is_removed_unless_nothing_remains() {
    assert_becomes(
        "www.WWW.acme.example",
        "acme.example",
        &[Change::WwwRemoved],
    );
    assert_becomes("www.com", "www.com", &[]);
    assert_becomes("www.localhost", "www.localhost", &[]);
    assert_becomes("www", "www", &[]);
    assert_becomes("wwww.acme.example", "wwww.acme.example", &[]);
}

#[test]
fn other_scripts_become_punycode() {
    assert_becomes(
        "bücher.example",
        "xn--bcher-kva.example",
        &[punycode("bücher.example")],
    );
    assert_becomes(
        "https://www.BÜCHER.example./",
        "xn--bcher-kva.example",
        &[
            Change::SchemeRemoved,
            Change::PathRemoved,
            Change::TrailingDotRemoved,
            Change::WwwRemoved,
            punycode("BÜCHER.example"),
        ],
    );
    assert_becomes(
        "مثال.إختبار",
        "xn--mgbh0fb.xn--kgbechtv",
        &[punycode("مثال.إختبار")],
    );
    assert_becomes(
        "例え。テスト。",
        "xn--r8jz45g.xn--zckzah",
        &[punycode("例え。テスト。"), Change::TrailingDotRemoved],
    );
    assert_becomes(
        "ｗｗｗ．ａｃｍｅ．ｅｘａｍｐｌｅ",
        "acme.example",
        &[
            punycode("ｗｗｗ．ａｃｍｅ．ｅｘａｍｐｌｅ"),
            Change::WwwRemoved,
        ],
    );
}

#[test]
fn nothing_is_empty_whatever_surrounds_it() {
    for typed in [
        "", "  \n", "https://", "http:", "/path", "ada@", ":80", "\u{200B}",
    ] {
        assert_eq!(input(typed), Err(DomainInputError::Empty), "{typed:?}");
    }
}

#[test]
fn two_names_are_not_run_together() {
    for typed in [
        "acme .example",
        "acme.example shop.example",
        "acme.example\nshop.example",
    ] {
        assert_eq!(input(typed), Err(DomainInputError::InnerSpace), "{typed:?}");
    }
}

#[test]
fn each_invalid_domain_has_its_own_error() {
    let long = "a".repeat(64);
    let too_long = [&long[..60]; 5].join(".");
    for (typed, error) in [
        ("acme_shop.example", DomainNameError::InvalidCharacter('_')),
        (
            "a.example,b.example",
            DomainNameError::InvalidCharacter(','),
        ),
        ("acme.example:shop", DomainNameError::InvalidCharacter(':')),
        ("[::1]", DomainNameError::InvalidCharacter('[')),
        ("%61cme.example", DomainNameError::InvalidCharacter('%')),
        ("acme..example", DomainNameError::EmptyLabel),
        ("acme.example..", DomainNameError::EmptyLabel),
        (".acme.example", DomainNameError::EmptyLabel),
        (
            "-acme.example",
            DomainNameError::HyphenAtEdge("-acme".to_owned()),
        ),
        (&long, DomainNameError::LabelTooLong(long.clone())),
        (&too_long, DomainNameError::TooLong(304)),
    ] {
        assert_eq!(
            input(typed),
            Err(DomainInputError::NotADomain(error)),
            "{typed:?}"
        );
    }
}

#[test]
fn inconvertible_characters_are_reported() {
    let refused = normalise("www.bücher.example/", |_| None);
    let unicode = "bücher.example".to_owned();
    assert_eq!(refused, Err(DomainInputError::NotConvertible { unicode }));
}

#[test]
fn a_converter_that_answers_nonsense_is_not_believed() {
    let nonsense = normalise("bücher.example", |_| Some("bücher".to_owned()));
    let error = DomainNameError::InvalidCharacter('ü');
    assert_eq!(nonsense, Err(DomainInputError::NotADomain(error)));
}

proptest! {
    #[test]
    fn normalisation_never_panics_and_is_idempotent(typed in ".*") {
        if let Ok(first) = input(&typed) {
            let again = input(first.name.as_str());
            prop_assert_eq!(again, Ok(DomainInput { name: first.name, changes: vec![] }));
        }
    }

    #[test]
    fn address_is_reduced_to_its_host(
        scheme in "(|https://|HTTP://|//|http:)",
        user in "(|ada@|ada:secret@)",
        www in "(|www\\.|WWW\\.www\\.)",
        label in "[a-zA-Z0-9üñ小]([a-zA-Z0-9ü]{0,8}[a-z0-9])?",
        dot in "(|\\.|。)",
        port in "(|:|:8080)",
        path in "(|/|/a/b c|\\?q=@:|#www\\.)",
        space in "[ \t\n\u{A0}]{0,2}",
    ) {
        let typed = format!("{space}{scheme}{user}{www}{label}.example{dot}{port}{path}{space}");
        let name = input(&typed).map(|input| input.name);
        let expected = input(&format!("{label}.example")).map(|input| input.name);
        prop_assert!(expected.is_ok() == name.is_ok(), "{}: {:?}", typed, name);
        if let (Ok(name), Ok(expected)) = (name, expected) {
            prop_assert_eq!(&name, &expected);
            prop_assert_eq!(input(name.as_str()).map(|input| input.changes), Ok(vec![]));
        }
    }
}
