//! Tests the code for Next.js, and the doubts about pasted texts.

use switchboard_api::EmbedCode;
use switchboard_model::embed::{Doubt, Part, doubts, next_script, split_both};

use super::{LINK, SOCKET, code};

fn of(link: &str, socket_link: &str) -> EmbedCode {
    EmbedCode {
        link: link.to_owned(),
        socket_link: socket_link.to_owned(),
    }
}

#[test]
fn scripts_become_elements_of_next_script_in_their_order() {
    let code = of(
        "<script type='text/javascript' async src=\"https://a.example/w.js?a=1&amp;b=2\" data-key=k1 crossorigin></script>",
        "<!-- live --><script type=module src=//a.example/s.js></script>",
    );
    assert_eq!(
        next_script(&code).as_deref(),
        Some(
            "<Script src={\"https://a.example/w.js?a=1&b=2\"} data-key=\"k1\" crossOrigin=\"\" />\n<Script src=\"//a.example/s.js\" type=\"module\" />"
        )
    );
}

#[test]
fn a_value_cannot_break_out_of_its_element() {
    let code = of(
        "<script src='https://a.example/\"}/><x' id='a\\\"b'></script>",
        "",
    );
    assert_eq!(
        next_script(&code).as_deref(),
        Some(r#"<Script src={"https://a.example/\"}/><x"} id={"a\\\"b"} />"#)
    );
}

#[test]
fn only_external_scripts_convert_to_next() {
    for odd in [
        "",
        "https://a.example/w.js",
        "<script>chat()</script>",
        "<div id=chat></div><script src=//a.example/w.js></script>",
        "<script type=text/plain src=//a.example/w.js></script>",
        "<script src=//a.example/w.js onload='go()'></script>",
        "<script src=//a.example/w.js @click=x></script>",
    ] {
        assert_eq!(next_script(&of(odd, "")), None, "{odd}");
    }
}

#[test]
fn both_codes_in_one_text_are_split() {
    for text in [
        format!("{LINK}\n{SOCKET}"),
        format!("\r\n {LINK} \r\n\r\n{SOCKET}\n"),
        format!("{LINK}{SOCKET}"),
    ] {
        assert_eq!(split_both(&text), Some(code()), "{text}");
    }
    for text in [
        "",
        LINK,
        &format!("{LINK}\n<script>start()</script>"),
        &format!("<div id=chat></div>{LINK}\n{SOCKET}"),
        &format!("{LINK}\n{SOCKET}\n{SOCKET}"),
        &format!("link: {LINK}\n{SOCKET}"),
        &format!("{LINK} and {SOCKET}"),
    ] {
        assert_eq!(split_both(text), None, "{text}");
    }
}

#[track_caller]
fn assert_doubts(code: &EmbedCode, expected: &[Doubt]) {
    let domain = "shop.example".parse().expect("a domain");
    let base_url = "https://acme.chat.example/api/".parse().expect("a URL");
    assert_eq!(doubts(code, &domain, &base_url), expected, "{code:?}");
}

#[test]
fn own_code_and_empty_code_raise_no_doubt() {
    assert_doubts(&code(), &[]);
    assert_doubts(&of("", " \n"), &[]);
    assert_doubts(
        &of(
            "https://acme.chat.example/SHOP.example.js",
            "//acme.chat.example/s.js",
        ),
        &[],
    );
}

#[test]
fn texts_unlike_a_code_are_doubted() {
    let missing = |part| Doubt::Missing { part };
    assert_doubts(&of(&code().link, ""), &[missing(Part::SocketLink)]);
    assert_doubts(&of(&code().link, &code().link), &[Doubt::Same]);
    let page = format!("<!doctype html><html><body>{}</body></html>", code().link);
    assert_doubts(
        &of(&page, &code().socket_link),
        &[Doubt::WholePage { part: Part::Link }],
    );
    assert_doubts(
        &of("hello", &code().socket_link),
        &[Doubt::NoCode { part: Part::Link }, Doubt::DomainNotNamed],
    );
    assert_doubts(
        &of(
            "<script src=https://evil.example/w.js?domain=shop.example></script>",
            "<script src=https://evil.example/s.js></script>",
        ),
        &[Doubt::OtherHosts {
            hosts: vec!["evil.example".to_owned()],
        }],
    );
    assert_doubts(
        &of(
            &code().link.replace("shop.example", "blog.example"),
            &code().socket_link,
        ),
        &[Doubt::DomainNotNamed],
    );
}
