//! Tests endpoints 2 to 5 and 14.

use serde_json::{Value, json};

use crate::client::{Answer, Client, ENCODINGS, Encoding, demo};

fn add(client: &Client, parameters: Value, encoding: Encoding) -> Answer {
    client.write(
        "POST",
        "addon/live_chat/operator/add",
        &parameters,
        encoding,
    )
}

fn update(client: &Client, parameters: Value, encoding: Encoding) -> Answer {
    client.write(
        "PUT",
        "addon/live_chat/operator/update",
        &parameters,
        encoding,
    )
}

fn delete(client: &Client, parameters: Value, encoding: Encoding) -> Answer {
    client.write("DELETE", "user/delete", &parameters, encoding)
}

#[test]
fn an_added_operator_is_answered_and_found_again() {
    for encoding in ENCODINGS {
        let (_sandbox, client) = demo();
        let person = json!({ "email": "edsger+nl@acme.example", "name": "Edsger W. Dijkstra" });
        assert_eq!(add(&client, person.clone(), encoding).payload(), person);
        assert_eq!(
            client.operator("edsger+nl@acme.example").payload(),
            json!({
                "name": "Edsger W. Dijkstra", "email": "edsger+nl@acme.example",
                "status": 0, "active": 1, "operator": true, "addOns": [{ "status": 1 }],
            })
        );
    }
}

#[test]
fn an_operator_is_not_added_without_email_and_name() {
    let (_sandbox, client) = demo();
    for encoding in ENCODINGS {
        let both = json!({ "email": "Email is required", "name": "Name is required" });
        add(&client, json!({}), encoding).refused("error", both);
        add(
            &client,
            json!({ "email": "x@acme.example", "name": " " }),
            encoding,
        )
        .refused("error", json!({ "name": "Name is required" }));
        add(
            &client,
            json!({ "email": "x.acme.example", "name": "X" }),
            encoding,
        )
        .refused("error", json!({ "email": "Email is not valid" }));
        client
            .operator("x@acme.example")
            .refused("error", "Operator does not exist");
    }
}

#[test]
fn existing_operator_is_not_added_again() {
    let (_sandbox, client) = demo();
    for email in ["grace@acme.example", "Grace@ACME.example"] {
        add(
            &client,
            json!({ "email": email, "name": "Another" }),
            Encoding::Json,
        )
        .refused("warning", "Operator already exists");
    }
    assert_eq!(
        client.operator("grace@acme.example").payload()["name"],
        "Grace Hopper"
    );
}

#[test]
fn an_operator_is_read_by_email() {
    let (_sandbox, client) = demo();
    assert_eq!(
        client.operator("grace@acme.example").payload(),
        json!({
            "name": "Grace Hopper", "email": "grace@acme.example",
            "status": 3, "active": 1, "operator": true, "addOns": [{ "status": 1 }],
        })
    );
    client
        .operator("nobody@acme.example")
        .refused("error", "Operator does not exist");
    client
        .operator("nobody")
        .refused("error", json!({ "email": "Email is not valid" }));
    client
        .read("addon/live_chat/operator/get", &[])
        .refused("error", json!({ "email": "Email is required" }));
}

#[test]
fn list_has_names_in_two_parts() {
    let (_sandbox, client) = demo();
    let operators = client.read("addon/live_chat/operator/list", &[]).payload();
    assert_eq!(
        operators[2],
        json!({
            "name": { "lastName": "", "firstName": "Björk" }, "email": "bjork@acme.example",
            "status": 0, "active": 0, "operator": false, "addOns": [],
        })
    );
    assert_eq!(
        operators[4]["name"],
        json!({ "lastName": "小林", "firstName": "優子" })
    );
}

#[test]
fn deactivating_touches_the_addon_alone() {
    for encoding in ENCODINGS {
        let (_sandbox, client) = demo();
        let before = client.operator("grace@acme.example").payload();
        let off =
            json!({ "email": "grace@acme.example", "status": 0, "domain": ["no.such.example"] });
        assert_eq!(
            update(&client, off, encoding).payload(),
            "Record Updated Successfully"
        );
        let mut after = client.operator("grace@acme.example").payload();
        assert_eq!(after["addOns"], json!([{ "status": 0 }]));
        after["addOns"] = before["addOns"].clone();
        assert_eq!(after, before);
        assert!(
            client
                .on_domain("shop.acme.example")
                .contains(&"grace@acme.example".to_owned())
        );
    }
}

#[test]
fn activating_puts_the_operator_on_the_domains_given() {
    for encoding in ENCODINGS {
        let (_sandbox, client) = demo();
        let domains = json!(["wholesale.acme.example", "shop.acme.example"]);
        let on = json!({ "email": "tomas@acme.example", "status": 1, "domain": domains });
        for _ in 0..2 {
            assert_eq!(
                update(&client, on.clone(), encoding).payload(),
                "Record Updated Successfully"
            );
        }
        assert_eq!(
            client.operator("tomas@acme.example").payload()["addOns"],
            json!([{ "status": 1 }])
        );
        assert_eq!(
            client.on_domain("wholesale.acme.example"),
            ["tomas@acme.example"]
        );
        assert!(
            client
                .on_domain("shop.acme.example")
                .contains(&"tomas@acme.example".to_owned())
        );
    }
}

#[test]
fn unknown_domain_among_several_changes_nothing() {
    for encoding in ENCODINGS {
        let (_sandbox, client) = demo();
        let domains = json!(["wholesale.acme.example", "no.such.example"]);
        let on = json!({ "email": "tomas@acme.example", "status": 1, "domain": domains });
        update(&client, on, encoding).refused("error", "Domain does not exist");
        assert_eq!(
            client.operator("tomas@acme.example").payload()["addOns"],
            json!([])
        );
        assert!(client.on_domain("wholesale.acme.example").is_empty());
    }
}

#[test]
fn operator_update_needs_operator_and_valid_status() {
    let (_sandbox, client) = demo();
    for encoding in ENCODINGS {
        let nothing = json!({ "email": "Email is required", "status": "Status is required" });
        update(&client, json!({}), encoding).refused("error", nothing);
        for status in [json!(2), json!("on"), json!(true)] {
            let parameters = json!({ "email": "grace@acme.example", "status": status });
            let complaint = json!({ "status": "Status is not valid" });
            update(&client, parameters, encoding).refused("error", complaint);
        }
        update(
            &client,
            json!({ "email": "no@acme.example", "status": 1 }),
            encoding,
        )
        .refused("error", "Operator does not exist");
        let bad =
            json!({ "email": "grace@acme.example", "status": 1, "domain": "https://a.example" });
        update(&client, bad, encoding).refused("error", json!({ "domain": "Domain is not valid" }));
    }
}

#[test]
fn a_deleted_user_is_gone_with_account_and_assignments() {
    for encoding in ENCODINGS {
        let (_sandbox, client) = demo();
        for email in ["grace@acme.example", "sam@acme.example"] {
            let answer = delete(&client, json!({ "email": email }), encoding);
            assert_eq!(
                answer.payload(),
                json!({ "operators": "User Deleted Successfully" })
            );
            client
                .operator(email)
                .refused("error", "Operator does not exist");
        }
        assert!(
            !client
                .on_domain("shop.acme.example")
                .contains(&"grace@acme.example".to_owned())
        );
        let access = client.read("organisation", &[]).payload()["access"].take();
        assert_eq!(access.as_array().map(Vec::len), Some(2));
    }
}

#[test]
fn deletion_needs_a_known_user_other_than_the_admin() {
    let (_sandbox, client) = demo();
    for encoding in ENCODINGS {
        delete(&client, json!({}), encoding)
            .refused("error", json!({ "email": "Email is required" }));
        delete(&client, json!({ "email": "no@acme.example" }), encoding)
            .refused("error", "User does not exist");
        delete(&client, json!({ "email": "ada@acme.example" }), encoding)
            .refused("error", "The admin of the organisation can not be deleted");
    }
    client.operator("ada@acme.example").payload();
}
