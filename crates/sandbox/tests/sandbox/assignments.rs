//! Tests endpoints 10 to 13.

use serde_json::{Value, json};

use crate::client::{Answer, Client, ENCODINGS, Encoding, demo};

const SHOP: &str = "shop.acme.example";
const EMPTY: &str = "wholesale.acme.example";

fn call(client: &Client, call: &str, parameters: Value, encoding: Encoding) -> Answer {
    let method = if call == "add" { "POST" } else { "PUT" };
    client.write(
        method,
        &format!("addon/live_chat/domain/operator/{call}"),
        &parameters,
        encoding,
    )
}

fn list(client: &Client, domain: &str) -> Value {
    client
        .read(
            "addon/live_chat/domain/operator/list",
            &[("domain", domain)],
        )
        .payload()
}

#[test]
fn new_assignment_has_the_default_switches() {
    for encoding in ENCODINGS {
        let (_sandbox, client) = demo();
        let pair = json!({ "domain": EMPTY, "email": "grace@acme.example" });
        assert_eq!(
            call(&client, "add", pair, encoding).payload(),
            "Operator Added Successfully"
        );
        let mut operators = list(&client, EMPTY);
        let user_id = operators[0]["userId"].take();
        let user_id = user_id.as_str().expect("a text");
        assert!(
            user_id.len() == 24 && user_id.bytes().all(|byte| byte.is_ascii_hexdigit()),
            "{user_id}"
        );
        assert_eq!(
            operators,
            json!([{
                "name": { "lastName": "Hopper", "firstName": "Grace" },
                "isAdmin": false, "chatStatus": true, "active": true, "userId": null, "email": "grace@acme.example",
            }])
        );
    }
}

#[test]
fn an_operator_is_not_put_on_a_domain_twice() {
    let (_sandbox, client) = demo();
    let before = list(&client, SHOP);
    let pair = json!({ "domain": SHOP, "email": "grace@acme.example" });
    call(&client, "add", pair, Encoding::Json)
        .refused("warning", "Operator already exists on this domain");
    assert_eq!(list(&client, SHOP), before);
}

#[test]
fn each_switch_sets_its_own_field() {
    for encoding in ENCODINGS {
        let (_sandbox, client) = demo();
        let mut expected = list(&client, SHOP);
        assert_eq!(expected[1]["email"], "grace@acme.example");
        for (parameter, field, on) in [
            ("is_admin", "isAdmin", true),
            ("online_status", "chatStatus", false),
            ("active", "active", false),
            ("active", "active", true),
        ] {
            let parameters =
                json!({ "domain": SHOP, "email": "grace@acme.example", parameter: on });
            let answer = call(&client, "update", parameters, encoding);
            assert_eq!(
                answer.payload(),
                json!({ "operators": "Operator Updated Successfully" })
            );
            expected[1][field] = on.into();
            assert_eq!(list(&client, SHOP), expected);
        }
    }
}

#[test]
fn update_needs_a_valid_switch() {
    let (_sandbox, client) = demo();
    for encoding in ENCODINGS {
        let pair = json!({ "domain": SHOP, "email": "grace@acme.example" });
        call(&client, "update", pair, encoding).refused(
            "error",
            "At least one of is_admin, online_status, active is required",
        );
        let wrong = json!({ "domain": SHOP, "email": "grace@acme.example", "is_admin": 1 });
        call(&client, "update", wrong, encoding)
            .refused("error", json!({ "is_admin": "Is admin is not valid" }));
    }
}

#[test]
fn removed_operator_stays_an_operator() {
    for encoding in ENCODINGS {
        let (_sandbox, client) = demo();
        let pair = json!({ "domain": SHOP, "email": "grace@acme.example" });
        let answer = call(&client, "remove", pair.clone(), encoding);
        assert_eq!(
            answer.payload(),
            json!({ "operators": "Operator Updated Successfully" })
        );
        assert!(
            !client
                .on_domain(SHOP)
                .contains(&"grace@acme.example".to_owned())
        );
        client.operator("grace@acme.example").payload();
        call(&client, "remove", pair, encoding)
            .refused("error", "Operator does not exist on this domain");
    }
}

#[test]
fn writes_need_existing_domain_and_operator() {
    let (_sandbox, client) = demo();
    for encoding in ENCODINGS {
        for name in ["add", "update", "remove"] {
            let with = |domain: &str, email: &str| json!({ "domain": domain, "email": email, "active": true });
            let both = json!({ "domain": "Domain is required", "email": "Email is required" });
            call(&client, name, with("", ""), encoding).refused("error", both);
            call(
                &client,
                name,
                with("no.such.example", "grace@acme.example"),
                encoding,
            )
            .refused("error", "Domain does not exist");
            call(&client, name, with(SHOP, "no@acme.example"), encoding)
                .refused("error", "Operator does not exist");
        }
        let elsewhere = json!({ "domain": EMPTY, "email": "grace@acme.example", "active": true });
        call(&client, "update", elsewhere, encoding)
            .refused("error", "Operator does not exist on this domain");
    }
}

#[test]
fn the_list_needs_a_domain_that_exists() {
    let (_sandbox, client) = demo();
    let path = "addon/live_chat/domain/operator/list";
    client
        .read(path, &[])
        .refused("error", json!({ "domain": "Domain is required" }));
    client
        .read(path, &[("domain", "no.such.example")])
        .refused("error", "Domain does not exist");
    assert_eq!(list(&client, EMPTY), json!([]));
}
