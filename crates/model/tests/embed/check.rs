//! Tests the check of well-formed pages.

use switchboard_api::EmbedCode;
use switchboard_model::embed::{Finding, Part, Severity, check};

use super::{LINE, LINK, SOCKET, assert_found, both_found, code, page, sliced};

const LINK_URL: &str = "https://acme.chat.example/widget.js?domain=shop.example&v=2";

#[test]
fn codes_at_the_end_of_the_body_are_good() {
    let html = page(&format!("{LINK}\n{SOCKET}"));
    assert_found(&html, &both_found(LINE, LINE + 1));
    let installation = check(&html, &code());
    assert_eq!(installation.severity(), Severity::Good);
    assert!(installation.has(Part::Link) && installation.has(Part::SocketLink));
}

#[test]
fn page_without_codes_misses_both() {
    let missing = |part| Finding::Missing { part };
    let not_in_html = |part| Finding::NotInHtml { part };
    assert_found(&page(""), &[missing(Part::Link), missing(Part::SocketLink)]);
    let manager =
        r#"<script async src="https://www.googletagmanager.com/gtm.js?id=GTM-1"></script>"#;
    assert_found(
        &page(manager),
        &[
            not_in_html(Part::Link),
            not_in_html(Part::SocketLink),
            Finding::TagManager { line: LINE },
        ],
    );
    let inline =
        "<script>(function(w){j.src='https://www.googletagmanager.com/gtm.js?id='+i})()</script>";
    assert!(
        check(&page(inline), &code())
            .findings
            .contains(&Finding::TagManager { line: LINE })
    );
}

#[test]
fn missing_second_code_is_reported() {
    assert_found(
        &page(SOCKET),
        &[
            Finding::Missing { part: Part::Link },
            Finding::Found {
                part: Part::SocketLink,
                line: LINE,
            },
        ],
    );
}

#[test]
fn text_of_a_code_that_visitors_see_is_reported() {
    let code = EmbedCode {
        link: format!("window.chat = 7;\n{LINK}"),
        ..code()
    };
    let shown = Finding::ShownText {
        part: Part::Link,
        line: LINE,
        text: "window.chat = 7;".to_owned(),
    };
    for (link, is_shown) in [
        (code.link.clone(), true),
        (format!("<script>window.chat = 7;</script>{LINK}"), false),
        (LINK.to_owned(), false),
    ] {
        let checked = check(&page(&format!("{link}\n{SOCKET}")), &code);
        assert_eq!(checked.findings.contains(&shown), is_shown, "{checked:?}");
        assert_eq!(checked.severity() == Severity::Good, !is_shown, "{link}");
    }
}

#[test]
fn slices_give_the_same_findings() {
    let paragraphs = "<p>Text &amp; more</p>\n".repeat(1_000);
    let html = page(&format!("{paragraphs}{LINK}\n{SOCKET}<p title='"));
    let (installation, pauses) = sliced(&html);
    assert_eq!(installation, check(&html, &code()));
    assert!(pauses >= 10, "{pauses}");
}

#[test]
fn wrong_order_is_reported_with_both_lines() {
    let html = page(&format!("{SOCKET}\n{LINK}"));
    let mut expected = vec![Finding::WrongOrder {
        link: LINE + 1,
        socket_link: LINE,
    }];
    expected.extend(both_found(LINE + 1, LINE));
    assert_found(&html, &expected);
}

#[test]
fn repeated_code_is_reported_with_all_lines() {
    let html = page(&format!("{LINK}\n{SOCKET}\n{LINK}"));
    let mut expected = vec![Finding::Repeated {
        part: Part::Link,
        lines: vec![LINE, LINE + 2],
    }];
    expected.extend(both_found(LINE, LINE + 1));
    assert_found(&html, &expected);
}

#[test]
fn identical_codes_may_occur_twice() {
    let same = EmbedCode {
        link: SOCKET.to_owned(),
        socket_link: SOCKET.to_owned(),
    };
    let twice = page(&format!("{SOCKET}\n{SOCKET}"));
    assert_eq!(check(&twice, &same).severity(), Severity::Good);
    let thrice = page(&format!("{SOCKET}\n{SOCKET}\n{SOCKET}"));
    assert_eq!(check(&thrice, &same).severity(), Severity::Warning);
}

#[test]
fn unusual_place_of_a_code_is_reported() {
    let head = format!("<html><head>\n{LINK}\n{SOCKET}</head><body></body></html>");
    let in_head = |part, line| Finding::InHead { part, line };
    let mut expected = vec![in_head(Part::Link, 2), in_head(Part::SocketLink, 3)];
    expected.extend(both_found(2, 3));
    assert_found(&head, &expected);

    let after = format!("<html><head></head><body>\n{LINK}\n</body>\n{SOCKET}</html>");
    let mut expected = vec![Finding::AfterBody {
        part: Part::SocketLink,
        line: 4,
    }];
    expected.extend(both_found(2, 4));
    assert_found(&after, &expected);
}

#[test]
fn page_fragment_is_checked() {
    assert_found(&format!("{LINK}\n{SOCKET}"), &both_found(1, 2));
}

#[test]
fn code_of_another_domain_is_altered() {
    let other = LINK.replace("shop.example", "blog.example");
    assert_found(
        &page(&format!("{other}\n{SOCKET}")),
        &[
            Finding::Altered {
                part: Part::Link,
                line: LINE,
                expected: LINK_URL.to_owned(),
                found: LINK_URL.replace("shop.example", "blog.example"),
            },
            Finding::Found {
                part: Part::SocketLink,
                line: LINE + 1,
            },
        ],
    );
}

#[test]
fn foreign_script_of_the_same_host_is_reported() {
    let html = page(&format!(
        "{LINK}\n{SOCKET}\n<script src=//acme.chat.example/w/77.js></script>"
    ));
    let mut expected = vec![Finding::OtherCode {
        address: "//acme.chat.example/w/77.js".to_owned(),
        line: LINE + 2,
    }];
    expected.extend(both_found(LINE, LINE + 1));
    assert_found(&html, &expected);
}

#[test]
fn code_over_http_is_reported() {
    let html = page(&format!("{}\n{SOCKET}", LINK.replace("https:", "http:")));
    let mut expected = vec![Finding::Insecure {
        part: Part::Link,
        line: LINE,
    }];
    expected.extend(both_found(LINE, LINE + 1));
    assert_found(&html, &expected);
}

#[test]
fn code_is_complete_only_with_all_elements() {
    let code = EmbedCode {
        link: "<!-- Chat -->\n<div id=\"chat\" data-key='k1'></div>\n<script>window.chat = { id: \"7\" };</script>\n\
               <script src='https://acme.chat.example/w.js' id=loader></script>\n<noscript><img src=//x.example/p></noscript>"
            .to_owned(),
        socket_link: String::new(),
    };
    let whole = "<div data-key=k1 id=chat class=x></div><script>window.chat={id:'7'}</script>\n\
                 <script defer id=loader src=https://acme.chat.example/w.js></script>";
    let not_given = Finding::NotGiven {
        part: Part::SocketLink,
    };
    let found = Finding::Found {
        part: Part::Link,
        line: LINE,
    };
    assert_eq!(
        check(&page(whole), &code).findings,
        [not_given.clone(), found.clone()]
    );

    let half = whole
        .replace("chat={id:'7'}", "chat={id:'8'}")
        .replace("k1", "k2");
    assert_eq!(
        check(&page(&half), &code).findings,
        [
            Finding::Incomplete {
                part: Part::Link,
                line: LINE + 1,
                lacking: vec![
                    "<div id=\"chat\" data-key=\"k1\">".to_owned(),
                    "window.chat = { id: \"7\" };".to_owned(),
                ],
            },
            not_given.clone(),
        ]
    );

    let changed = whole.replace("id=loader", "id=optimised");
    assert_eq!(
        check(&page(&changed), &code).findings,
        [
            Finding::AttributeChanged {
                part: Part::Link,
                line: LINE + 1,
                name: "id".to_owned(),
                expected: "loader".to_owned(),
            },
            not_given,
            found,
        ]
    );
}

#[test]
fn bare_address_is_found_in_any_loading_element() {
    let code = EmbedCode {
        link: " https://acme.chat.example/w?d=1\n".to_owned(),
        socket_link: "//acme.chat.example/s.js".to_owned(),
    };
    for html in [
        "<script src='https://acme.chat.example/w?d=1'></script><script src=https://acme.chat.example/s.js></script>",
        "<iframe src='//acme.chat.example/w?d=1'></iframe><script src=//ACME.chat.example/s.js></script>",
    ] {
        assert_eq!(
            check(&page(html), &code).findings,
            both_found(LINE, LINE),
            "{html}"
        );
    }
    let shown = check(&page("<p>https://acme.chat.example/w?d=1</p>"), &code).findings;
    assert_eq!(shown[0], Finding::Missing { part: Part::Link });
    assert_eq!(
        shown[2],
        Finding::Inert {
            part: Part::Link,
            line: LINE,
            why: switchboard_model::embed::Inert::ShownAsText
        }
    );
    let prepared = "<link rel=preload as=script href='//acme.chat.example/s.js'>";
    assert!(!check(&page(prepared), &code).has(Part::SocketLink));
}

#[test]
fn bare_script_is_found_in_an_element() {
    let code = EmbedCode {
        link: "(function(){var s=document.createElement('script');s.src='https://acme.chat.example/w.js';if(a<b && c>d){x()}})();".to_owned(),
        socket_link: String::new(),
    };
    let html = page(&format!("<script>\n{}\n</script>", code.link));
    assert!(check(&html, &code).has(Part::Link));
}

#[test]
fn empty_page_and_empty_code_are_reported() {
    let missing = [Part::Link, Part::SocketLink].map(|part| Finding::Missing { part });
    for empty in ["", "   \n", "hello"] {
        let findings = check(empty, &code()).findings;
        assert_eq!(findings[0], Finding::NoHtml, "{empty}");
        assert_eq!(findings[1..], missing, "{empty}");
    }
    let nothing = EmbedCode {
        link: " <!-- chat --> ".to_owned(),
        socket_link: String::new(),
    };
    assert_eq!(
        check(&page(""), &nothing).findings,
        [Part::Link, Part::SocketLink].map(|part| Finding::NotGiven { part })
    );
}
