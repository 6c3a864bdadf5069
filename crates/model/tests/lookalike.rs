//! Tests which domain names count as similar.

use proptest::prelude::*;
use switchboard_api::DomainName;
use switchboard_model::lookalike::{Likeness, resembles};

fn name(text: &str) -> DomainName {
    text.parse()
        .unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[track_caller]
fn assert_likeness(one: &str, other: &str, likeness: Option<Likeness>) {
    for (one, other) in [(one, other), (other, one)] {
        let found = resembles(&name(one), &[name("unrelated.test"), name(other)]);
        assert_eq!(
            found.as_ref().map(|found| found.likeness),
            likeness,
            "{one} {other}"
        );
        assert!(found.is_none_or(|found| found.known == name(other)));
    }
}

#[test]
fn similar_names_are_reported_with_the_reason() {
    for (one, other, likeness) in [
        ("web-shop.example", "webshop.example", Likeness::Hyphens),
        ("g00gle.example", "google.example", Likeness::Homoglyphs),
        ("paypa1.example", "paypal.example", Likeness::Homoglyphs),
        ("rnodern.example", "modern.example", Likeness::Homoglyphs),
        ("acme.com", "acme.net", Likeness::Ending),
        ("acmee.example", "acme.example", Likeness::OneCharacter),
        ("acne.example", "acme.example", Likeness::OneCharacter),
        ("amce.example", "acme.example", Likeness::Swapped),
    ] {
        assert_likeness(one, other, Some(likeness));
    }
}

#[test]
fn legitimately_different_names_are_not_reported() {
    for (one, other) in [
        ("acme.example", "acme.example"),
        ("shop1.example", "shop2.example"),
        ("shop.example", "shop2.example"),
        ("shop.acme.example", "blog.acme.example"),
        ("a.de", "b.de"),
        ("acme.example", "shop.acme.example"),
    ] {
        assert_likeness(one, other, None);
    }
    assert_eq!(resembles(&name("acme.example"), &[]), None);
}

#[test]
fn known_name_is_not_similar_and_closest_wins() {
    let known = [
        name("acme.test"),
        name("ac-me.example"),
        name("acmee.example"),
    ];
    assert_eq!(resembles(&known[0], &known), None);
    let found = resembles(&name("acme.example"), &known);
    assert_eq!(found.map(|found| found.known), Some(name("ac-me.example")));
}

proptest! {
    #[test]
    fn resemblance_goes_both_ways(one in "[a-z0-9]{1,4}[a-z01-]{0,6}[a-z]\\.(com|net)", other in "[a-z0-9]{1,4}[a-z01-]{0,6}[a-z]\\.(com|net)") {
        let (one, other) = (name(&one), name(&other));
        let there = resembles(&one, std::slice::from_ref(&other)).map(|found| found.likeness);
        let back = resembles(&other, &[one]).map(|found| found.likeness);
        prop_assert_eq!(there, back);
    }
}
