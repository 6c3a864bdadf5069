//! Tests the check of difficult pages: minified, escaped, optimised, malformed, truncated.

use switchboard_model::embed::{Finding, Inert, Part, Severity, Unclosed, check};

use super::{LINE, LINK, SOCKET, assert_found, both_found, code, page};

/// Browsers treat these spellings of both codes as the same.
#[test]
fn a_code_is_recognised_however_it_is_written() {
    for link in [
        r#"<SCRIPT ASYNC SRC="https://acme.chat.example/widget.js?domain=shop.example&amp;v=2"></SCRIPT>"#,
        "<script async='' src='https://acme.chat.example/widget.js?domain=shop.example&v=2'></script>",
        "<script src=https://acme.chat.example/widget.js?domain=shop.example&v=2 async></script>",
        "<script src=https://acme.chat.example/widget.js?domain=shop.example&v=2></script>",
        "<script\tdefer\r\n  src = \"//ACME.chat.example:443/widget.js?v=2&#38;domain=shop.example&ver=6.5#x\" ></script >",
        "<script src=\"\n https://acme.chat.example/widget.js?domain=shop.example&#x26;v=2 \"></script>",
        "<script nonce=abc type='text/javascript' src='https:&#47;&#47;acme.chat.example/widget.js?domain=shop.example&v=2'/></script>",
        "<svg><path d='M0 0'/><title/></svg><script src='https://acme.chat.example/widget.js?domain=shop.example&v=2' src=x></script>",
    ] {
        let html = page(&format!(
            "{}{SOCKET}",
            link.replace("\r\n", " ").replace('\n', " ")
        ));
        assert_found(&html, &both_found(LINE, LINE));
        let minified = html.replace('\n', "");
        assert_found(&minified, &both_found(1, 1));
    }
}

#[test]
fn code_in_a_comment_is_reported_as_inert() {
    for (comment, line) in [
        (format!("<!-- {LINK} -->"), LINE),
        (format!("<!--[if IE]>\n{LINK}\n<![endif]-->"), LINE + 1),
        (format!("<!-- a > b -- {LINK}--!>"), LINE),
        (
            format!("<![CDATA[ {} ]]>", LINK.replace("async>", "async")),
            LINE,
        ),
    ] {
        let findings = check(&page(&format!("{comment}{SOCKET}")), &code()).findings;
        assert_eq!(
            findings[0],
            Finding::Missing { part: Part::Link },
            "{comment}"
        );
        if !comment.contains("CDATA") {
            let told = Finding::Inert {
                part: Part::Link,
                line,
                why: Inert::Comment,
            };
            assert_eq!(findings[1], told, "{comment}");
        }
    }
}

#[test]
fn extra_copy_in_a_comment_is_ignored() {
    let html = page(&format!("<!-- {LINK}{SOCKET} -->\n{LINK}\n{SOCKET}"));
    assert_found(&html, &both_found(LINE + 1, LINE + 2));
}

#[test]
fn inert_code_is_reported_with_the_reason() {
    for (html, why) in [
        (format!("<noscript>{LINK}</noscript>"), Inert::NoScript),
        (
            format!("<template><div>{LINK}</div></template>"),
            Inert::Template,
        ),
        (format!("<textarea>{LINK}</textarea>"), Inert::TextElement),
        (format!("<style>{LINK}</style>"), Inert::TextElement),
        (format!("<title>{LINK}</title>"), Inert::TextElement),
        (
            format!(
                "<p>{}</p>",
                LINK.replace('<', "&lt;")
                    .replace('>', "&gt;")
                    .replace('"', "&quot;")
            ),
            Inert::ShownAsText,
        ),
    ] {
        let findings = check(&page(&format!("{html}{SOCKET}")), &code()).findings;
        assert_eq!(findings[0], Finding::Missing { part: Part::Link }, "{html}");
        assert_eq!(
            findings[1],
            Finding::Inert {
                part: Part::Link,
                line: LINE,
                why
            },
            "{html}"
        );
        assert_eq!(findings.len(), 3, "{html}: {findings:?}");
    }
}

#[test]
fn quoted_body_end_is_ignored() {
    for decoy in [
        "<script>document.write('</body></html>')</script>",
        "<!-- </body> -->",
        "<p title='</body>'>x</p>",
        "<textarea></body></textarea>",
        "<script><!-- <script></script></body> --></script>",
    ] {
        let html = page(&format!("{decoy}{LINK}{SOCKET}"));
        assert_found(&html, &both_found(LINE, LINE));
    }
    let twice = format!("<body></body>{LINK}{SOCKET}</BODY></html>");
    assert_found(&twice, &both_found(1, 1));
}

#[test]
fn code_in_a_script_string_is_not_installed() {
    let html = page(&format!(
        "<script>var s = '{}'</script>{SOCKET}",
        LINK.replace("</script>", "<\\/script>")
    ));
    let findings = check(&html, &code()).findings;
    assert_eq!(
        findings[0],
        Finding::OnlyMentioned {
            part: Part::Link,
            line: LINE
        }
    );
    assert!(!check(&html, &code()).has(Part::Link));
}

#[test]
fn code_loaded_by_a_script_is_mentioned() {
    for script in [
        "s.src='//acme.chat.example/widget.js?domain=shop.example&v=2'",
        r#"{"src":"https:\/\/acme.chat.example\/widget.js?domain=shop.example\u0026v=2"}"#,
        r#"push([1,"src=\"https://acme.chat.example/widget.js?domain=shop.example&amp;v=2\""])"#,
    ] {
        let findings = check(
            &page(&format!("<script>{script}</script>{SOCKET}")),
            &code(),
        )
        .findings;
        let told = Finding::OnlyMentioned {
            part: Part::Link,
            line: LINE,
        };
        assert_eq!(findings[0], told, "{script}");
    }
    let data = r#"<script type="application/ld+json">{"u":"https://acme.chat.example/widget.js?domain=shop.example&v=2"}</script>"#;
    assert_eq!(
        check(&page(data), &code()).findings[0],
        Finding::Missing { part: Part::Link }
    );
}

#[test]
fn held_back_code_is_reported_with_the_cause() {
    let url = "https://acme.chat.example/widget.js?domain=shop.example&amp;v=2";
    for (script, by) in [
        (
            format!("<script type='text/plain' data-consent=chat src='{url}'></script>"),
            "text/plain",
        ),
        (
            format!("<script type=rocketlazyloadscript data-rocket-src='{url}'></script>"),
            "data-rocket-src",
        ),
        (format!("<script data-src='{url}'></script>"), "data-src"),
    ] {
        let html = page(&format!("{script}{SOCKET}"));
        let mut expected = vec![Finding::HeldBack {
            part: Part::Link,
            line: LINE,
            by: by.to_owned(),
        }];
        expected.extend(both_found(LINE, LINE));
        assert_found(&html, &expected);
    }
}

#[test]
fn truncated_page_is_reported_with_the_line() {
    for (html, what, has_socket) in [
        (
            format!("<body>\n{SOCKET}\n<!-- open {LINK}"),
            Unclosed::Comment,
            true,
        ),
        (
            format!("<body>\n{SOCKET}\n{}", &LINK[..40]),
            Unclosed::Tag,
            true,
        ),
        (
            format!("<body>\n{SOCKET}\n<script>{LINK_START}{SOCKET_OPEN}"),
            Unclosed::Element,
            true,
        ),
    ] {
        let installation = check(&html, &code());
        assert!(
            installation
                .findings
                .contains(&Finding::CutOff { what, line: 3 }),
            "{html}: {installation:?}"
        );
        assert!(!installation.has(Part::Link), "{html}");
        assert_eq!(installation.has(Part::SocketLink), has_socket, "{html}");
        assert_eq!(installation.severity(), Severity::Problem);
    }
}

const LINK_START: &str = "var a = 1;";
const SOCKET_OPEN: &str = "<body>";

#[test]
fn truncated_address_is_altered() {
    for short in [
        "https://acme.chat.example/widget.js",
        "https://acme.chat.example/widget.js?domain=shop.exam",
        "https://acme.chat.example/widget.js?domain=shop.example&amp;amp;v=2",
    ] {
        let html = page(&format!("<script src=\"{short}\"></script>{SOCKET}"));
        let findings = check(&html, &code()).findings;
        assert!(
            matches!(
                &findings[0],
                Finding::Altered {
                    part: Part::Link,
                    line: LINE,
                    ..
                }
            ),
            "{findings:?}"
        );
    }
}

#[test]
fn lines_are_counted_with_either_line_ending() {
    for ending in ["\n", "\r\n"] {
        let html = page(&format!("{LINK}\n\n{SOCKET}")).replace('\n', ending);
        assert_found(&html, &both_found(LINE, LINE + 2));
    }
}

#[test]
fn malformed_markup_hides_no_visible_code() {
    for mess in [
        "<p <b>x</p",
        "<a href='x'y=z>",
        "< script>",
        "</>",
        "<>",
        "<!>",
        "<!-->",
        "<!--->",
        "<?php echo 1 ?>",
        "</p></p></div>",
        "<table><tr><script></script>",
        "a < b && c > d",
        "<p title=\"a>b\">",
        "<p title=a'b\"c>",
        "&lt;&amp;&#x;&#99999999;",
        "<input value='\"'>",
        "\u{feff}\0\u{1f600}",
    ] {
        let html = page(&format!("{mess}\n{LINK}{SOCKET}"));
        let installation = check(&html, &code());
        assert!(
            installation.has(Part::SocketLink),
            "{mess}: {installation:?}"
        );
        // An open tag swallows the text up to the next closing sign, in browsers too.
        if !mess.ends_with("</p") {
            assert!(installation.has(Part::Link), "{mess}: {installation:?}");
        }
    }
}
