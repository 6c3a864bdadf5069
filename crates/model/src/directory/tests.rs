//! Search and sorting give the same results as naive implementations.

use proptest::prelude::*;
use switchboard_api::{Login, PersonName, Presence, Tristate};
use unicode_normalization::UnicodeNormalization;

use super::*;

fn nfkd(text: &str) -> String {
    text.nfkd().collect()
}

fn operator(name: &str, email: &str) -> Operator {
    Operator {
        name: PersonName {
            first: name.to_owned(),
            last: String::new(),
        },
        email: email.parse().expect("an e-mail of the test"),
        presence: Presence::Online,
        login: Login::Able,
        is_operator: Tristate::On,
        live_chat: None,
    }
}

fn directory() -> Directory {
    let operators = vec![
        operator("Grace Hopper", "g@x.example"),
        operator("Ödön", "o@x.example"),
        operator("優子", "yuko@x.example"),
        operator("", "A@x.example"),
    ];
    Directory::of(Arc::new(operators), nfkd)
}

#[test]
fn search_matches_words_in_name_or_address() {
    let directory = directory();
    let found = |sought: &str| directory.found(&directory.places(), sought);
    assert_eq!(found("HOPPER gra"), [0]);
    assert_eq!(found("öDÖN"), [1]);
    assert_eq!(found("odon"), [1]);
    assert_eq!(found("優"), [2]);
    assert_eq!(found(" yuko@ "), [2]);
    assert_eq!(found("a@x"), [3]);
    assert_eq!(found("nobody"), [0; 0]);
    assert_eq!(found("  "), [0, 1, 2, 3]);
}

#[test]
fn match_never_spans_two_operators() {
    let directory = directory();
    let all = directory.places();
    for across in ["exampleödön", "hopperg@x", "exampleö"] {
        assert_eq!(directory.found(&all, across), [0; 0], "{across}");
    }
}

#[test]
fn matches_keep_the_given_order() {
    let directory = directory();
    assert_eq!(directory.by_name(false), [3, 0, 1, 2]);
    assert_eq!(directory.by_name(true), [2, 1, 0, 3]);
    assert_eq!(
        directory.found(&directory.by_name(true), "x.ex"),
        [2, 1, 0, 3]
    );
    assert_eq!(directory.found(&[2, 0], "o"), [2, 0]);
}

#[test]
fn names_are_in_natural_order() {
    let names = ["Agent 10", "agent 2", "Zoë", "Agent", "Über 1", "Agents"];
    let operators = names.map(|name| operator(name, "a@x.example"));
    let directory = Directory::of(Arc::new(operators.into()), nfkd);
    assert_eq!(directory.by_name(false), [3, 1, 0, 5, 4, 2]);
}

#[test]
fn search_without_matches_suggests_similar_names() {
    let directory = directory();
    let near = |sought: &str| directory.nearest(sought, 5);
    assert_eq!(near("hoper"), [0]);
    assert_eq!(near("grcae hooper"), [0]);
    assert_eq!(near("odno"), [1]);
    assert_eq!(near("zz"), [0; 0]);
    assert_eq!(near("grace nobody"), [0; 0]);
    // A part that is right stays right beside one that is not, and addresses count too.
    assert_eq!(near("gra hooper"), [0]);
    assert_eq!(near("ykuo"), [2]);
    assert_eq!(near("yuko@x.exmaple"), [2]);
    assert_eq!(near(" "), [0; 0]);
    assert_eq!(directory.nearest("hoper", 0), [0; 0]);
}

/// The pattern of generated names and searches: a few letters, so that many are similar.
const TEXT: &str = "[aAbB ÄäßΣσİ\u{301}-]{0,12}";

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn directory_agrees_with_a_naive_search(
        people in prop::collection::vec((TEXT, "[aAbBäΣ]{1,9}@[abΣ]{1,3}"), 0..20),
        sought in "[aAbBäΣσ@ ]{0,4}",
    ) {
        let operators: Vec<Operator> = people.iter().map(|(name, email)| operator(name, email)).collect();
        let directory = Directory::of(Arc::new(operators.clone()), nfkd);
        let words = folded(&sought, nfkd);
        let holds = |one: &Operator| {
            let text = folded(&format!("{} {}", one.name.display(), one.email), nfkd);
            words.split_whitespace().all(|word| text.contains(word))
        };
        let all = directory.places();
        let alone: Vec<Place> = all.iter().copied().filter(|place| holds(&operators[*place as usize])).collect();
        prop_assert_eq!(directory.found(&all, &sought), alone);
        for backwards in [false, true] {
            let mut alone = all.clone();
            alone.sort_by(|one, other| {
                let name = |place: &Place| folded(&operators[*place as usize].name.display(), nfkd);
                let order = name(one).cmp(&name(other));
                if backwards { order.reverse() } else { order }
            });
            prop_assert_eq!(directory.by_name(backwards), alone);
        }
    }
}
