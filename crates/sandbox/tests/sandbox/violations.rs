//! Tests the browsers' reports of policy violations.

use serde_json::json;

use crate::client::{Client, TOKEN, demo};

const REPORT: [(&str, &str); 3] = [
    ("content-type", "application/csp-report"),
    ("origin", "null"),
    ("sec-fetch-site", "same-origin"),
];

fn report(client: &Client, body: &str) -> u16 {
    client
        .send("POST", "sandbox/violations", &REPORT, body)
        .http_status
}

#[test]
fn reported_violations_are_listed() {
    let (_sandbox, client) = demo();
    let policy = client
        .fetch("")
        .header("content-security-policy")
        .to_owned();
    assert!(
        policy.ends_with("; report-uri /sandbox/violations"),
        "{policy}"
    );
    assert_eq!(client.fetch("sandbox/violations").json(), json!([]));
    let body =
        json!({ "csp-report": { "blocked-uri": "inline", "violated-directive": "script-src" } });
    assert_eq!(report(&client, &body.to_string()), 204);
    assert_eq!(report(&client, "no JSON"), 204);
    let listed = client.fetch("sandbox/violations").json();
    assert_eq!(listed, json!([body, "no JSON"]));
    let cleared = client.send("DELETE", "sandbox/violations", &[], "");
    assert_eq!(cleared.http_status, 204);
    assert_eq!(client.fetch("sandbox/violations").json(), json!([]));
}

#[test]
fn reports_are_few_small_and_hold_no_token() {
    let (_sandbox, client) = demo();
    assert_eq!(report(&client, &"x".repeat(70_000)), 413);
    for number in 0..120 {
        report(&client, &format!(r#"{{"n":{number},"at":"/?t={TOKEN}"}}"#));
    }
    let listed = client.fetch("sandbox/violations").json();
    let listed = listed.as_array().expect("an array");
    assert_eq!(listed.len(), 100);
    assert_eq!(listed[99], json!({ "n": 119, "at": "/?t=[token]" }));
}

#[test]
fn a_page_elsewhere_reports_nothing() {
    let (_sandbox, client) = demo();
    for headers in [
        &[("origin", "https://evil.example")][..],
        &[("origin", "null"), ("sec-fetch-site", "cross-site")],
        &[("host", "evil.example")],
    ] {
        let answer = client.send("POST", "sandbox/violations", headers, "{}");
        assert_eq!(answer.http_status, 403, "{headers:?}");
    }
    assert_eq!(client.fetch("sandbox/violations").json(), json!([]));
}
