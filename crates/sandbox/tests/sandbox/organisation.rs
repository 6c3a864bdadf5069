//! Tests endpoint 1, and the demo organisation that it returns.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::client::demo;

#[test]
fn the_organisation_has_every_field_of_the_reference() {
    let (_sandbox, client) = demo();
    let organisation = client.read("organisation", &[]).payload();
    assert_eq!(organisation["status"], 1);
    assert_eq!(organisation["dummyDomain"], false);
    assert_eq!(organisation["name"], "Acme Outfitters");
    assert_eq!(organisation["email"], "owner@acme.example");
    assert_eq!(
        organisation["access"][0],
        json!({ "role": "admin", "status": 1, "permission": [], "name": "Ada Okafor", "email": "ada@acme.example" })
    );
    let plan = organisation["plan"][0].as_object().expect("a plan");
    for field in ["name", "price", "features", "subscriptionID"] {
        assert!(plan.contains_key(field), "{field}");
    }
    let addons = organisation["addon"].as_array().expect("addons");
    for addon in addons {
        for field in ["name", "uniqueName", "subscriptionID", "status", "plan"] {
            assert!(addon.get(field).is_some(), "{field}: {addon}");
        }
    }
    assert!(addons[1]["accessToken"].is_string());
    assert!(addons[1]["refreshToken"].is_string());
    assert!(addons[2]["uvdeskConfig"].is_object());
}

#[test]
fn demo_has_accounts_plan_and_addons() {
    let (_sandbox, client) = demo();
    let organisation = client.read("organisation", &[]).payload();
    let roles = values(&organisation["access"], "role");
    assert_eq!(roles, ["admin", "staff", "staff"].map(Value::from));
    assert_eq!(organisation["plan"].as_array().map(Vec::len), Some(1));
    assert_eq!(
        values(&organisation["addon"], "status"),
        [1, 2, 1].map(Value::from)
    );
}

#[test]
fn the_demo_has_an_operator_in_every_state() {
    let (_sandbox, client) = demo();
    let operators = client.read("addon/live_chat/operator/list", &[]).payload();
    assert_eq!(operators.as_array().map(Vec::len), Some(12));
    let states = |field| {
        let texts = values(&operators, field).into_iter();
        texts
            .map(|value| value.to_string())
            .collect::<BTreeSet<_>>()
    };
    assert_eq!(
        states("status"),
        ["0", "1", "2", "3"].map(str::to_owned).into()
    );
    assert_eq!(states("active"), ["0", "1"].map(str::to_owned).into());
    assert_eq!(
        states("operator"),
        ["false", "true"].map(str::to_owned).into()
    );
    let addons = ["[]", r#"[{"status":0}]"#, r#"[{"status":1}]"#];
    assert_eq!(states("addOns"), addons.map(str::to_owned).into());
}

#[test]
fn demo_has_unusual_domains() {
    let (_sandbox, client) = demo();
    assert!(!client.on_domain("shop.acme.example").is_empty());
    assert!(client.on_domain("wholesale.acme.example").is_empty());
    assert_eq!(
        client.domain("outlet.acme.example").payload()["status"],
        false
    );
    assert_eq!(
        client.domain("xn--bcher-kva.example").payload()["status"],
        true
    );
}

fn values(list: &Value, field: &str) -> Vec<Value> {
    let items = list.as_array().expect("an array").iter();
    items.map(|item| item[field].clone()).collect()
}
