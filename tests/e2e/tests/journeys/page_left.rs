//! A page that the user leaves during its write: the write completes, the user learns of it on the next page, and is
//! not taken back.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use switchboard_e2e::{
    Answer, Hold, Interception, Journey, Proxy, Response, alert, button, dialog, field, journey,
    link, navigation, table, title,
};

use crate::steps::{add_domain, code_of, confirm_rename, record_of, rename, through_a_relay};

const DOMAIN: &str = "left.acme.example";
const CHANGE: (&str, &str) = ("PUT", "auth/addon/live_chat/domain/update");
const DELETE: (&str, &str) = ("DELETE", "auth/addon/live_chat/domain/delete");
const ADD_OPERATOR: (&str, &str) = ("POST", "auth/addon/live_chat/operator/add");
const DELETE_USER: (&str, &str) = ("DELETE", "auth/user/delete");

/// Connects and adds the domain.
async fn with_a_domain(it: &Journey) -> Result<Proxy> {
    let proxy = through_a_relay(it).await?;
    it.page.open("/domains/new").await?;
    add_domain(it, DOMAIN, "web@acme.example").await?;
    it.page.see(title("Embed code")).await?;
    Ok(proxy)
}

/// Holds the answers to these calls, which never reach the API and are refused.
fn refuse(proxy: &Proxy, (method, path): (&str, &str)) -> Hold {
    let hold = Hold::default();
    let refused = Response::json(&json!({ "status": 0, "message": "Not today" }));
    let answer = Answer::Hold(hold.clone(), refused);
    proxy.intercept(method, path, Interception::Answer(answer));
    hold
}

/// Holds the answers to these calls, which the API executes.
fn hold_back(proxy: &Proxy, (method, path): (&str, &str)) -> Hold {
    let hold = Hold::default();
    proxy.intercept(method, path, Interception::Hold(hold.clone()));
    hold
}

async fn go_to_the_domain(it: &Journey) -> Result<()> {
    it.page
        .click(link("Domains").within(navigation("Main")))
        .await?;
    it.page.click(link(DOMAIN).within(table("Domains"))).await?;
    it.page.see(title(DOMAIN)).await
}

async fn go_on(it: &Journey) -> Result<()> {
    it.page
        .click(link("Activity").within(navigation("Main")))
        .await?;
    it.page.see(title("Activity")).await
}

/// Confirms with the name, and leaves the page that asks for it.
async fn confirm_and_leave(it: &Journey, name: &str, action: &str, hold: &Hold) -> Result<()> {
    it.page.click(button(action)).await?;
    it.page
        .fill(field(format!("Type {name} to confirm")), name)
        .await?;
    it.page.click(button(action)).await?;
    hold.holds(1).await?;
    it.page.back().await?;
    go_on(it).await
}

#[test]
fn what_was_refused_is_told_to_who_went_on() -> Result<()> {
    journey(async |it| {
        let proxy = with_a_domain(it).await?;
        for (label, typed, action) in [
            ("Contact email", "new@acme.example", "Save"),
            ("New domain name", "new.acme.example", "Rename"),
        ] {
            go_to_the_domain(it).await?;
            let hold = refuse(&proxy, CHANGE);
            it.page.fill(field(label), typed).await?;
            it.page.click(button(action)).await?;
            if action == "Rename" {
                confirm_rename(it).await?;
            }
            hold.holds(1).await?;
            let activity = link("Activity").within(navigation("Main"));
            it.page.click(activity).await?;
            if action == "Save" {
                // The API may refuse it, so it is not saved yet.
                it.page.click(button("Leave")).await?;
            }
            it.page.see(title("Activity")).await?;
            hold.let_go();
            let told = alert(format!("{label} of {DOMAIN}: Not today"));
            it.page.see(told.clone()).await?;
            it.page.see(title("Activity")).await?;
            // It stays until it is dismissed.
            it.page.click(button("Dismiss")).await?;
            it.page.see_no(told).await?;
        }
        go_to_the_domain(it).await?;
        let hold = refuse(&proxy, DELETE);
        confirm_and_leave(it, DOMAIN, "Delete domain", &hold).await?;
        hold.let_go();
        let told = format!("{DOMAIN} was not deleted. Not today");
        it.page.see(alert(told)).await?;
        it.page.see(title("Activity")).await?;
        // None of it happened, neither at the API nor here.
        let domain = it.sandbox.domain(DOMAIN)?.context("deleted")?;
        ensure!(domain["email"] == "web@acme.example", "{domain}");
        let record = record_of(it, DOMAIN).await?.context("forgotten")?;
        let code = code_of(&proxy.url(), DOMAIN);
        ensure!(record["embed"]["link"] == json!(code.lines().next()));

        it.page
            .click(link("Operators").within(navigation("Main")))
            .await?;
        let hold = refuse(&proxy, ADD_OPERATOR);
        it.page.click(button("Add operator")).await?;
        it.page.fill(field("Name"), "Alan Kay").await?;
        it.page.fill(field("Email"), "alan@acme.example").await?;
        it.page.click(button("Add operator")).await?;
        hold.holds(1).await?;
        it.page.back().await?;
        it.page.click(button("Leave")).await?;
        it.page.see_no(dialog("Add operator")).await?;
        hold.let_go();
        it.page
            .see(alert(
                "Alan Kay (alan@acme.example) was not added. Not today",
            ))
            .await?;
        it.page
            .click(link("Operators").within(navigation("Main")))
            .await?;
        it.page.click(link("Grace Hopper")).await?;
        let hold = refuse(&proxy, DELETE_USER);
        confirm_and_leave(it, "grace@acme.example", "Delete user", &hold).await?;
        hold.let_go();
        it.page
            .see(alert("Grace Hopper was not deleted. Not today"))
            .await?;
        it.page.see(title("Activity")).await
    })
}

#[test]
fn what_was_done_is_told_to_who_went_on_and_nobody_is_called_back() -> Result<()> {
    journey(async |it| {
        let proxy = with_a_domain(it).await?;
        go_to_the_domain(it).await?;
        let hold = hold_back(&proxy, CHANGE);
        rename(it, "new.acme.example").await?;
        hold.holds(1).await?;
        go_on(it).await?;
        hold.let_go();
        it.page
            .see_text(&format!("{DOMAIN} is now new.acme.example."))
            .await?;
        it.page.see(title("Activity")).await?;
        it.page.click(button("Dismiss")).await?;
        // Its code moved with it.
        let record = record_of(it, "new.acme.example").await?.context("lost")?;
        let code = code_of(&proxy.url(), DOMAIN);
        ensure!(record["embed"]["link"] == json!(code.lines().next()));
        assert_eq!(record_of(it, DOMAIN).await?, None);

        it.page
            .click(link("Domains").within(navigation("Main")))
            .await?;
        it.page
            .click(link("new.acme.example").within(table("Domains")))
            .await?;
        let hold = hold_back(&proxy, DELETE);
        confirm_and_leave(it, "new.acme.example", "Delete domain", &hold).await?;
        hold.let_go();
        it.page.see_text("new.acme.example was deleted.").await?;
        it.page.see(title("Activity")).await?;
        assert_eq!(record_of(it, "new.acme.example").await?, None);
        assert!(it.sandbox.domain("new.acme.example")?.is_none());
        Ok(())
    })
}
