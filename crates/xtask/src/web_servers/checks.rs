//! The requirements for every server.

use serde_json::{Value, json};
use switchboard_sandbox::Sandbox;

use super::client::{Answer, Client};
use super::{FILES, compressed};

const HEADERS: &str = include_str!("../../../../deploy/headers.txt");

const FOREVER: &str = "public, max-age=31536000, immutable";

/// Pages of the panel: without an organisation, and below a first segment that names the organisation by host, port
/// and prefix.
const PAGES: [&str; 9] = [
    "/",
    "/operators",
    "/domains/shop.acme.example",
    "/operators/a%2Fb%40acme.example",
    "/acme.chatwhizz.com",
    "/acme.chatwhizz.com/operators",
    "/127.0.0.1:8080/operators",
    "/[::1]:8080/domains/shop.acme.example/embed",
    "/acme.chatwhizz.com%2Fchat/operators?q=ada",
];

/// Files of a former version. A page in their place would be taken for a script or a style sheet.
const MISSING: [&str; 3] = [
    "/switchboard-fedcba9876543210.js",
    "/main-fedcba9876543210.css",
    "/acme.chatwhizz.com/switchboard-fedcba9876543210.wasm",
];

/// Asserts that files, pages and missing files are answered as docs/deploy.md says.
pub fn panel_is_served(client: &Client) {
    for path in PAGES {
        let page = client.fetch(path);
        assert_eq!(
            (page.status, page.body.as_str()),
            (200, FILES[0].1),
            "{path}"
        );
        assert!(
            page.header("content-type").starts_with("text/html"),
            "{path}: {page:?}"
        );
        assert_eq!(page.header("cache-control"), "no-cache", "{path}");
        has_all_headers(&page);
    }
    for (name, text) in FILES {
        let path = format!("/{name}");
        let plain = client.fetch(&path);
        assert_eq!((plain.status, plain.body.as_str()), (200, text), "{name}");
        let squeezed = client.send("GET", &path, &[("accept-encoding", "gzip")], "");
        assert_eq!(squeezed.body, compressed(name), "{name}");
        assert_eq!(squeezed.header("content-encoding"), "gzip", "{name}");
        let is_named_by_content = name.contains("-0123456789abcdef.");
        for answer in [plain, squeezed] {
            let kept = if is_named_by_content {
                FOREVER
            } else {
                "no-cache"
            };
            assert_eq!(answer.header("cache-control"), kept, "{name}");
            let media_type = answer.header("content-type");
            assert!(
                media_type.starts_with(type_of(name)),
                "{name}: {media_type}"
            );
            has_all_headers(&answer);
        }
    }
    for path in MISSING {
        let missing = client.fetch(path);
        assert_eq!(missing.status, 404, "{path}: {missing:?}");
        assert!(
            !missing.header("cache-control").contains("immutable"),
            "{path}"
        );
        assert_ne!(missing.body, FILES[0].1, "{path}");
    }
}

fn type_of(name: &str) -> &'static str {
    match name.rsplit_once('.') {
        Some((_, "html")) => "text/html",
        Some((_, "js")) => "text/javascript",
        Some((_, "css")) => "text/css",
        Some((_, "wasm")) => "application/wasm",
        _ => panic!("{name} has no type here"),
    }
}

fn has_all_headers(answer: &Answer) {
    for (name, value) in HEADERS.lines().filter_map(|line| line.split_once(": ")) {
        assert_eq!(answer.header(name), value, "{name}");
    }
}

/// Asserts that calls reach the sandbox and its answers come back unchanged.
pub fn api_is_reached(client: &Client, sandbox: &Sandbox) {
    let direct = Client::of(&sandbox.address().to_string());
    let token = ("api_token", sandbox.token());
    let json_body = ("content-type", "application/json");
    let call = |method: &str, path: &str, body: &Value| {
        let path = format!("/auth/{path}");
        let answer = client.send(method, &path, &[token, json_body], &body.to_string());
        assert_eq!(
            (answer.status, &answer.json()["status"]),
            (200, &json!(1)),
            "{method} {path}: {answer:?}"
        );
        answer
    };

    let organisation = client.send("GET", "/auth/organisation", &[token], "");
    assert_eq!(organisation.status, 200, "{organisation:?}");
    assert_eq!(organisation.json()["message"]["name"], "Acme Outfitters");
    assert_eq!(organisation.header("cache-control"), "no-store");
    let refused = client.fetch("/auth/organisation");
    assert_eq!(
        (refused.status, &refused.json()["status"]),
        (401, &json!(0))
    );

    let email = json!({ "email": "new+one@acme.example" });
    let added = json!({ "email": email["email"], "name": "New One" });
    call("POST", "addon/live_chat/operator/add", &added);
    let inactive = json!({ "email": email["email"], "status": 0 });
    call("PUT", "addon/live_chat/operator/update", &inactive);
    let found = "/auth/addon/live_chat/operator/get?email=new%2Bone%40acme.example";
    let found = client.send("GET", found, &[token], "");
    assert_eq!(
        found.json()["message"]["email"],
        email["email"],
        "{found:?}"
    );
    call("DELETE", "user/delete", &email);

    let many = json!({ "operators": 5_000 }).to_string();
    let seeded = direct.send("POST", "/sandbox/seed", &[json_body], &many);
    assert_eq!(seeded.status, 200, "{seeded:?}");
    let list = "/auth/addon/live_chat/operator/list";
    let forwarded = client.send("GET", list, &[token], "");
    assert_eq!(forwarded.body, direct.send("GET", list, &[token], "").body);
    assert!(forwarded.body.len() > 500_000, "{}", forwarded.body.len());
}
