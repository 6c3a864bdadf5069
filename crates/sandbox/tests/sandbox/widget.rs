//! Tests the embed codes and what they load. The journeys test that the bubble shows in a browser.

use serde_json::{Value, json};

use crate::client::{Client, Encoding, TOKEN, demo};

fn status(client: &Client, domain: &str) -> Value {
    let answer = client.send(
        "GET",
        &format!("widget/status?domain={domain}"),
        &[("origin", "null")],
        "",
    );
    assert_eq!(answer.http_status, 200);
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert_eq!(answer.header("cache-control"), "no-store");
    answer.json()
}

#[test]
fn both_scripts_of_an_embed_code_can_be_loaded() {
    let (_sandbox, client) = demo();
    let new = json!({ "domain": "new.acme.example", "email": "new@acme.example" });
    let added = client
        .write("POST", "addon/live_chat/domain/add", &new, Encoding::Json)
        .payload();
    for code in ["link", "socketLink"] {
        let code = added[code].as_str().expect("a text");
        let url = code.split('"').nth(1).expect("a source");
        let path = url
            .strip_prefix(&client.base_url)
            .expect("a script of this server");
        let script = client.fetch(path);
        assert_eq!(script.http_status, 200, "{url}");
        assert_eq!(
            script.header("content-type"),
            "text/javascript; charset=utf-8"
        );
        assert!(script.body.contains("window.chatwhizz"), "{url}");
    }
}

#[test]
fn embed_code_loads_from_the_callers_host() {
    let (sandbox, client) = demo();
    let added = |domain: &str, host: &str, proto: &str| {
        let headers = [
            ("host", host),
            ("x-forwarded-proto", proto),
            ("api_token", TOKEN),
            ("content-type", "application/json"),
        ];
        let body = json!({ "domain": domain, "email": "a@acme.example" }).to_string();
        client
            .send("POST", "auth/addon/live_chat/domain/add", &headers, &body)
            .payload()["socketLink"]
            .take()
    };
    let code = |origin: &str| json!(format!(r#"<script src="{origin}/socket.js"></script>"#));
    assert_eq!(
        added("a.example", "localhost:8080", "http"),
        code("http://localhost:8080")
    );
    assert_eq!(
        added("b.example", "acme.chatwhizz.example", "https"),
        code("https://acme.chatwhizz.example")
    );
    let hostile = "x'onload='alert(1)";
    assert_eq!(
        added("c.example", hostile, "http"),
        code(&format!("http://{}", sandbox.address()))
    );
}

#[test]
fn status_lists_online_operators_with_messages() {
    let (_sandbox, client) = demo();
    assert_eq!(
        status(&client, "SHOP.acme.example"),
        json!({ "domain": "shop.acme.example", "known": true, "active": true, "online": ["Ada Okafor", "優子 小林", "Chloé Lefèvre"] })
    );
    let change = |email: &str, parameter: &str| {
        let parameters = json!({ "domain": "shop.acme.example", "email": email, parameter: false });
        client
            .write(
                "PUT",
                "addon/live_chat/domain/operator/update",
                &parameters,
                Encoding::Json,
            )
            .payload();
    };
    change("ada@acme.example", "online_status");
    change("yuko@acme.example", "active");
    assert_eq!(
        status(&client, "shop.acme.example")["online"],
        json!(["Chloé Lefèvre"])
    );
    let off = json!({ "email": "chloe@acme.example", "status": 0 });
    client
        .write(
            "PUT",
            "addon/live_chat/operator/update",
            &off,
            Encoding::Json,
        )
        .payload();
    assert_eq!(status(&client, "shop.acme.example")["online"], json!([]));
}

#[test]
fn inactive_or_unknown_domain_is_reported() {
    let (_sandbox, client) = demo();
    assert_eq!(
        status(&client, "outlet.acme.example"),
        json!({ "domain": "outlet.acme.example", "known": true, "active": false, "online": [] })
    );
    let unknown =
        |domain: &str| json!({ "domain": domain, "known": false, "active": false, "online": [] });
    assert_eq!(
        status(&client, "no.such.example"),
        unknown("no.such.example")
    );
    assert_eq!(status(&client, ""), unknown(""));
}
