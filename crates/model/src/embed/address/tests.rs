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
            has_credentials: true,
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
fn browsers_normalise_slashes_and_dots() {
    for address in [
        r"http:\\chat.example\w.js?a=\",
        r"\\chat.example/w.js?a=\",
        r"//chat.example/./x/../w.js?a=\",
    ] {
        let read = Address::parse(address).expect(address);
        assert_eq!(read.host.as_deref(), Some("chat.example"), "{address}");
        assert_eq!((&*read.path, &*read.query), ("/w.js", r"a=\"), "{address}");
    }
    let path = |path: &str| Address::parse(&format!("//a.example{path}")).map(|read| read.path);
    for (written, requested) in [("/..", "/"), ("/a/.", "/a/"), ("/a/b/../", "/a/")] {
        assert_eq!(path(written).as_deref(), Some(requested));
    }
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

#[test]
fn first_of_several_parameters_with_one_name_counts() {
    let are_in = |code: &str, page: &str| {
        let [code, page] = [code, page]
            .map(|query| Address::parse(&format!("//a.example/w.js?{query}")).expect("an address"));
        code.parameters_are_in(&page)
    };
    assert!(are_in("d=1", "d=1&d=2"));
    assert!(!are_in("d=1", "d=2&d=1"));
    assert!(are_in("d=1&d=2", "d=1&x&d=2"));
    assert!(!are_in("d=1&d=2", "d=1"));
}
