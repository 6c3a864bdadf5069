//! Addresses in every form in which codes and pages write them.

use super::*;

#[track_caller]
fn hosts(text: &str, expected: &[&str]) {
    let hosts: Vec<String> = addresses_in(text)
        .into_iter()
        .filter_map(|address| address.host)
        .collect();
    assert_eq!(hosts, expected, "{text}");
}

#[test]
fn an_address_is_taken_apart_whatever_its_form() {
    let address = Address::parse(" HTTPS://ada@Chat.Example:443/w.js?a=1&b#top\n");
    assert_eq!(
        address,
        Some(Address {
            scheme: Some(Scheme::Https),
            host: Some("chat.example".to_owned()),
            port: None,
            path: "/w.js".to_owned(),
            query: "a=1&b".to_owned(),
        })
    );
    let relative = Address::parse("//chat.example").map(|address| (address.scheme, address.path));
    assert_eq!(relative, Some((None, "/".to_owned())));
    for nothing in [
        "",
        "#",
        "data:text/plain,x",
        "javascript:x()",
        "https://",
        "//",
        "http://a b/",
    ] {
        assert_eq!(Address::parse(nothing), None, "{nothing}");
    }
    assert_eq!(
        Address::parse("http://[::1]:8080/x").and_then(|address| address.host),
        Some("[::1]".to_owned())
    );
}

#[test]
fn addresses_in_scripts_are_found_and_comments_ignored() {
    hosts(
        "s.src='https://a.example/x.js'; // see below",
        &["a.example"],
    );
    hosts(r#"s.src="\/\/b.example\/x.js";"#, &["b.example"]);
    hosts("new WebSocket(`wss://c.example`)", &["c.example"]);
    hosts("//remark.about something\n\"//\" + host", &[]);
    hosts("x = 1; //remark", &[]);
    hosts("'https://' + host + '/x', 'https://cdn.' + host", &[]);
    hosts("https://${host}/x", &[]);
}

#[test]
fn added_parameters_do_not_matter_and_missing_ones_do() {
    let code = Address::parse("https://a.example/w.js?d=1&e=2");
    let page = Address::parse("//A.example:443/w.js?ver=6&e=2&d=1");
    let other = Address::parse("//a.example/w.js?d=1");
    let (Some(code), Some(page), Some(other)) = (code, page, other) else {
        panic!("not read");
    };
    assert!(code.parameters_are_in(&page));
    assert!(code.same_file(&other) && !code.parameters_are_in(&other));
}
