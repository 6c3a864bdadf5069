//! The sentences that each state of a page is told in.

use switchboard_api::EmbedCode;
use switchboard_model::embed::check;

use super::*;

const LINK: &str = "<script src=https://a.example/w.js?d=1 id=chat async></script>";
const SOCKET: &str = "<script src=https://a.example/s.js></script>";

/// What the check tells of a body.
fn told(body: &str) -> Vec<Told> {
    let code = EmbedCode {
        link: LINK.to_owned(),
        socket_link: SOCKET.to_owned(),
    };
    let html = format!("<html><head></head><body>\n{body}\n</body></html>");
    let findings = check(&html, &code).findings;
    findings.iter().map(tell).collect()
}

#[test]
fn every_state_of_a_page_is_told_in_its_own_words_with_what_to_do() {
    let inside = |before: &str, after: &str| format!("{before}{LINK}{after}\n{SOCKET}");
    for (body, title, advice) in [
        (
            format!("{LINK}\n{SOCKET}"),
            "link is there, whole, in line 2",
            "",
        ),
        (SOCKET.to_owned(), "link is missing", "above socketLink"),
        (LINK.to_owned(), "socketLink is missing", "below link"),
        (
            format!("{SOCKET}\n{LINK}"),
            "wrong order",
            "socketLink in line 2 comes before link in line 3",
        ),
        (
            format!("{LINK}\n{SOCKET}\n{LINK}"),
            "link is there 2 times",
            "In the lines 2, 4.",
        ),
        (
            inside("<!--", "-->"),
            "link in line 2 does nothing",
            "inside a comment",
        ),
        (
            inside("<noscript>", "</noscript>"),
            "does nothing",
            "noscript",
        ),
        (
            inside("<template>", "</template>"),
            "does nothing",
            "template",
        ),
        (
            inside("<textarea>", "</textarea>"),
            "does nothing",
            "textarea",
        ),
        (
            format!("<p>{}</p>\n{SOCKET}", LINK.replace('<', "&lt;")),
            "does nothing",
            "escaped",
        ),
        (
            format!("{LINK}\n{SOCKET}").replace("d=1", "d=2"),
            "link in line 2 is another one",
            "w.js?d=1",
        ),
        (
            format!("{LINK}\n{SOCKET}").replace(" id=chat", ""),
            "has lost its id",
            "“chat”",
        ),
        (
            format!("{LINK}\n{SOCKET}").replace("https:", "http:"),
            "loaded over http",
            "https",
        ),
        (
            format!("{LINK}\n{SOCKET}").replace("<script ", "<script type=text/plain "),
            "held back",
            "text/plain",
        ),
        (
            format!("<script>load('https://a.example/w.js?d=1')</script>{SOCKET}"),
            "named by a script",
            "cannot be told",
        ),
        (
            format!("{LINK}\n{SOCKET}<script src=//a.example/z.js></script>"),
            "Another script",
            "//a.example/z.js",
        ),
        (
            "<script src=https://www.googletagmanager.com/gtm.js></script>".to_owned(),
            "Tag Manager, in line 2",
            "Custom HTML",
        ),
        (
            format!("{LINK}\n{SOCKET}<!-- "),
            "breaks off",
            "inside a comment",
        ),
        (
            format!("{LINK}\n{SOCKET}<script>"),
            "breaks off",
            "inside an element",
        ),
        (
            format!("{LINK}\n{SOCKET}<p title=\""),
            "breaks off",
            "inside a tag",
        ),
    ] {
        let told = told(&body);
        let is_told = told
            .iter()
            .any(|one| one.title.contains(title) && one.advice.contains(advice));
        assert!(is_told, "{body}\n{told:#?}");
        let is_filled = |text: &str| !text.contains(['{', '}']);
        assert!(
            told.iter()
                .all(|one| is_filled(&one.title) && is_filled(&one.advice)),
            "{told:#?}"
        );
    }
}

#[test]
fn what_needs_no_whole_page_is_told_too() {
    let code = EmbedCode {
        link: format!("<div id=chat></div>{LINK}"),
        socket_link: String::new(),
    };
    let told = |html: &str| -> Vec<Told> { check(html, &code).findings.iter().map(tell).collect() };
    let texts = |html: &str| format!("{:?}", told(html));
    assert!(texts("hello").contains("This is not HTML"));
    let after = format!("<body></body><div id=chat></div>{LINK}");
    assert!(texts(&after).contains("link comes after </body>"));
    assert!(texts("<p>").contains("There is no socketLink"));
    assert!(texts(LINK).contains("This is missing: <div id="));
    let head = format!("<html><head>{LINK}</head><body></body>");
    assert!(texts(&head).contains("is in the head"));
}
