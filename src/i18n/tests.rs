//! Tests of all texts, and of how numbers, lists and plural forms are written.

use super::*;

#[test]
fn count_selects_its_plural_form() {
    assert_eq!(tn(Text::OperatorsCount, 1), "1 operator");
    assert_eq!(tn(Text::OperatorsCount, 0), "0 operators");
    assert_eq!(tn(Text::OperatorsCount, 1_200), "1,200 operators");
}

#[test]
fn numbers_are_grouped_by_thousands() {
    let said: Vec<String> = [0, 999, 1_000, 10_000, 1_234_567].map(number).into();
    assert_eq!(said, ["0", "999", "1,000", "10,000", "1,234,567"]);
    assert_eq!(decimal(1_234.5), "1,234.5");
}

#[test]
fn list_ends_with_and() {
    assert_eq!(list(&[""; 0]), "");
    assert_eq!(list(&["a"]), "a");
    assert_eq!(list(&["a", "b"]), "a and b");
    assert_eq!(list(&["a", "b", "c"]), "a, b and c");
    assert_eq!(enumeration(&["a", "b", "c"]), "a, b, c");
}

#[test]
fn missing_translation_falls_back_to_english() {
    let mut messages = vec![""; english::ALL.len()];
    messages[usize::from(Text::OperatorsCount.id)] =
        "{count, plural, one {# Person} other {# Personen}}";
    translation::set(messages.leak());
    assert_eq!(tn(Text::OperatorsCount, 2), "2 Personen");
    assert_eq!(t(Text::Close), "Close");
    translation::set(&[]);
    assert_eq!(tn(Text::OperatorsCount, 2), "2 operators");
}

#[test]
fn ids_follow_the_order_of_the_list() {
    for (at, (name, text)) in english::ALL.iter().enumerate() {
        assert_eq!(usize::from(text.id), at, "{name}");
    }
}

#[test]
fn boot_frame_uses_only_texts_of_the_application() {
    let page = include_str!("../../index.html");
    let (_, frame) = page.split_once("<div id=\"boot\">").expect("a frame");
    let (frame, _) = frame
        .split_once("<span class=\"boot-line\"")
        .expect("its end");
    let said: Vec<&str> = frame
        .split('<')
        .filter_map(|tag| tag.split_once('>'))
        .map(|(_, text)| text.trim())
        .filter(|text| !["", "&nbsp;", "Switchboard"].contains(text))
        .collect();
    assert!(said.len() > 10, "{said:?}");
    for text in said {
        let is_known = english::ALL.iter().any(|(_, known)| known.english == text);
        assert!(is_known, "{text}");
    }
}

#[test]
fn no_text_is_empty() {
    for (name, text) in english::ALL {
        assert!(!text.english.trim().is_empty(), "{name}");
    }
}

#[test]
fn every_message_is_well_formed() {
    for (name, text) in english::ALL {
        well_formed(name, text.english);
    }
}

/// Checks that each brace is closed, that placeholders have plain names, and that plural and select have the form "other".
fn well_formed(name: &str, message: &str) {
    let mut rest = message;
    while let Some(at) = rest.find(['{', '}']) {
        let (inner, tail) = message::enclosed(&rest[at..])
            .unwrap_or_else(|| panic!("{name}: a brace without a partner"));
        rest = tail;
        let (placeholder, forms) = inner.split_once(',').unwrap_or((inner, ""));
        let is_name = |c: char| c.is_ascii_lowercase() || c == '_';
        assert!(
            !placeholder.is_empty() && placeholder.chars().all(is_name),
            "{name}: {placeholder}"
        );
        if forms.is_empty() {
            continue;
        }
        let (kind, forms) = forms.split_once(',').expect("a kind, then forms");
        let forms: Vec<(&str, &str)> = message::parts(forms).collect();
        assert!(
            forms.iter().any(|(key, _)| *key == "other"),
            "{name} has no form other"
        );
        if kind.trim() == "plural" {
            let categories = ["zero", "one", "two", "few", "many", "other"];
            let is_category = |(key, _): &(&str, &str)| categories.contains(key);
            assert!(forms.iter().all(is_category), "{name}: {forms:?}");
        } else {
            assert_eq!(kind.trim(), "select", "{name}");
        }
        for (_, form) in forms {
            well_formed(name, form);
        }
    }
}

/// The words and phrases that the writing rules ban from the screen, in lower case.
const UNWANTED: &[&str] = &[
    "all the same",
    "anew",
    "anybody",
    "goes along",
    "held",
    "hold",
    "holds",
    "is had",
    "list already",
    "mend",
    "nobody",
    "once more",
    "oops",
    "shall",
    "somebody",
    "sorry",
    "stand",
    "stands",
    "where there is none",
    "whoever",
];

#[test]
fn texts_use_familiar_words() {
    for (name, text) in english::ALL {
        let words: Vec<String> = text
            .english
            .split(|c: char| !c.is_alphanumeric() && c != '-')
            .map(str::to_lowercase)
            .collect();
        let said = format!(" {} ", words.join(" "));
        for unwanted in UNWANTED {
            assert!(!said.contains(&format!(" {unwanted} ")), "{name}: {text:?}");
        }
    }
}
