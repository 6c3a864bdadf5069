use super::*;

#[test]
fn a_source_covers_what_browsers_let_it_cover() {
    let covers = |source: &str, address: &str| {
        Address::parse(address).is_some_and(|address| matches(source, &address))
    };
    for (source, covered, others) in [
        (
            "*",
            &["https://a.example/w.js", "wss://a.example/"][..],
            &[][..],
        ),
        (
            "https:",
            &["https://a.example/", "//a.example/"],
            &["http://a.example/", "wss://a.example/"],
        ),
        (
            "wss:",
            &["wss://a.example/"],
            &["https://a.example/", "ws://a.example/"],
        ),
        (
            "http:",
            &["https://a.example/", "http://a.example/"],
            &["ws://a.example/"],
        ),
        (
            "a.example",
            &["https://a.example/w.js", "http://a.example/"],
            &[
                "https://b.a.example/",
                "https://a.example:8443/",
                "wss://a.example/",
            ],
        ),
        (
            "https://A.example",
            &["https://a.example/w.js"],
            &["http://a.example/"],
        ),
        (
            "https://*.a.example",
            &["https://b.a.example/", "https://c.b.a.example/"],
            &["https://a.example/", "https://ba.example/"],
        ),
        (
            "https://a.example:443",
            &["https://a.example/"],
            &["https://a.example:8443/"],
        ),
        (
            "https://a.example:8443",
            &["https://a.example:8443/"],
            &["https://a.example/"],
        ),
        (
            "https://a.example:*",
            &["https://a.example:8443/", "https://a.example/"],
            &["https://b.example/"],
        ),
        ("https://a.example/", &["https://a.example/w.js"], &[]),
        (
            "https://a.example/c/",
            &["https://a.example/c/w.js"],
            &["https://a.example/w.js", "https://a.example/C/w.js"],
        ),
        (
            "https://a.example/w.js",
            &["https://a.example/w.js?d=1"],
            &["https://a.example/w.js/x"],
        ),
        (
            "https://a.example/w.js?d=2#x",
            &["https://a.example/w.js?d=1"],
            &["https://a.example/v.js?d=2"],
        ),
        (
            "https://a.example/%77idget%2ejs",
            &[
                "https://a.example/widget.js",
                "https://a.example/widge%74.js",
            ],
            &["https://a.example/%77idget%2ejs%2"],
        ),
        ("'self'", &[], &["https://self/", "https://a.example/"]),
    ] {
        assert!(
            covered.iter().all(|address| covers(source, address)),
            "{source}"
        );
        assert!(
            !others.iter().any(|address| covers(source, address)),
            "{source}"
        );
    }
}
