//! Endpoints from the screen, each with the request, the API's state afterwards and what the page shows. The tests of
//! the other endpoints are with their pages; docs/testing-reference.md lists all.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use switchboard_e2e::{
    Proxy, button, dialog, field, journey, link, navigation, region, switch_off, switch_on, table,
};

use crate::steps::{live_chat, through_a_relay};

/// Returns the bodies that were sent with this method to this path, or the queries of reads.
fn sent(proxy: &Proxy, method: &str, path: &str) -> Vec<Value> {
    let path = format!("/{path}");
    let seen = proxy.seen();
    let those = seen
        .iter()
        .filter(|request| request.method == method && request.path() == path);
    those
        .map(|request| match request.body_json() {
            Value::Null => {
                let query = request.target.split_once('?').unwrap_or_default().1;
                json!(query.trim_end_matches('&'))
            }
            body => body,
        })
        .collect()
}

#[test]
fn endpoint_01_the_organisation_is_shown_with_its_plan_addons_and_accounts() -> Result<()> {
    journey(async |it| {
        let proxy = through_a_relay(it).await?;
        it.page.see_text_in(region("Plan"), "Business").await?;
        for (name, about) in [
            ("Live Chat", "Active"),
            ("Seller Buyer Chat", "Inactive"),
            ("UVdesk", "support@acme.example"),
        ] {
            it.page.see_text_in(region("Addons"), name).await?;
            it.page.see_text_in(region("Addons"), about).await?;
        }
        for account in ["Ada Okafor", "Admin", "Sam Lee", "Staff", "Blocked"] {
            it.page.see_text_in(region("Access"), account).await?;
        }
        // The two secrets are masked until the user reveals them.
        it.page.see_no_text("sandbox-access-token-4f9c1e7b").await?;
        assert_eq!(sent(&proxy, "GET", "auth/organisation"), [json!("")]);
        Ok(())
    })
}

#[test]
fn endpoint_02_an_operator_is_added_and_read_back_from_the_api() -> Result<()> {
    journey(async |it| {
        let proxy = through_a_relay(it).await?;
        it.page
            .click(link("Operators").within(navigation("Main")))
            .await?;
        it.page.click(button("Add operator")).await?;
        it.page
            .fill(field("Name"), "Katherine  Coleman Johnson")
            .await?;
        it.page
            .fill(field("Email"), "  katherine@acme.example ")
            .await?;
        it.page.click(button("Add operator")).await?;
        it.page.see_no(dialog("Add operator")).await?;
        it.page
            .see_text("Katherine Coleman Johnson was added.")
            .await?;
        it.page
            .see_text_in(table("Operators"), "katherine@acme.example")
            .await?;
        it.page.see_text("13 operators").await?;
        let path = "auth/addon/live_chat/operator/add";
        let bodies = sent(&proxy, "POST", path);
        assert_eq!(bodies.len(), 1);
        assert_eq!(bodies[0]["email"], "katherine@acme.example");
        let get = "auth/addon/live_chat/operator/get?email=katherine%40acme.example";
        let there = it.sandbox.ask("GET", get, &Value::Null)?;
        let name = there["message"]["name"].as_str().context("a name")?;
        it.page.see_text_in(table("Operators"), name).await?;
        assert!(live_chat(it, "katherine@acme.example")?);
        let lists = sent(&proxy, "GET", "auth/addon/live_chat/operator/list");
        assert_eq!(lists.len(), 2);
        // The next operator starts with an empty form.
        it.page.focus_is_on(button("Add operator")).await?;
        it.page.click(button("Add operator")).await?;
        assert_eq!(it.page.value_of(field("Name")).await?, "");
        Ok(())
    })
}

#[test]
fn endpoint_04_everybody_is_listed_with_presence_login_and_addon() -> Result<()> {
    journey(async |it| {
        let proxy = through_a_relay(it).await?;
        it.page
            .click(link("Operators").within(navigation("Main")))
            .await?;
        it.page.see_text("12 operators").await?;
        let list = it
            .sandbox
            .ask("GET", "auth/addon/live_chat/operator/list", &Value::Null)?;
        let all = list["message"].as_array().context("a list")?;
        assert_eq!(all.len(), 12);
        for operator in all {
            let text = |pointer: &str| {
                let value = operator.pointer(pointer).and_then(Value::as_str);
                value.unwrap_or_default().trim()
            };
            let name = format!("{} {}", text("/name/firstName"), text("/name/lastName"));
            it.page.see(link(name.trim())).await?;
            it.page
                .see_text_in(table("Operators"), text("/email"))
                .await?;
            let switch = format!("Live chat addon: {}", name.trim());
            match operator["addOns"][0]["status"].as_u64() {
                Some(1) => it.page.see(switch_on(switch)).await?,
                Some(_) => it.page.see(switch_off(switch)).await?,
                None => {}
            }
        }
        for word in [
            "Online",
            "Away",
            "Busy",
            "Offline",
            "Can log in",
            "Cannot log in",
            "Not set up",
        ] {
            it.page.see_text_in(table("Operators"), word).await?;
        }
        assert_eq!(
            sent(&proxy, "GET", "auth/addon/live_chat/operator/list"),
            [json!("")]
        );
        Ok(())
    })
}

#[test]
fn endpoint_13_the_operators_of_a_domain_are_shown_with_their_switches() -> Result<()> {
    journey(async |it| {
        let proxy = through_a_relay(it).await?;
        it.page.open("/domains/shop.acme.example").await?;
        let operators = table("Operators on this domain");
        it.page
            .see_text_in(operators.clone(), "Grace Hopper")
            .await?;
        let path = "auth/addon/live_chat/domain/operator/list";
        let list = format!("{path}?domain=shop.acme.example");
        let list = it.sandbox.ask("GET", &list, &Value::Null)?;
        let all = list["message"].as_array().context("a list")?;
        assert_eq!(all.len(), 6);
        for one in all {
            let text = |pointer: &str| one.pointer(pointer).and_then(Value::as_str);
            let first = text("/name/firstName").unwrap_or_default();
            let last = text("/name/lastName").unwrap_or_default();
            let name = format!("{first} {last}");
            let email = text("/email").context("an e-mail")?;
            it.page.see_text_in(operators.clone(), email).await?;
            for (switch, on) in [
                ("Admin", &one["isAdmin"]),
                ("Shown online", &one["chatStatus"]),
                ("Gets messages", &one["active"]),
            ] {
                let switch = format!("{switch}: {}", name.trim());
                let wanted = if *on == json!(true) {
                    switch_on(switch)
                } else {
                    switch_off(switch)
                };
                it.page.see(wanted.within(operators.clone())).await?;
            }
        }
        assert_eq!(
            sent(&proxy, "GET", path),
            [json!("domain=shop.acme.example")]
        );
        Ok(())
    })
}
