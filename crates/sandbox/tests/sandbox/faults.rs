//! Tests faults on demand at the level of the socket.

use std::{
    io::{self, Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use switchboard_sandbox::Sandbox;

use crate::client::{Answer, Client, Encoding, TOKEN, demo};

const LIST: &str = "/auth/addon/live_chat/operator/list";

fn set(client: &Client, rules: &Value) -> Answer {
    let headers = [("content-type", "application/json")];
    client.send("PUT", "sandbox/faults", &headers, &rules.to_string())
}

/// Activates these rules.
#[track_caller]
fn faults(client: &Client, rules: Value) {
    let answer = set(client, &rules);
    assert_eq!(answer.http_status, 204, "{}", answer.body);
}

/// Sends a call on its own connection. Returns everything that was received, and how the connection ended.
fn raw(sandbox: &Sandbox, method: &str, path: &str, body: &str) -> (String, io::Result<usize>) {
    let mut stream = TcpStream::connect(sandbox.address()).expect("a connection");
    let length = body.len();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nhost: localhost\r\napi_token: {TOKEN}\r\ncontent-type: application/json\r\n\
         connection: close\r\ncontent-length: {length}\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes()).expect("sent");
    let mut answer = Vec::new();
    let end = stream.read_to_end(&mut answer);
    (String::from_utf8(answer).expect("a text"), end)
}

#[test]
fn call_is_read_fully_before_a_replaced_answer() {
    let (sandbox, client) = demo();
    faults(
        &client,
        json!([{ "path": "operator/update", "fault": "answer", "body": "0123456789", "times": 1_048_576 }]),
    );
    let mut stream = TcpStream::connect(sandbox.address()).expect("a connection");
    let head = format!(
        "PUT /auth/addon/live_chat/operator/update HTTP/1.1\r\nhost: localhost\r\napi_token: {TOKEN}\r\n\
         content-type: application/json\r\nconnection: close\r\ncontent-length: 2\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).expect("sent");
    stream
        .set_read_timeout(Some(Duration::from_millis(300)))
        .expect("a limit");
    let early = stream.read(&mut [0; 64]).map_err(|error| error.kind());
    assert_eq!(early, Err(io::ErrorKind::WouldBlock), "answered too early");
    stream.write_all(b"{}").expect("sent");
    stream
        .set_read_timeout(Some(Duration::from_secs(30)))
        .expect("a limit");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("the whole answer");
    assert!(answer.len() > 10 << 20, "{}", answer.len());
}

#[test]
fn connection_is_dropped_at_each_point() {
    let (sandbox, client) = demo();
    let at = |point| json!([{ "path": "operator/list", "fault": "drop", "at": point }]);

    faults(&client, at("firstByte"));
    let (answer, end) = raw(&sandbox, "GET", LIST, "");
    assert_eq!(answer, "");
    assert_eq!(
        end.map_err(|error| error.kind()),
        Err(io::ErrorKind::ConnectionReset)
    );

    faults(&client, at("headers"));
    let (answer, _) = raw(&sandbox, "GET", LIST, "");
    assert!(
        answer.is_empty() || answer.starts_with("HTTP/1.1 200"),
        "{answer}"
    );
    assert!(!answer.contains("\r\n\r\n"), "{answer}");

    faults(&client, at("body"));
    let (answer, _) = raw(&sandbox, "GET", LIST, "");
    let (headers, body) = answer.split_once("\r\n\r\n").expect("whole headers");
    let length = headers
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))
        .and_then(|length| length.parse::<usize>().ok());
    assert!(!body.is_empty());
    assert!(length.is_some_and(|length| body.len() < length), "{answer}");
}

#[test]
fn dropped_write_is_executed_only_if_requested() {
    let (sandbox, client) = demo();
    for (work, email, status) in [(false, "a@new.example", 0), (true, "b@new.example", 1)] {
        let rule = json!([{ "method": "POST", "path": "operator/add", "count": 1, "fault": "drop", "at": "firstByte", "work": work }]);
        faults(&client, rule);
        let body = json!({ "email": email, "name": "New" }).to_string();
        let (answer, _) = raw(
            &sandbox,
            "POST",
            "/auth/addon/live_chat/operator/add",
            &body,
        );
        assert_eq!(answer, "");
        assert_eq!(client.operator(email).json()["status"], status, "{email}");
        let log = client.fetch("sandbox/log").json();
        let calls = log.as_array().expect("an array");
        assert_eq!(calls[calls.len() - 2]["worked"], work);
        assert_eq!(calls[calls.len() - 1].get("worked"), None);
    }
}

#[test]
fn only_matching_calls_use_up_a_rule() {
    let (_sandbox, client) = demo();
    faults(
        &client,
        json!([{ "method": "GET", "path": "operator/list", "count": 2, "fault": "answer", "status": 503 }]),
    );
    let list = || {
        client
            .read("addon/live_chat/operator/list", &[])
            .http_status
    };
    assert_eq!(client.read("organisation", &[]).http_status, 200);
    assert_eq!(list(), 503);
    assert_eq!(client.fetch("sandbox/faults").json()[0]["count"], 1);
    assert_eq!([list(), list()], [503, 200]);
    assert_eq!(client.fetch("sandbox/faults").json(), json!([]));
    faults(&client, json!([{ "fault": "answer", "status": 500 }]));
    assert_eq!([list(), list()], [500, 500]);
    assert_eq!(
        client.send("DELETE", "sandbox/faults", &[], "").http_status,
        204
    );
    assert_eq!(list(), 200);
}

#[test]
fn replaced_answer_is_readable_across_origins() {
    let (_sandbox, client) = demo();
    let ask = || {
        let headers = [("api_token", TOKEN), ("origin", "http://other.example")];
        client.send("GET", "auth/organisation", &headers, "")
    };
    faults(
        &client,
        json!([
            { "count": 1, "fault": "answer", "status": 429, "retryAfter": 7 },
            { "count": 1, "fault": "answer", "status": 502, "body": "<h1>Bad gateway</h1>", "contentType": "text/html" },
            { "count": 1, "fault": "answer", "body": "0123456789", "times": 1_048_576 },
            { "count": 1, "fault": "contentType", "contentType": "text/plain" },
        ]),
    );
    let slow_down = ask();
    assert_eq!(
        (slow_down.http_status, slow_down.header("retry-after")),
        (429, "7")
    );
    assert_eq!(slow_down.json()["status"], 0);
    assert_eq!(slow_down.header("access-control-allow-origin"), "*");
    let gateway = ask();
    assert_eq!(
        (gateway.http_status, gateway.body.as_str()),
        (502, "<h1>Bad gateway</h1>")
    );
    assert_eq!(gateway.header("content-type"), "text/html");
    assert_eq!(ask().body.len(), 10_485_760);
    let plain = ask();
    assert_eq!(plain.header("content-type"), "text/plain");
    assert_eq!(plain.json()["message"]["name"], "Acme Outfitters");
}

#[test]
fn no_cors_rule_covers_preflight_and_answer() {
    let (_sandbox, client) = demo();
    let ask = |method| {
        let headers = [
            ("api_token", TOKEN),
            ("origin", "http://other.example"),
            ("access-control-request-method", "GET"),
        ];
        client.send(method, "auth/organisation", &headers, "")
    };
    assert_eq!(ask("OPTIONS").header("access-control-allow-origin"), "*");
    faults(&client, json!([{ "method": "GET", "fault": "noCors" }]));
    for method in ["OPTIONS", "GET"] {
        let answer = ask(method);
        assert_eq!(answer.http_status, 200);
        assert_eq!(answer.header("access-control-allow-origin"), "", "{method}");
    }
}

#[test]
fn delayed_and_hanging_calls_are_logged() {
    let (sandbox, client) = demo();
    faults(
        &client,
        json!([
            { "path": "organisation", "count": 1, "fault": "delay", "ms": 150 },
            { "path": "operator/list", "count": 1, "fault": "hang" },
        ]),
    );
    let began = Instant::now();
    assert_eq!(client.read("organisation", &[]).http_status, 200);
    assert!(began.elapsed() >= Duration::from_millis(150));

    let mut stream = TcpStream::connect(sandbox.address()).expect("a connection");
    let request = format!("GET {LIST} HTTP/1.1\r\nhost: localhost\r\napi_token: {TOKEN}\r\n\r\n");
    stream.write_all(request.as_bytes()).expect("sent");
    eventually(|| client.fetch("sandbox/faults").json() == json!([]));
    drop(stream);
    eventually(|| {
        let log = client.fetch("sandbox/log").json();
        let last = log.as_array().and_then(|calls| calls.last().cloned());
        last.is_some_and(|call| call["path"] == LIST && call["status"].is_null())
    });
}

#[test]
fn outage_refuses_connections_and_then_recovers() {
    let (sandbox, client) = demo();
    let mut idle = TcpStream::connect(sandbox.address()).expect("a connection");
    faults(&client, json!([{ "fault": "refuse", "ms": 700 }]));
    eventually(|| {
        let refused = TcpStream::connect(sandbox.address());
        refused.is_err_and(|error| error.kind() == io::ErrorKind::ConnectionRefused)
    });
    assert!(
        idle.read(&mut [0]).is_err(),
        "an open connection was broken"
    );
    eventually(|| TcpStream::connect(sandbox.address()).is_ok());
    assert_eq!(client.operator("grace@acme.example").http_status, 200);
}

#[test]
fn invalid_rule_is_refused_without_effect() {
    let (_sandbox, client) = demo();
    faults(&client, json!([{ "fault": "hang", "count": 1 }]));
    for wrong in [
        json!({}),
        json!([{ "fault": "explode" }]),
        json!([{ "fault": "answer", "status": 99 }]),
        json!([{ "fault": "delay", "ms": 1 }, { "fault": "hang", "count": 0 }]),
    ] {
        assert_eq!(set(&client, &wrong).http_status, 422, "{wrong}");
    }
    assert_eq!(
        client.fetch("sandbox/faults").json(),
        json!([{ "fault": "hang", "count": 1 }])
    );
    let other = [
        ("origin", "http://evil.example"),
        ("content-type", "application/json"),
    ];
    assert_eq!(
        client
            .send("PUT", "sandbox/faults", &other, "[]")
            .http_status,
        403
    );
    // Rules affect only the API: not the panel, the widget, or the `/sandbox` calls.
    assert_eq!(
        client
            .fetch("widget.js?domain=shop.acme.example")
            .http_status,
        200
    );
    let add = json!({ "email": "a@new.example", "name": "New" });
    client.send("DELETE", "sandbox/faults", &[], "");
    client
        .write("POST", "addon/live_chat/operator/add", &add, Encoding::Json)
        .payload();
}

/// Waits until a condition holds; fails after ten seconds.
#[track_caller]
fn eventually(mut holds: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(10);
    while !holds() {
        assert!(Instant::now() < deadline, "it did not come to hold");
        std::thread::yield_now();
    }
}
