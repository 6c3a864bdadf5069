//! Tests the hosts that codes of every form load from, and what a policy has to allow for them.

use switchboard_api::EmbedCode;
use switchboard_model::embed::{content_security_policy, hosts, policy_text, unexpected_hosts};

use super::code;

fn of(link: &str) -> EmbedCode {
    EmbedCode {
        link: link.to_owned(),
        socket_link: String::new(),
    }
}

#[track_caller]
fn assert_hosts(link: &str, expected: &[&str]) {
    let origins: Vec<String> = hosts(&of(link))
        .iter()
        .map(|source| source.origin())
        .collect();
    assert_eq!(origins, expected, "{link}");
}

#[test]
fn hosts_are_found_in_a_snippet_of_any_form() {
    assert_hosts(
        "<script src='https://a.example/w.js'></script>",
        &["https://a.example"],
    );
    assert_hosts(
        "<SCRIPT SRC=//A.example:8443/w.js></SCRIPT>",
        &["a.example:8443"],
    );
    assert_hosts("https://a.example/w.js", &["https://a.example"]);
    assert_hosts(
        "//a.example/w.js\nhttp://b.example",
        &["a.example", "http://b.example"],
    );
    assert_hosts("wss://a.example/socket", &["wss://a.example"]);
    assert_hosts(
        "<link rel=stylesheet href=https://a.example/w.css>\n<script>var s='//b.example/x';new WebSocket(\"wss:\\/\\/c.example\")</script>\n\
         <iframe src=https://d.example></iframe><img src=https://e.example/p.gif><div data-server='https://f.example/'></div>",
        &[
            "https://a.example",
            "b.example",
            "wss://c.example",
            "https://d.example",
            "https://e.example",
            "https://f.example",
        ],
    );
    assert_hosts(
        "&lt;script src=&quot;https://a.example/w.js&quot;&gt;&lt;/script&gt;",
        &["https://a.example"],
    );
    assert_hosts(
        "var s = document.createElement('script'); s.src = 'https://a.example/' + id;",
        &["https://a.example"],
    );
    assert_hosts(
        "<script src='http://127.0.0.1:8080/widget.js'></script>",
        &["http://127.0.0.1:8080"],
    );
    assert_hosts("<script>x='http://www.w3.org/2000/svg'</script>", &[]);
    for garbage in [
        "",
        "  ",
        "hello",
        "<",
        "<script src=",
        "//",
        "https://",
        "\u{0}",
        "<script src=/w.js></script>",
        "// remark",
    ] {
        assert_hosts(garbage, &[]);
    }
}

#[test]
fn a_host_that_both_codes_use_is_named_once() {
    assert_eq!(hosts(&code()).len(), 1);
}

#[track_caller]
fn assert_policy(link: &str, expected: &str) {
    assert_eq!(
        policy_text(&content_security_policy(&of(link))),
        expected,
        "{link}"
    );
}

#[test]
fn policy_allows_scripts_calls_and_sockets() {
    assert_eq!(
        policy_text(&content_security_policy(&code())),
        "script-src https://acme.chat.example; connect-src https://acme.chat.example wss://acme.chat.example"
    );
    assert_policy(
        "<script src=http://127.0.0.1:8080/w.js></script>",
        "script-src http://127.0.0.1:8080; connect-src http://127.0.0.1:8080 ws://127.0.0.1:8080",
    );
    assert_policy(
        "<script src=//a.example/w.js></script>",
        "script-src a.example; connect-src a.example wss://a.example",
    );
    assert_policy(
        "<link rel=stylesheet href=https://a.example/w.css><iframe src=https://b.example/></iframe><img src=https://c.example/p>",
        "style-src https://a.example; img-src https://c.example; frame-src https://b.example",
    );
    assert_policy("wss://a.example/s", "connect-src wss://a.example");
    assert_policy("hello", "");
}

#[test]
fn inline_script_is_returned_unchanged_for_hashing() {
    let directives = content_security_policy(&of("<script>\n chat( 7 );\n</script>"));
    assert_eq!(directives.len(), 1);
    assert_eq!(directives[0].inline_scripts, ["\n chat( 7 );\n"]);
    assert_eq!(
        policy_text(&directives),
        "",
        "an empty directive would forbid everything"
    );
}

#[track_caller]
fn assert_unexpected(base_url: &str, host: &str, is_unexpected: bool) {
    let base_url = base_url
        .parse()
        .unwrap_or_else(|error| panic!("{base_url}: {error}"));
    let code = of(&format!("<script src=https://{host}/w.js></script>"));
    let expected: &[&str] = if is_unexpected { &[host] } else { &[] };
    assert_eq!(unexpected_hosts(&code, &base_url), expected, "{host}");
}

#[test]
fn related_hosts_are_expected() {
    let base = "https://acme.chat.example/api/";
    for own in [
        "acme.chat.example",
        "cdn.acme.chat.example",
        "static.chat.example",
        "chat.example",
        "ACME.chat.example:443",
    ] {
        let lower = own.to_lowercase();
        assert_unexpected(base, &lower, false);
    }
    for strange in [
        "chat.example.evil.example",
        "evilchat.example",
        "acme.chat.test",
        "10.0.0.1",
        "acme.chat.example:8443",
        "example",
        "notacme.example",
    ] {
        assert_unexpected(base, strange, true);
    }
    assert_unexpected("https://acme.co.uk", "evil.co.uk", true);
    assert_unexpected("https://chat.acme.co.uk", "cdn.acme.co.uk", false);
    assert_unexpected("http://127.0.0.1:8080", "127.0.0.1:8080", false);
    assert_unexpected("http://127.0.0.1:8080", "127.0.0.1:8081", true);
    assert_unexpected("http://127.0.0.1:8080", "127.0.0.1", true);
    assert_unexpected("http://127.0.0.1:8080", "10.1.0.1", true);
    assert_unexpected("http://localhost:8080", "chat.localhost", false);
    assert_unexpected("http://localhost:8080", "otherlocalhost", true);
}
