//! Tests the `/sandbox` calls.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

use serde_json::{Value, json};
use switchboard_sandbox::{Options, Sandbox};

use crate::client::{Answer, Client, Encoding, TOKEN, demo, options};

fn post(client: &Client, path: &str, body: &Value) -> Answer {
    client.send(
        "POST",
        path,
        &[("content-type", "application/json")],
        &body.to_string(),
    )
}

fn count(client: &Client) -> usize {
    let operators = client.read("addon/live_chat/operator/list", &[]).payload();
    operators.as_array().expect("an array").len()
}

#[test]
fn sandbox_reveals_its_token_on_loopback() {
    let (_sandbox, client) = demo();
    let info = client.fetch("sandbox");
    let expected = json!({ "name": "switchboard-sandbox", "version": env!("CARGO_PKG_VERSION"), "token": TOKEN });
    assert_eq!((info.http_status, info.json()), (200, expected));
    assert_eq!(info.header("access-control-allow-origin"), "");
    assert_eq!(client.fetch("sandbox/").json(), info.json());
    assert_eq!(client.fetch("sandbox/nothing").http_status, 404);
}

#[test]
fn token_is_secret_beyond_loopback() {
    let options = Options {
        listen: ([0, 0, 0, 0], 0).into(),
        ..options()
    };
    let sandbox = Sandbox::start(options).expect("a sandbox");
    let client = Client::of(&format!("http://127.0.0.1:{}/", sandbox.address().port()));
    assert_eq!(client.fetch("sandbox").json().get("token"), None);
    for (method, path) in [
        ("POST", "sandbox/reset"),
        ("GET", "sandbox/log"),
        ("DELETE", "sandbox/log"),
    ] {
        assert_eq!(
            client.send(method, path, &[], "").http_status,
            403,
            "{method} {path}"
        );
        let allowed = client.send(method, path, &[("api_token", TOKEN)], "");
        assert!(matches!(allowed.http_status, 200 | 204), "{method} {path}");
    }
}

#[test]
fn a_foreign_host_or_origin_is_refused() {
    let (sandbox, client) = demo();
    client
        .write(
            "DELETE",
            "addon/live_chat/domain/delete",
            &json!({ "domain": "shop.acme.example" }),
            Encoding::Json,
        )
        .payload();
    for headers in [
        &[("host", "rebound.example")][..],
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[("origin", "http://127.0.0.1:1")],
    ] {
        assert_eq!(
            client.send("GET", "sandbox", headers, "").http_status,
            403,
            "{headers:?}"
        );
        assert_eq!(
            client
                .send("POST", "sandbox/reset", headers, "")
                .http_status,
            403,
            "{headers:?}"
        );
    }
    client
        .domain("shop.acme.example")
        .refused("error", "Domain does not exist");
    let own = format!("http://{}", sandbox.address());
    assert_eq!(
        client
            .send("POST", "sandbox/reset", &[("origin", &own)], "")
            .http_status,
        200
    );
    client.domain("shop.acme.example").payload();
}

#[test]
fn a_reset_brings_the_demo_back_to_the_letter() {
    let (_sandbox, client) = demo();
    let whole = |client: &Client| {
        [
            client.read("organisation", &[]).payload(),
            client.read("addon/live_chat/operator/list", &[]).payload(),
            client.domain("shop.acme.example").payload(),
            client.domain("outlet.acme.example").payload(),
        ]
    };
    let before = whole(&client);
    client
        .write(
            "DELETE",
            "user/delete",
            &json!({ "email": "sam@acme.example" }),
            Encoding::Json,
        )
        .payload();
    client
        .write(
            "DELETE",
            "addon/live_chat/domain/delete",
            &json!({ "domain": "shop.acme.example" }),
            Encoding::Json,
        )
        .payload();
    post(
        &client,
        "sandbox/seed",
        &json!({ "operators": 5, "domains": 2 }),
    );
    let reset = client.send("POST", "sandbox/reset", &[], "");
    assert_eq!(
        (reset.http_status, reset.json()),
        (200, json!({ "operators": 12, "domains": 4 }))
    );
    assert_eq!(whole(&client), before);
}

#[test]
fn seeding_is_deterministic_and_continues() {
    let seeded = |steps: &[u32]| {
        let (_sandbox, client) = demo();
        for operators in steps {
            let answer = post(
                &client,
                "sandbox/seed",
                &json!({ "operators": operators, "domains": 0 }),
            );
            assert_eq!(answer.http_status, 200, "{}", answer.body);
        }
        client.read("addon/live_chat/operator/list", &[]).payload()
    };
    let at_once = seeded(&[100]);
    assert_eq!(at_once.as_array().map(Vec::len), Some(112));
    assert_eq!(seeded(&[40, 60]), at_once);
}

#[test]
fn seeded_operators_are_on_seeded_domains() {
    let (_sandbox, client) = demo();
    let answer = post(
        &client,
        "sandbox/seed",
        &json!({ "operators": 100, "domains": 10 }),
    );
    assert_eq!(answer.json(), json!({ "operators": 112, "domains": 14 }));
    for number in 1..=10 {
        assert!(
            client
                .on_domain(&format!("site-{number}.many.example"))
                .len()
                > 5,
            "{number}"
        );
    }
}

#[test]
fn hundred_thousand_operators_are_seeded_within_seconds() {
    let (_sandbox, client) = demo();
    let started = std::time::Instant::now();
    post(
        &client,
        "sandbox/seed",
        &json!({ "operators": 100_000, "domains": 1_000 }),
    );
    assert_eq!(count(&client), 100_012);
    // Unoptimised, on a busy machine; docs/sandbox.md has the figure of a release build.
    assert!(
        started.elapsed() < Duration::from_secs(30),
        "{:?}",
        started.elapsed()
    );
}

#[test]
fn a_seed_that_is_no_seed_is_refused() {
    let (_sandbox, client) = demo();
    for body in [
        json!({ "operators": -1 }),
        json!({ "operator": 5 }),
        json!({ "domains": 2_000_000 }),
        json!("many"),
    ] {
        let answer = post(&client, "sandbox/seed", &body);
        assert_eq!(answer.http_status, 422, "{body}");
        assert!(answer.json()["error"].is_string());
    }
    assert_eq!(count(&client), 12);
}

#[test]
fn log_contains_every_api_call_newest_last() {
    let (_sandbox, client) = demo();
    let operator = client.operator("grace@acme.example");
    client.fetch("auth/organisation");
    client.fetch("sandbox");
    client.fetch("");
    client.send(
        "OPTIONS",
        "auth/organisation",
        &[("origin", "http://x.example")],
        "",
    );
    let log = client.fetch("sandbox/log").json();
    let calls = log.as_array().expect("an array");
    assert_eq!(calls.len(), 2, "{log}");
    assert_eq!(
        [
            &calls[0]["method"],
            &calls[0]["path"],
            &calls[0]["query"],
            &calls[0]["status"],
            &calls[0]["bytes"]
        ],
        [
            &json!("GET"),
            &json!("/auth/addon/live_chat/operator/get"),
            &json!("email=grace%40acme.example"),
            &json!(200),
            &json!(operator.body.len()),
        ]
    );
    assert!(
        calls[0]["durationMs"]
            .as_f64()
            .is_some_and(|duration| duration > 0.0)
    );
    assert!(calls[0]["time"].as_u64() <= calls[1]["time"].as_u64());
    assert_eq!(calls[1]["status"], 401);
}

#[test]
fn the_log_never_holds_the_token() {
    let (_sandbox, client) = demo();
    client
        .read("organisation", &[("api_token", TOKEN)])
        .payload();
    client.send("GET", &format!("auth/{TOKEN}"), &[("api_token", TOKEN)], "");
    let log = client.fetch("sandbox/log").body;
    assert!(!log.contains(TOKEN), "{log}");
    assert_eq!(log.matches("[token]").count(), 2, "{log}");
}

#[test]
fn log_keeps_the_last_ten_thousand_calls() {
    let (_sandbox, client) = demo();
    for number in 0..10_003 {
        client.fetch(&format!("auth/{number}"));
    }
    let log = client.fetch("sandbox/log").json();
    let calls = log.as_array().expect("an array");
    assert_eq!(calls.len(), 10_000);
    assert_eq!(
        [&calls[0]["path"], &calls[9_999]["path"]],
        ["/auth/3", "/auth/10002"]
    );
    assert_eq!(
        client.send("DELETE", "sandbox/log", &[], "").http_status,
        204
    );
    assert_eq!(client.fetch("sandbox/log").json(), json!([]));
}

#[test]
fn renewed_sandbox_resets_and_aborts_calls() {
    let (sandbox, client) = demo();
    post(&client, "sandbox/seed", &json!({ "operators": 3 }));
    let slow = r#"[{ "path": "domain/add", "fault": "delay", "ms": 60000, "count": 1 }]"#;
    let json = [("content-type", "application/json")];
    client.send("PUT", "sandbox/faults", &json, slow);
    let body = r#"{"domain":"slow.example","email":"a@slow.example"}"#;
    let mut stream = TcpStream::connect(sandbox.address()).expect("a connection");
    let length = body.len();
    let request = format!(
        "POST /auth/addon/live_chat/domain/add HTTP/1.1\r\nhost: localhost\r\napi_token: {TOKEN}\r\n\
         content-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes()).expect("sent");
    while client.fetch("sandbox/faults").json() != json!([]) {
        std::thread::yield_now();
    }

    let renewed = post(&client, "sandbox/renew", &Value::Null);
    assert_eq!(renewed.http_status, 200, "{}", renewed.body);
    assert_eq!(renewed.json(), json!({ "operators": 12, "domains": 4 }));
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    assert_eq!(answer, b"");
    assert_eq!(client.fetch("sandbox/log").json(), json!([]));
    assert_eq!(count(&client), 12);
}
