//! Tests that only programs on this machine and the sandbox's own pages may make the `/sandbox` calls.

use serde_json::{Value, json};
use switchboard_sandbox::{Options, Sandbox};

use crate::client::{Client, TOKEN, demo, options};

/// Every call except the report of a violation, with a body that would have an effect.
const CALLS: [(&str, &str, &str); 11] = [
    ("GET", "sandbox", ""),
    ("POST", "sandbox/reset", ""),
    ("POST", "sandbox/renew", ""),
    ("POST", "sandbox/seed", r#"{"operators":1}"#),
    ("GET", "sandbox/log", ""),
    ("DELETE", "sandbox/log", ""),
    ("GET", "sandbox/faults", ""),
    (
        "PUT",
        "sandbox/faults",
        r#"[{"fault":"answer","status":500}]"#,
    ),
    ("DELETE", "sandbox/faults", ""),
    ("GET", "sandbox/violations", ""),
    ("DELETE", "sandbox/violations", ""),
];

/// Returns what a call could have changed or revealed: the number of operators, the logged calls, the active rules,
/// the reports.
fn state(client: &Client) -> [Value; 4] {
    let operators = client.read("addon/live_chat/operator/list", &[]).payload();
    let count = operators.as_array().expect("an array").len();
    let all = |path| client.fetch(path).json();
    let calls = all("sandbox/log").as_array().expect("an array").len();
    [
        json!(count),
        json!(calls > 0),
        all("sandbox/faults"),
        all("sandbox/violations"),
    ]
}

#[test]
fn foreign_pages_and_rebound_names_are_refused() {
    let (sandbox, client) = demo();
    let port = sandbox.address().port();
    client.send("POST", "sandbox/violations", &[], r#"{"kept":true}"#);
    client.send(
        "PUT",
        "sandbox/faults",
        &[("content-type", "application/json")],
        r#"[{"path":"nothing","fault":"hang"}]"#,
    );
    let before = state(&client);
    let host = |name: &str| ("host", format!("{name}:{port}"));
    let origin = |origin: &str| ("origin", origin.to_owned());
    let strangers = [
        host("evil.example"),
        host("EVIL.EXAMPLE"),
        host("localhost.evil.example"),
        host("127.0.0.1.evil.example"),
        host("localhost."),
        host("10.0.0.1"),
        host("0.0.0.0"),
        host("[::]"),
        host("[fe80::1]"),
        ("host", "evil.example".to_owned()),
        origin("http://evil.example"),
        origin("https://evil.example"),
        origin(&format!("http://evil.example:{port}")),
        origin(&format!("http://127.0.0.1:{}", port.wrapping_add(1))),
        origin("http://127.0.0.1"),
        origin("http://localhost"),
        origin(&format!("http://localhost:{port}")),
        origin("file://"),
        origin("null"),
        origin(""),
        ("sec-fetch-site", "cross-site".to_owned()),
        ("sec-fetch-site", "same-site".to_owned()),
    ];
    for stranger in &strangers {
        let headers = [
            (stranger.0, stranger.1.as_str()),
            ("content-type", "application/json"),
            ("api_token", TOKEN),
        ];
        for (method, path, body) in CALLS {
            let answer = client.send(method, path, &headers, body);
            assert_eq!(answer.http_status, 403, "{method} {path} {stranger:?}");
            assert!(!answer.body.contains(TOKEN), "{method} {path} {stranger:?}");
            assert_eq!(answer.header("access-control-allow-origin"), "");
        }
    }
    assert_eq!(state(&client), before);
}

#[test]
fn a_preflight_of_a_control_call_grants_nothing() {
    let (_sandbox, client) = demo();
    for (method, path, _) in CALLS {
        let headers = [
            ("origin", "https://evil.example"),
            ("access-control-request-method", method),
            ("access-control-request-headers", "content-type"),
        ];
        let answer = client.send("OPTIONS", path, &headers, "");
        assert_eq!(answer.http_status, 403, "{path}");
        for name in [
            "access-control-allow-origin",
            "access-control-allow-methods",
            "access-control-allow-headers",
        ] {
            assert_eq!(answer.header(name), "", "{path}");
        }
    }
}

#[test]
fn loopback_names_and_own_page_are_accepted() {
    let (sandbox, client) = demo();
    let port = sandbox.address().port();
    for name in ["localhost", "LocalHost", "127.0.0.1", "127.8.9.10", "[::1]"] {
        let host = format!("{name}:{port}");
        let origin = format!("http://{host}");
        let own = [
            ("host", host.as_str()),
            ("origin", &origin),
            ("sec-fetch-site", "same-origin"),
        ];
        assert_eq!(client.send("GET", "sandbox", &own, "").http_status, 200);
        let reset = client.send("POST", "sandbox/reset", &own, "");
        assert_eq!(reset.http_status, 200, "{name}");
    }
}

#[test]
fn default_address_is_loopback() {
    let (sandbox, _client) = demo();
    assert!(sandbox.address().ip().is_loopback());
    assert!(Options::default().listen.ip().is_loopback());
    let program = crate::program::Program::start(&[]);
    assert!(program.address().starts_with("127.0.0.1:"));
}

#[test]
fn control_calls_need_the_token_beyond_loopback() {
    let options = Options {
        listen: ([0, 0, 0, 0], 0).into(),
        ..options()
    };
    let sandbox = Sandbox::start(options).expect("a sandbox");
    let client = Client::of(&format!("http://127.0.0.1:{}/", sandbox.address().port()));
    for (method, path, body) in CALLS {
        let headers = [("content-type", "application/json")];
        let answer = client.send(method, path, &headers, body);
        let expected = if path == "sandbox" { 200 } else { 403 };
        assert_eq!(answer.http_status, expected, "{method} {path}");
        assert!(!answer.body.contains(TOKEN), "{method} {path}");
    }
}
