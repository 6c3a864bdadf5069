//! Names that users type: of domains, of accounts, of an organisation's API; and lists of domains.

use std::collections::BTreeSet;

use switchboard_api::{BaseUrl, BaseUrlError, DomainName, Email, HeaderName, Token};
use switchboard_model::domain_input::{Change, normalise};
use switchboard_model::domain_list::{Verdict, read};
use switchboard_model::lookalike::resembles;

use crate::input::{parts, text, to_ascii};

/// Checks the property for these bytes: a name, and a list of domains.
pub fn check(data: &[u8]) {
    let text = text(data);
    let [typed, list] = parts(&text);
    ask_of_typed(typed);
    ask_of_keys(typed);
    ask_of_list(list);
}

fn ask_of_typed(typed: &str) {
    let Ok(input) = normalise(typed, to_ascii) else {
        return;
    };
    let name = input.name.as_str();
    assert_eq!(name.parse().as_ref(), Ok(&input.name));
    for (at, change) in input.changes.iter().enumerate() {
        assert!(!input.changes[..at].contains(change), "{change:?} twice");
        if let Change::Punycode { unicode } = change {
            assert!(!unicode.is_ascii());
        }
    }
    let again = normalise(name, to_ascii).expect("a name that was accepted is accepted");
    assert_eq!(again.name, input.name, "normalised twice");
    assert_eq!(again.changes, [], "{name:?} was normal already");
    let pasted = normalise(&format!(" https://{name}:443/a?b#c "), to_ascii);
    assert_eq!(
        pasted.expect("an address of it").name,
        input.name,
        "as an address"
    );
}

fn ask_of_keys(typed: &str) {
    if let Ok(email) = typed.parse::<Email>() {
        assert_eq!(email.as_str().parse(), Ok(email.clone()));
    }
    if let Ok(domain) = typed.parse::<DomainName>() {
        assert_eq!(domain.as_str(), typed);
        let input = normalise(typed, to_ascii);
        assert!(input.is_ok_and(|input| input.name == domain || typed.starts_with("www.")));
    }
    if let Ok(token) = typed.parse::<Token>() {
        assert_eq!(token.reveal().parse(), Ok(token.clone()));
        assert!(!format!("{token:?}").contains(token.reveal()) || token.reveal().len() < 8);
    }
    if let Ok(name) = typed.parse::<HeaderName>() {
        assert_eq!(name.to_string().parse(), Ok(name));
    }
    match typed.parse::<BaseUrl>() {
        Ok(url) => {
            assert_eq!(url.as_str().parse(), Ok(url.clone()));
            assert!(url.as_str().ends_with('/') && !url.host().is_empty());
            assert!(url.as_str().starts_with(url.origin()));
            assert!(url.origin().contains(url.host()));
            assert!(!url.as_str().contains(char::is_whitespace));
        }
        Err(BaseUrlError::MissingScheme { suggestion }) => {
            let url = suggestion.parse::<BaseUrl>().map(|url| url.to_string());
            assert_eq!(url, Ok(suggestion), "what is offered is accepted");
        }
        Err(_) => {}
    }
}

fn ask_of_list(text: &str) {
    let known: Vec<DomainName> = ["a.example", "shop.acme.example"]
        .map(|name| name.parse().expect("a domain name"))
        .into();
    let list = read(text, &known, to_ascii);
    let mut line = 0;
    let mut seen = BTreeSet::new();
    for listed in &list.lines {
        assert!(listed.line > line, "lines in their order");
        line = listed.line;
        match &listed.verdict {
            Verdict::New(name) => {
                assert!(seen.insert(name.clone()) && !known.contains(name));
            }
            Verdict::Known(name) => {
                assert!(seen.insert(name.clone()) && known.contains(name));
            }
            Verdict::Again { name, first } => {
                assert!(seen.contains(name) && *first <= line);
            }
            Verdict::Wrong(_) => {}
        }
    }
    let new: Vec<DomainName> = list.new_domains().cloned().collect();
    let names: String = new.iter().map(|name| format!("{name}\n")).collect();
    let again = read(&format!("domain\n{names}"), &known, to_ascii);
    assert!(
        again.new_domains().eq(&new),
        "a list of them reads the same"
    );
    ask_of_likeness(&new);
}

fn ask_of_likeness(names: &[DomainName]) {
    // Only neighbours: comparing all pairs would be quadratic.
    for pair in names.windows(2) {
        let likeness = |name: &DomainName, known: &DomainName| {
            let found = resembles(name, std::slice::from_ref(known));
            found.map(|found| {
                assert_eq!(found.known, *known);
                found.likeness
            })
        };
        assert_eq!(
            likeness(&pair[0], &pair[1]),
            likeness(&pair[1], &pair[0]),
            "alike both ways"
        );
        assert_eq!(resembles(&pair[0], pair), None, "a known name is itself");
    }
}
