//! Tests of the sentences for each state of a page.

use switchboard_api::{DomainName, EmbedCode};
use switchboard_model::embed::check;

use super::*;

const LINK: &str = "<script src=https://a.example/w.js?d=1 id=chat async></script>";
const SOCKET: &str = "<script src=https://a.example/s.js></script>";

/// Checks a page with this body, and describes the findings.
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
fn each_state_of_a_page_has_its_own_words() {
    let inside = |before: &str, after: &str| format!("{before}{LINK}{after}\n{SOCKET}");
    for (body, title, advice) in [
        (
            format!("{LINK}\n{SOCKET}"),
            "link is complete, on line 2",
            "",
        ),
        (SOCKET.to_owned(), "link is missing", "above socketLink"),
        (LINK.to_owned(), "socketLink is missing", "below link"),
        (
            format!("{SOCKET}\n{LINK}"),
            "wrong order",
            "socketLink on line 2 comes before link on line 3",
        ),
        (
            format!("{LINK}\n{SOCKET}\n{LINK}"),
            "link is in the page 2 times",
            "On lines 2 and 4.",
        ),
        (
            inside("<!--", "-->"),
            "link on line 2 has no effect",
            "inside a comment",
        ),
        (
            inside("<noscript>", "</noscript>"),
            "has no effect",
            "noscript",
        ),
        (
            inside("<template>", "</template>"),
            "has no effect",
            "template",
        ),
        (
            inside("<script>go();\n", ""),
            "link on line 3 has no effect",
            "begins on line 2",
        ),
        (
            format!("{LINK}\n > {SOCKET}"),
            "socketLink on line 3 is quoted",
            "View page source",
        ),
        (
            inside("<textarea>", "</textarea>"),
            "has no effect",
            "textarea",
        ),
        (
            format!("<p>{}</p>\n{SOCKET}", LINK.replace('<', "&lt;")),
            "has no effect",
            "escaped",
        ),
        (
            format!("{LINK}\n{SOCKET}").replace("d=1", "d=2"),
            "link on line 2 is different",
            "w.js?d=1",
        ),
        (
            format!("{LINK}\n{SOCKET}").replace(" id=chat", ""),
            "has lost its id",
            "“chat”",
        ),
        (
            format!("{LINK}\n{SOCKET}").replace("https:", "http:"),
            "loads over http",
            "https",
        ),
        (
            format!("{LINK}\n{SOCKET}").replace("<script ", "<script type=text/plain "),
            "blocked for now",
            "text/plain",
        ),
        (
            format!("<script>load('https://a.example/w.js?d=1')</script>{SOCKET}"),
            "link is only named, on line",
            "does not show",
        ),
        (
            format!("{LINK}\n{SOCKET}<script src=//a.example/z.js></script>"),
            "Another script",
            "//a.example/z.js",
        ),
        (
            "<script src=https://www.googletagmanager.com/gtm.js></script>".to_owned(),
            "Tag Manager, on line 2",
            "Custom HTML",
        ),
        (
            "<script src=https://www.googletagmanager.com/gtm.js></script>".to_owned(),
            "link is not in this HTML",
            "another way",
        ),
        (
            "<script src=app.js></script>".to_owned(),
            "creates this page's content, on line 2",
            "Check that the chat is on the page",
        ),
        (
            "<script src=News_files/w.js></script>".to_owned(),
            "saved this page, as line 2 shows",
            "View page source",
        ),
        (inside("<svg>", "</svg>"), "has no effect", "svg"),
        (
            format!("{LINK}\n{SOCKET}").replace(" async", " nomodule"),
            "has no effect",
            "Remove nomodule",
        ),
        (
            SOCKET.replace("=https://a.example/s.js", "=“https://a.example/s.js”"),
            "socketLink on line 2 has no effect",
            "quotation marks",
        ),
        (
            inside("{% comment %}", "{% endcomment %}"),
            "link on line 2 is inside a comment of a template",
            "Move the code out",
        ),
        (
            format!("{LINK}\n{SOCKET}").replace(" async", " integrity=sha256-x="),
            "link on line 2 has an extra integrity",
            "hash",
        ),
        (
            format!("{LINK}\n{SOCKET}").replace(" async", " crossorigin"),
            "link on line 2 has an extra crossorigin",
            "allows other websites",
        ),
        (
            format!("{LINK}\n{SOCKET}").replace(" async", " type=module"),
            "has an extra type=\"module\"",
            "allows other websites",
        ),
        (
            inside("<div><template shadowrootmode=open>", "</template></div>"),
            "link on line 2 is inside a shadow root",
            "Move it out",
        ),
        (
            format!("{LINK}\n{SOCKET}<!-- "),
            "is cut off",
            "inside a comment",
        ),
        (
            format!("{LINK}\n{SOCKET}<script>"),
            "is cut off",
            "inside an element",
        ),
        (
            format!("{LINK}\n{SOCKET}<p title=\""),
            "is cut off",
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
fn findings_in_fragments_and_unusual_pages_have_words() {
    let code = EmbedCode {
        link: format!("<div id=chat></div>{LINK}"),
        socket_link: String::new(),
    };
    let told = |html: &str| -> Vec<Told> { check(html, &code).findings.iter().map(tell).collect() };
    let texts = |html: &str| format!("{:?}", told(html));
    assert!(texts("hello").contains("This is not HTML"));
    assert!(texts(&format!("Hello, {LINK}")).contains("not a page"));
    let after = format!("<body></body><div id=chat></div>{LINK}");
    assert!(texts(&after).contains("link comes after </body>"));
    assert!(texts("<p>").contains("has no socketLink"));
    assert!(texts(LINK).contains("Missing: <div id="));
    let bare = EmbedCode {
        link: format!("window.chat = 7;\n{LINK}"),
        socket_link: SOCKET.to_owned(),
    };
    let html = format!("<html><body>\n{}\n{SOCKET}</body></html>", bare.link);
    let shown = format!(
        "{:?}",
        check(&html, &bare)
            .findings
            .iter()
            .map(tell)
            .collect::<Vec<_>>()
    );
    assert!(
        shown.contains("Visitors see text of link, on line 2")
            && shown.contains("“window.chat = 7;”"),
        "{shown}"
    );
    let head = format!("<html><head>{LINK}</head><body></body>");
    assert!(texts(&head).contains("is in the head"));
    let frames = format!("<html><frameset>{LINK}</frameset>");
    assert!(texts(&frames).contains("consists of frames"));
}

#[test]
fn blocked_source_is_described_with_what_to_allow() {
    let told = |policy: &str, link: &str| {
        let code = EmbedCode {
            link: link.to_owned(),
            socket_link: SOCKET.to_owned(),
        };
        let html = format!(
            "<head>\n<meta http-equiv=Content-Security-Policy content=\"{policy}\"></head>{link}{SOCKET}"
        );
        let findings = check(&html, &code).findings;
        format!("{:?}", findings.iter().map(tell).collect::<Vec<_>>())
    };
    let script = told("script-src 'self'", LINK);
    assert!(script.contains("policy of this page on line 2 blocks the code"));
    assert!(script.contains("Add https://a.example to script-src in this"));
    let connect = told("connect-src https://a.example", LINK);
    assert!(connect.contains("on line 2 may block the chat"));
    assert!(connect.contains("Add wss://a.example to connect-src in this"));
    let strict = told("script-src 'strict-dynamic' 'nonce-1'", LINK);
    assert!(strict.contains("Give the script element a nonce"));
    assert!(!strict.contains("Add https://a.example"));
    let inline = told("script-src https:", "<script>chat()</script>");
    assert!(inline.contains("Allow the inline script by a nonce"));
}

#[test]
fn complete_code_of_another_domain_is_a_warning() {
    let code = EmbedCode {
        link: "<script src=https://a.example/w.js?domain=old.example></script>".to_owned(),
        socket_link: SOCKET.to_owned(),
    };
    let html = format!("<html><body>{}{SOCKET}</body></html>", code.link);
    let domain = "new.example".parse().expect("a domain of the test");
    let installation = check(&html, &code).kept_for(&domain, &code, None);
    assert_eq!(summary(installation.severity()).0, Tone::Warn);
    let told = tell(&installation.findings[0]);
    assert_eq!(told.title, "The code names old.example");
    assert!(
        told.advice.contains("saved for new.example"),
        "{}",
        told.advice
    );
}

#[test]
fn code_without_a_name_is_a_warning_after_a_rename_only() {
    let code = EmbedCode {
        link: "<script src=https://a.example/w.js?key=7></script>".to_owned(),
        socket_link: SOCKET.to_owned(),
    };
    let html = format!("<html><body>{}{SOCKET}</body></html>", code.link);
    let [domain, former] = ["new.example", "old.example"]
        .map(|name| -> DomainName { name.parse().expect("a domain of the test") });
    let checked = |former| check(&html, &code).kept_for(&domain, &code, former);
    assert_ne!(summary(checked(None).severity()).0, Tone::Warn);
    let installation = checked(Some(&former));
    assert_eq!(summary(installation.severity()).0, Tone::Warn);
    let told = tell(&installation.findings[0]);
    assert_eq!(told.title, "The code was received for old.example");
}

#[test]
fn each_fault_of_a_code_has_its_own_words() {
    for (snippet, words) in [
        (
            LINK.replace("=https", "=”https"),
            "link like this. An editor",
        ),
        (format!("<!-- {LINK} -->"), "inside a comment"),
        (LINK.replace(" src", " data-src"), "(data-src)"),
        (LINK.replace("</script>", ""), "link is cut off"),
        ("<script></script>".to_owned(), "cannot read link"),
        (format!("> {LINK}"), "link is quoted"),
        (LINK.replace(" async", " type=module"), "type=\"module\""),
    ] {
        let fault = switchboard_model::embed::fault(&snippet).expect("a fault");
        let text = fault_text(Part::Link, &fault);
        assert!(text.contains(words) && !text.contains(['{', '}']), "{text}");
    }
}

#[test]
fn module_of_the_vendor_is_a_warning() {
    let code = EmbedCode {
        link: LINK.replace(" async", " type=module"),
        socket_link: SOCKET.to_owned(),
    };
    let html = format!("<html><body>{}{SOCKET}</body></html>", code.link);
    let installation = check(&html, &code);
    assert_eq!(summary(installation.severity()).0, Tone::Warn);
    assert_eq!(
        tell(&installation.findings[0]).title,
        "link on line 1 has type=\"module\""
    );
}
