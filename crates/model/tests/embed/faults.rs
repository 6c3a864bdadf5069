//! Tests codes that browsers do not run as they are: what is said when one is pasted, and on a page that contains it.

use switchboard_api::EmbedCode;
use switchboard_model::embed::{
    Doubt, Fault, Inert, Part, Severity, check, doubts, fault, unexpected_hosts,
};

use super::{LINK, SOCKET, code, page};

/// An inline code of the vendor, which loads a script.
const INLINE: &str = "<script>window.chat = { id: '7' }; load('https://acme.chat.example/w.js?domain=shop.example')</script>";

/// Returns codes that an editor or a tool has changed, with the fault of each and the code that the vendor sent.
fn changed_codes() -> Vec<(String, Fault, &'static str)> {
    let quotes = Fault::Inert(Inert::Quotes);
    let held_back = |by: &str| Fault::HeldBack(by.to_owned());
    let escaped = LINK.replace('<', "&lt;").replace('>', "&gt;");
    let without_end = LINK.replace("</script>", "");
    let wrapped = [
        ("<!-- ", " -->", Inert::Comment),
        ("<noscript>", "</noscript>", Inert::NoScript),
        ("<template id=chat>", "</template>", Inert::Template),
        ("<textarea>", "</textarea>", Inert::TextElement),
        ("<svg>", "</svg>", Inert::Svg),
    ]
    .map(|(start, end, why)| (format!("{start}{LINK}{end}"), Fault::Inert(why), LINK));
    let mut changed = vec![
        (LINK.replace('"', "”"), quotes.clone(), LINK),
        (LINK.replace('"', "&quot;"), quotes.clone(), LINK),
        (
            LINK.replace("=\"", "=\"“").replace("\" ", "”\" "),
            quotes.clone(),
            LINK,
        ),
        (LINK.replace("\" async", "” async"), Fault::CutOff, LINK),
        (INLINE.replace('\'', "’"), quotes.clone(), INLINE),
        (INLINE.replace('\'', "&#39;"), quotes.clone(), INLINE),
        (escaped, Fault::Inert(Inert::ShownAsText), LINK),
        (LINK.replace(' ', "\u{a0}"), Fault::Unreadable, LINK),
        (LINK.replacen(' ', "\u{200b} ", 1), Fault::Unreadable, LINK),
        (
            LINK.replace(" src", " data-src"),
            held_back("data-src"),
            LINK,
        ),
        (
            LINK.replace(" src", " type=text/plain src"),
            held_back("text/plain"),
            LINK,
        ),
        (
            INLINE.replace("<script", "<script type=text/plain"),
            held_back("text/plain"),
            INLINE,
        ),
        (
            LINK.replace(" src", " for=window event=onclick src"),
            held_back("event"),
            LINK,
        ),
        (
            LINK.replace(" async", " nomodule"),
            Fault::Inert(Inert::NoModule),
            LINK,
        ),
        (without_end, Fault::CutOff, LINK),
        (LINK[..60].to_owned(), Fault::CutOff, LINK),
        (format!("> {LINK}"), Fault::Quoted, LINK),
        (
            format!("window.chat = 7;\n{LINK}"),
            Fault::Inert(Inert::ShownAsText),
            LINK,
        ),
        (format!("<!-- {LINK}"), Fault::CutOff, LINK),
    ];
    changed.extend(wrapped);
    changed
}

fn with_link(link: &str) -> EmbedCode {
    EmbedCode {
        link: link.to_owned(),
        socket_link: SOCKET.to_owned(),
    }
}

#[test]
fn code_that_browsers_do_not_run_is_doubted() {
    let domain = "shop.example".parse().expect("a domain");
    let base_url = "https://acme.chat.example/".parse().expect("a URL");
    for (link, fault, _) in changed_codes() {
        let doubt = Doubt::Faulty {
            part: Part::Link,
            fault,
        };
        let doubts = doubts(&with_link(&link), &domain, &base_url);
        assert!(doubts.contains(&doubt), "{link}: {doubts:?}");
    }
}

#[test]
fn copy_of_a_code_that_does_not_run_is_never_good() {
    for (link, ..) in changed_codes() {
        for html in [
            page(&format!("{link}\n{SOCKET}")),
            page(&format!("{SOCKET}\n{link}")),
            format!("{link}\n{SOCKET}"),
        ] {
            let installation = check(&html, &with_link(&link));
            assert!(
                installation.severity() <= Severity::Warning,
                "{html}: {installation:?}"
            );
        }
    }
}

#[test]
fn repaired_code_in_a_page_is_good() {
    for (link, _, repaired) in changed_codes() {
        // Nothing says what was cut off.
        if link.len() < LINK.len() && !link.ends_with("async>") {
            continue;
        }
        let installation = check(&page(&format!("{repaired}\n{SOCKET}")), &with_link(&link));
        assert_eq!(
            installation.severity(),
            Severity::Good,
            "{link}: {installation:?}"
        );
        let base_url = "https://chat.test/".parse().expect("a URL");
        assert_eq!(
            unexpected_hosts(&with_link(&link), &base_url),
            ["acme.chat.example"],
            "{link}"
        );
    }
}

#[test]
fn module_depends_on_the_chats_server() {
    let link = LINK.replace(" async", " type=module");
    assert_eq!(fault(&link), Some(Fault::Module));
    let html = page(&format!("{link}\n{SOCKET}"));
    assert_eq!(
        check(&html, &with_link(&link)).severity(),
        Severity::Warning
    );
}

#[test]
fn code_that_runs_has_no_fault() {
    for snippet in [
        LINK,
        SOCKET,
        INLINE,
        "",
        "hello",
        "https://acme.chat.example/w.js",
        "load('“”'); if (a < b) { c() }",
        "<div id=chat></div>",
        "<chat-widget domain=shop.example></chat-widget>",
        "<!-- Chat --><script>a = '“b”' // don’t</script>\n<noscript><img src=//x.example/p></noscript>",
        "<script type=application/json id=chat>{}</script><script src=//a.example/w.js></script>",
        "<script data-src='https://a.example/w.js'>load(document.currentScript.dataset.src)</script>",
        "<!--[if IE]><script src=//a.example/ie.js></script><![endif]--><script src=//a.example/w.js></script>",
    ] {
        assert_eq!(fault(snippet), None, "{snippet}");
    }
    assert_eq!(
        check(&page(&format!("{LINK}{SOCKET}")), &code()).severity(),
        Severity::Good
    );
}

#[test]
fn markup_without_a_script_is_unreadable() {
    for snippet in [
        "<!-- chat -->",
        "<script></script>",
        "<script&nbsp;src=//a.example/w.js></script>",
    ] {
        assert_eq!(fault(snippet), Some(Fault::Unreadable), "{snippet}");
    }
}
