//! Tests endpoints 6 to 9.

use serde_json::{Value, json};

use crate::client::{Answer, Client, ENCODINGS, Encoding, demo};

fn add(client: &Client, parameters: Value, encoding: Encoding) -> Answer {
    client.write("POST", "addon/live_chat/domain/add", &parameters, encoding)
}

fn update(client: &Client, parameters: Value, encoding: Encoding) -> Answer {
    client.write(
        "PUT",
        "addon/live_chat/domain/update",
        &parameters,
        encoding,
    )
}

fn delete(client: &Client, parameters: Value, encoding: Encoding) -> Answer {
    client.write(
        "DELETE",
        "addon/live_chat/domain/delete",
        &parameters,
        encoding,
    )
}

#[test]
fn added_domain_returns_its_code_and_is_readable() {
    for encoding in ENCODINGS {
        let (sandbox, client) = demo();
        let parameters = json!({ "domain": "new.acme.example", "email": "new@acme.example" });
        let origin = format!("http://{}", sandbox.address());
        assert_eq!(
            add(&client, parameters, encoding).payload(),
            json!({
                "name": "new.acme.example",
                "email": "new@acme.example",
                "link": format!(r#"<script src="{origin}/widget.js?domain=new.acme.example" async></script>"#),
                "socketLink": format!(r#"<script src="{origin}/socket.js"></script>"#),
            })
        );
        assert_eq!(
            client.domain("new.acme.example").payload(),
            json!({
                "name": "new.acme.example", "email": "new@acme.example",
                "status": true, "addonUniqueName": "live_chat", "operators": [],
            })
        );
    }
}

#[test]
fn domain_needs_valid_name_and_email() {
    let (_sandbox, client) = demo();
    for encoding in ENCODINGS {
        let both = json!({ "domain": "Domain is required", "email": "Email is required" });
        add(&client, json!({}), encoding).refused("error", both);
        for domain in [
            "https://a.example",
            "a.example/path",
            "a.example:8080",
            "a b.example",
            "bücher.example",
        ] {
            add(
                &client,
                json!({ "domain": domain, "email": "a@acme.example" }),
                encoding,
            )
            .refused("error", json!({ "domain": "Domain is not valid" }));
        }
        add(
            &client,
            json!({ "domain": "a.example", "email": "a@" }),
            encoding,
        )
        .refused("error", json!({ "email": "Email is not valid" }));
        client
            .domain("a.example")
            .refused("error", "Domain does not exist");
    }
}

#[test]
fn a_domain_that_exists_is_not_added_again() {
    let (_sandbox, client) = demo();
    for domain in ["shop.acme.example", "SHOP.acme.example"] {
        add(
            &client,
            json!({ "domain": domain, "email": "x@acme.example" }),
            Encoding::Json,
        )
        .refused("warning", "Domain already exists");
    }
    assert_eq!(
        client.domain("shop.acme.example").payload()["email"],
        "shop@acme.example"
    );
}

#[test]
fn a_domain_is_read_with_its_operators() {
    let (_sandbox, client) = demo();
    let mut domain = client.domain("outlet.acme.example").payload();
    let operators = domain["operators"].take();
    assert_eq!(
        domain,
        json!({
            "name": "outlet.acme.example", "email": "outlet@acme.example",
            "status": false, "addonUniqueName": "live_chat", "operators": null,
        })
    );
    let listed = client.read(
        "addon/live_chat/domain/operator/list",
        &[("domain", "outlet.acme.example")],
    );
    assert_eq!(operators, listed.payload());
    assert_eq!(operators[0]["email"], "siobhan@acme.example");
}

#[test]
fn read_needs_the_name_of_a_known_domain() {
    let (_sandbox, client) = demo();
    client
        .domain("")
        .refused("error", json!({ "domain": "Domain is required" }));
    client
        .domain("https://shop.acme.example")
        .refused("error", json!({ "domain": "Domain is not valid" }));
    client
        .domain("no.such.example")
        .refused("error", "Domain does not exist");
}

#[test]
fn domain_update_changes_only_the_given_values() {
    for encoding in ENCODINGS {
        let (_sandbox, client) = demo();
        let mut expected = client.domain("shop.acme.example").payload();
        for (field, value) in [
            ("email", json!("s@acme.example")),
            ("status", json!(false)),
            ("status", json!(true)),
        ] {
            let answer = update(
                &client,
                json!({ "domain": "shop.acme.example", field: value }),
                encoding,
            );
            assert_eq!(answer.payload(), "Domain Update Successfully");
            expected[field] = value;
            assert_eq!(client.domain("shop.acme.example").payload(), expected);
        }
    }
}

#[test]
fn rename_keeps_operators_and_frees_the_old_name() {
    for encoding in ENCODINGS {
        let (_sandbox, client) = demo();
        let operators = client.on_domain("shop.acme.example");
        let rename = json!({ "domain": "shop.acme.example", "new_domain": "store.acme.example" });
        assert_eq!(
            update(&client, rename, encoding).payload(),
            "Domain Update Successfully"
        );
        assert_eq!(client.on_domain("store.acme.example"), operators);
        client
            .domain("shop.acme.example")
            .refused("error", "Domain does not exist");
        add(
            &client,
            json!({ "domain": "shop.acme.example", "email": "s@acme.example" }),
            encoding,
        )
        .payload();
    }
}

#[test]
fn rename_to_a_taken_name_changes_nothing() {
    let (_sandbox, client) = demo();
    let before = client.domain("shop.acme.example").payload();
    let rename = json!({
        "domain": "shop.acme.example", "new_domain": "outlet.acme.example", "email": "lost@acme.example",
    });
    update(&client, rename, Encoding::Json).refused("warning", "Domain already exists");
    assert_eq!(client.domain("shop.acme.example").payload(), before);
    let own = json!({ "domain": "shop.acme.example", "new_domain": "shop.acme.example" });
    update(&client, own, Encoding::Json).payload();
}

#[test]
fn domain_update_needs_a_domain_and_a_change() {
    let (_sandbox, client) = demo();
    for encoding in ENCODINGS {
        update(&client, json!({ "status": true }), encoding)
            .refused("error", json!({ "domain": "Domain is required" }));
        update(&client, json!({ "domain": "shop.acme.example" }), encoding).refused(
            "error",
            "At least one of new_domain, status, email is required",
        );
        update(
            &client,
            json!({ "domain": "no.such.example", "status": true }),
            encoding,
        )
        .refused("error", "Domain does not exist");
        let wrong = json!({ "domain": "shop.acme.example", "new_domain": "www.a.example", "status": 1, "email": "x" });
        let complaints = json!({
            "new_domain": "New domain is not valid", "status": "Status is not valid", "email": "Email is not valid",
        });
        update(&client, wrong, encoding).refused("error", complaints);
    }
}

#[test]
fn a_deleted_domain_is_gone_with_its_assignments() {
    for encoding in ENCODINGS {
        let (_sandbox, client) = demo();
        let shop = json!({ "domain": "shop.acme.example" });
        assert_eq!(
            delete(&client, shop.clone(), encoding).payload(),
            "Domain Deleted Successfully"
        );
        delete(&client, shop, encoding).refused("error", "Domain does not exist");
        delete(&client, json!({}), encoding)
            .refused("error", json!({ "domain": "Domain is required" }));
        add(
            &client,
            json!({ "domain": "shop.acme.example", "email": "s@acme.example" }),
            encoding,
        )
        .payload();
        assert!(client.on_domain("shop.acme.example").is_empty());
        client.operator("grace@acme.example").payload();
    }
}
