//! Tests lists of domains: new, known, duplicate, or invalid ones.

use switchboard_api::DomainName;
use switchboard_model::domain_input::DomainInputError;
use switchboard_model::domain_list::{DomainList, Verdict, read};

fn name(text: &str) -> DomainName {
    text.parse().expect("a domain name of the test")
}

fn list(text: &str) -> DomainList {
    let to_ascii = |host: &str| idna::domain_to_ascii(host).ok();
    read(text, &[name("known.example")], to_ascii)
}

fn new_in(text: &str) -> Vec<String> {
    list(text).new_domains().map(ToString::to_string).collect()
}

#[test]
fn each_nonempty_line_is_normalised() {
    let text = "\u{feff}https://www.A.example/shop\r\n\r\n  b.example. \nbücher.example\n";
    assert_eq!(
        new_in(text),
        ["a.example", "b.example", "xn--bcher-kva.example"]
    );
    assert_eq!(list("").lines, []);
    assert_eq!(list(" \n\t\n").lines, []);
}

#[test]
fn every_line_is_accounted_for_with_its_number() {
    let list =
        list("new.example\nknown.example\n\nNEW.example\ntwo words\nhttps://\nWWW.known.example");
    let verdicts: Vec<(usize, &Verdict)> = list
        .lines
        .iter()
        .map(|one| (one.line, &one.verdict))
        .collect();
    assert_eq!(
        verdicts,
        [
            (1, &Verdict::New(name("new.example"))),
            (2, &Verdict::Known(name("known.example"))),
            (
                4,
                &Verdict::Again {
                    name: name("new.example"),
                    first: 1
                }
            ),
            (5, &Verdict::Wrong(DomainInputError::InnerSpace)),
            (6, &Verdict::Wrong(DomainInputError::Empty)),
            (
                7,
                &Verdict::Again {
                    name: name("known.example"),
                    first: 2
                }
            ),
        ]
    );
}

#[test]
fn column_with_domain_heading_is_read() {
    let table = "Customer;Web site;Domain Name\nAcme;x;a.example\n\"B; Co\";y;b.example";
    assert_eq!(new_in(table), ["a.example", "b.example"]);
    assert!(!list(table).only_first_column);
    assert_eq!(new_in("domain\na.example"), ["a.example"]);
}

#[test]
fn table_without_headings_uses_first_column() {
    let table = "a.example,web@a.example\nb.example,web@b.example";
    assert_eq!(new_in(table), ["a.example", "b.example"]);
    assert!(list(table).only_first_column);
    assert!(!list("a.example\nb.example").only_first_column);
}

#[test]
fn unmatched_quotation_mark_affects_only_its_line() {
    let list = list("a.example\n\"b.example\nc.example");
    let new: Vec<&str> = list.new_domains().map(DomainName::as_str).collect();
    assert_eq!(new, ["a.example", "c.example"]);
    assert!(matches!(list.lines[1].verdict, Verdict::Wrong(_)));
}
