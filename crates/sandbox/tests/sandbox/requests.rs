//! Tests what holds for every call: the token, the path, the body's type and size, CORS.

use serde_json::json;

use crate::client::{TOKEN, demo};

/// Method and path of the fourteen endpoints.
const CALLS: [(&str, &str); 14] = [
    ("GET", "auth/organisation"),
    ("POST", "auth/addon/live_chat/operator/add"),
    ("GET", "auth/addon/live_chat/operator/get"),
    ("GET", "auth/addon/live_chat/operator/list"),
    ("PUT", "auth/addon/live_chat/operator/update"),
    ("POST", "auth/addon/live_chat/domain/add"),
    ("GET", "auth/addon/live_chat/domain/get"),
    ("PUT", "auth/addon/live_chat/domain/update"),
    ("DELETE", "auth/addon/live_chat/domain/delete"),
    ("POST", "auth/addon/live_chat/domain/operator/add"),
    ("PUT", "auth/addon/live_chat/domain/operator/update"),
    ("PUT", "auth/addon/live_chat/domain/operator/remove"),
    ("GET", "auth/addon/live_chat/domain/operator/list"),
    ("DELETE", "auth/user/delete"),
];

const ADD_OPERATOR: &str = "auth/addon/live_chat/operator/add";

#[test]
fn no_call_works_without_the_token() {
    let (_sandbox, client) = demo();
    for (method, path) in CALLS {
        let answer = client.send(method, path, &[], "");
        answer.failed(401, "error", "The api_token header is missing");
        for wrong in [
            "",
            "wrong",
            "acme_live_9f2c7d41b8e64a0",
            "ACME_LIVE_9F2C7D41B8E64A05",
        ] {
            let answer = client.send(method, path, &[("api_token", wrong)], "");
            answer.failed(401, "error", "Invalid api_token");
        }
        let in_query = client.send(method, &format!("{path}?api_token={TOKEN}"), &[], "");
        assert_eq!(in_query.http_status, 401, "{method} {path}");
    }
}

#[test]
fn every_call_exists_with_its_own_method_alone() {
    let (_sandbox, client) = demo();
    for (method, path) in CALLS {
        for other in ["GET", "POST", "PUT", "DELETE", "PATCH"] {
            let answer = client.send(other, path, &[("api_token", TOKEN)], "");
            if other == method {
                assert_eq!(answer.http_status, 200, "{other} {path}");
            } else {
                answer.failed(405, "error", "Method not allowed");
            }
        }
    }
}

#[test]
fn unknown_path_below_auth_fails_in_the_envelope() {
    let (_sandbox, client) = demo();
    for path in [
        "auth",
        "auth/",
        "auth/organisation/",
        "auth/addon/live_chat/operator",
        "auth/%00",
    ] {
        client
            .send("GET", path, &[("api_token", TOKEN)], "")
            .failed(404, "error", "Not found");
    }
}

#[test]
fn unreadable_body_is_refused_without_effect() {
    let (_sandbox, client) = demo();
    let send = |content_type: &str, body: &str| {
        client.send(
            "POST",
            ADD_OPERATOR,
            &[("api_token", TOKEN), ("content-type", content_type)],
            body,
        )
    };
    let before = client.read("addon/live_chat/operator/list", &[]).payload();
    for body in [
        "{",
        "[]",
        "null",
        r#"{"email": "a@b.example", "name": "#,
        "email=a@b.example&name=A",
    ] {
        send("application/json", body).failed(400, "error", "The body is not a valid JSON object");
    }
    let types = "Content-Type must be application/json or application/x-www-form-urlencoded";
    send("text/plain", r#"{"email":"a@b.example","name":"A"}"#).failed(415, "error", types);
    send("multipart/form-data; boundary=x", "").failed(415, "error", types);
    let huge = json!({ "email": "a@b.example", "name": "n".repeat(1 << 20) }).to_string();
    send("application/json", &huge).failed(413, "error", "The request is too large");
    send("application/x-www-form-urlencoded", &huge).failed(
        413,
        "error",
        "The request is too large",
    );
    assert_eq!(
        client.read("addon/live_chat/operator/list", &[]).payload(),
        before
    );
}

#[test]
fn charset_and_other_value_types_are_accepted() {
    let (_sandbox, client) = demo();
    let send = |body: &str| {
        let json = ("content-type", "Application/JSON; charset=utf-8");
        client.send("POST", ADD_OPERATOR, &[("api_token", TOKEN), json], body)
    };
    send(r#"{"email":"a@b.example","name":"A"}"#).payload();
    let complaints = json!({ "email": "Email is not valid", "name": "Name is not valid" });
    send(r#"{"email":["a@b.example"],"name":7}"#).refused("error", complaints);
    let missing = json!({ "email": "Email is required", "name": "Name is required" });
    send(r#"{"email":null,"other":true}"#).refused("error", missing);
}

#[test]
fn hostile_text_comes_back_as_it_was_sent() {
    let (_sandbox, client) = demo();
    let name = format!(
        "<img/src=x/onerror=alert(1)> \u{202e}\u{200b}\"'& {}",
        "x".repeat(100_000)
    );
    for (encoding, email) in crate::client::ENCODINGS
        .into_iter()
        .zip(["j@x.example", "f@x.example"])
    {
        let person = json!({ "email": email, "name": name });
        client
            .write("POST", "addon/live_chat/operator/add", &person, encoding)
            .payload();
        assert_eq!(client.operator(email).payload()["name"], *name);
    }
}

#[test]
fn preflight_from_any_origin_gets_its_headers() {
    let (_sandbox, client) = demo();
    for (method, path) in CALLS {
        let headers = [
            ("origin", "https://panel.example"),
            ("access-control-request-method", method),
            (
                "access-control-request-headers",
                "api_token, content-type, x-acme-token",
            ),
        ];
        let answer = client.send("OPTIONS", path, &headers, "");
        assert_eq!(answer.http_status, 200, "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), "*");
        assert_eq!(
            answer.header("access-control-allow-headers"),
            "api_token, content-type, x-acme-token"
        );
        assert!(
            answer
                .header("access-control-allow-methods")
                .split(',')
                .any(|one| one == method)
        );
    }
}

#[test]
fn every_answer_is_readable_across_origins() {
    let (_sandbox, client) = demo();
    let origin = ("origin", "https://panel.example");
    let token = ("api_token", TOKEN);
    for (path, headers) in [
        ("auth/organisation", &[origin, token][..]),
        ("auth/organisation", &[origin]),
        ("auth/no/such/call", &[origin, token]),
    ] {
        let answer = client.send("GET", path, headers, "");
        assert_eq!(answer.header("access-control-allow-origin"), "*", "{path}");
        assert_eq!(
            answer.header("access-control-expose-headers"),
            "retry-after",
            "{path}"
        );
        assert_eq!(
            answer.header("content-type"),
            "application/json; charset=utf-8"
        );
        assert_eq!(answer.header("cache-control"), "no-store");
    }
}
