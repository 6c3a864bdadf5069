//! Writes whose answer is lost: looked up, never resent, and reported truthfully.

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use switchboard_e2e::{
    Answer, Hold, Interception, Journey, Response, alert, button, dialog, eventually, field,
    journey, link, navigation, switch_on, table, title,
};

use crate::offline::browser_says;
use crate::steps::{add_domain, record_of, rename, through_a_relay};

const DOMAIN: &str = "lost.acme.example";
const ADD_DOMAIN: &str = "auth/addon/live_chat/domain/add";
const GET_DOMAIN: &str = "auth/addon/live_chat/domain/get";
const UPDATE_DOMAIN: &str = "auth/addon/live_chat/domain/update";
const UPDATE_ASSIGNMENT: &str = "auth/addon/live_chat/domain/operator/update";
const ASSIGNMENTS: &str = "auth/addon/live_chat/domain/operator/list";
const ADD_OPERATOR: &str = "auth/addon/live_chat/operator/add";
const GET_OPERATOR: &str = "auth/addon/live_chat/operator/get";

#[test]
fn a_lost_answer_to_domain_add_is_looked_up_not_resent() -> Result<()> {
    journey(async |it| {
        let proxy = through_a_relay(it).await?;
        it.page.open("/domains/new").await?;
        proxy.intercept("POST", ADD_DOMAIN, Interception::LoseTheAnswer);
        add_domain(it, DOMAIN, "web@acme.example").await?;
        it.page
            .see_text("lost.acme.example was added, but its embed code did not arrive")
            .await?;
        assert_eq!(proxy.count("POST", ADD_DOMAIN), 1);
        assert_eq!(proxy.count("GET", GET_DOMAIN), 1);
        assert_eq!(it.sandbox.count("POST", ADD_DOMAIN)?, 1);
        // It is known from now on, without a code.
        let record = record_of(it, DOMAIN).await?.context("not known")?;
        assert_eq!(record["embed"], Value::Null);
        it.page.open("/domains").await?;
        it.page.see_text_in(table("Domains"), DOMAIN).await?;
        it.page
            .see_text_in(table("Domains"), "Not saved here")
            .await?;
        it.page.see_no(button(format!("Copy code: {DOMAIN}"))).await
    })
}

#[test]
fn a_domain_that_never_reached_the_api_is_told_as_not_added_and_can_be_added_then() -> Result<()> {
    journey(async |it| {
        let proxy = through_a_relay(it).await?;
        it.page.open("/domains/new").await?;
        proxy.intercept("POST", ADD_DOMAIN, Interception::LoseTheRequest);
        add_domain(it, DOMAIN, "web@acme.example").await?;
        it.page.see(alert("The domain was not added.")).await?;
        assert_eq!(proxy.count("POST", ADD_DOMAIN), 1);
        assert_eq!(it.sandbox.count("POST", ADD_DOMAIN)?, 0);
        // The API may still be working on it: "does not exist" counts if it is repeated.
        assert_eq!(proxy.count("GET", GET_DOMAIN), 2);
        assert_eq!(it.page.value_of(field("Domain")).await?, DOMAIN);
        assert_eq!(
            it.page.value_of(field("Contact email")).await?,
            "web@acme.example"
        );
        proxy.clear_rules();
        it.page.click(button("Add domain")).await?;
        it.page.see(title("Embed code")).await?;
        assert_eq!(it.sandbox.count("POST", ADD_DOMAIN)?, 1);
        Ok(())
    })
}

#[test]
fn a_domain_of_which_nothing_can_be_learnt_is_told_as_not_known() -> Result<()> {
    journey(async |it| {
        let proxy = through_a_relay(it).await?;
        it.page.open("/domains/new").await?;
        proxy.intercept("POST", ADD_DOMAIN, Interception::LoseTheAnswer);
        proxy.intercept("GET", GET_DOMAIN, Interception::LoseTheRequest);
        add_domain(it, DOMAIN, "web@acme.example").await?;
        it.page
            .see_text("It is unknown whether this worked")
            .await?;
        it.page
            .see_text("Look it up on the page Domains before you try again.")
            .await?;
        assert_eq!(it.page.value_of(field("Domain")).await?, DOMAIN);
        assert_eq!(proxy.count("POST", ADD_DOMAIN), 1);
        Ok(())
    })
}

/// Adds the domain, whose code is kept then, and opens its page.
async fn add_and_open_its_page(it: &Journey) -> Result<()> {
    it.page.open("/domains/new").await?;
    add_domain(it, DOMAIN, "web@acme.example").await?;
    it.page.see(title("Embed code")).await?;
    it.page.open(&format!("/domains/{DOMAIN}")).await?;
    // The title is there before the answer, which the journey may lose.
    it.page.see(field("New domain name")).await
}

#[test]
fn lost_rename_to_the_name_of_another_domain_is_not_told_as_made() -> Result<()> {
    journey(async |it| {
        let proxy = through_a_relay(it).await?;
        add_and_open_its_page(it).await?;
        proxy.intercept("PUT", UPDATE_DOMAIN, Interception::LoseTheRequest);
        rename(it, "shop.acme.example").await?;
        it.page
            .see_error_at(field("New domain name"), "The API could not be reached")
            .await?;
        let record = record_of(it, DOMAIN).await?.context("not known")?;
        assert_ne!(record["embed"], Value::Null);
        it.page.see(title(DOMAIN)).await?;
        Ok(())
    })
}

#[test]
fn unknown_rename_is_resolved_when_the_network_returns() -> Result<()> {
    journey(async |it| {
        let proxy = through_a_relay(it).await?;
        add_and_open_its_page(it).await?;
        proxy.intercept("PUT", UPDATE_DOMAIN, Interception::LoseTheAnswer);
        proxy.intercept("GET", GET_DOMAIN, Interception::LoseTheRequest);
        rename(it, "found.acme.example").await?;
        it.page
            .see_text("It is unknown whether this worked")
            .await?;
        proxy.clear_rules();
        browser_says(it, false).await?;
        browser_says(it, true).await?;
        eventually(async || {
            let moved = record_of(it, "found.acme.example").await?;
            ensure!(moved.is_some_and(|record| record["embed"] != Value::Null));
            Ok(())
        })
        .await?;
        // The page of the old name leads to the new one, and the journal knows that it worked.
        let renamed = || link("Renamed: open found.acme.example");
        it.page.see(renamed()).await?;
        it.page.reload().await?;
        it.page.see(renamed()).await?;
        it.page
            .click(link("Activity").within(navigation("Main")))
            .await?;
        it.page.see_text_in(table("Changes"), "Worked").await?;
        it.page.see_no_text("Outcome unknown").await
    })
}

#[test]
fn write_in_flight_during_a_reload_is_in_the_journal() -> Result<()> {
    journey(async |it| {
        let proxy = through_a_relay(it).await?;
        it.page.open("/domains/shop.acme.example").await?;
        let hold = Hold::default();
        proxy.intercept("PUT", UPDATE_ASSIGNMENT, Interception::Hold(hold.clone()));
        it.page.click(switch_on("Admin: Ada Okafor")).await?;
        hold.holds(1).await?;
        it.page.reload().await?;
        hold.let_go();
        it.page
            .click(link("Activity").within(navigation("Main")))
            .await?;
        it.page.see_text_in(table("Changes"), "Admin: off").await?;
        it.page
            .see_text_in(table("Changes"), "Outcome unknown")
            .await
    })
}

#[test]
fn unknown_switch_is_looked_up_when_the_network_returns() -> Result<()> {
    journey(async |it| {
        let proxy = through_a_relay(it).await?;
        let shop = async || {
            it.page.open("/domains/shop.acme.example").await?;
            it.page.see(switch_on("Admin: Ada Okafor")).await?;
            proxy.intercept("GET", ASSIGNMENTS, Interception::LoseTheRequest);
            browser_says(it, false).await?;
            it.page.click(switch_on("Admin: Ada Okafor")).await?;
            it.page
                .see(alert(
                    "Admin: Ada Okafor (shop.acme.example): You are offline",
                ))
                .await
        };
        let online = async || {
            proxy.clear_rules();
            browser_says(it, true).await
        };
        let activity = async || {
            it.page
                .click(link("Activity").within(navigation("Main")))
                .await
        };
        proxy.intercept("PUT", UPDATE_ASSIGNMENT, Interception::LoseTheRequest);
        shop().await?;
        online().await?;
        it.page
            .see(alert(
                "“Admin: Ada Okafor (shop.acme.example)” was not changed",
            ))
            .await?;
        activity().await?;
        it.page.see_no_text("Outcome unknown").await?;

        proxy.intercept("PUT", UPDATE_ASSIGNMENT, Interception::LoseTheAnswer);
        shop().await?;
        activity().await?;
        it.page
            .see_text_in(table("Changes"), "Outcome unknown")
            .await?;
        online().await?;
        it.page.see_text_in(table("Changes"), "Worked").await?;
        it.page.see_no_text("You are offline, so").await?;
        // Only the look-up is sent again.
        assert_eq!(proxy.count("PUT", UPDATE_ASSIGNMENT), 2);
        Ok(())
    })
}

#[test]
fn a_refusal_that_leaves_open_whether_the_domain_exists_leaves_it_to_the_user() -> Result<()> {
    journey(async |it| {
        let proxy = through_a_relay(it).await?;
        it.page.open("/domains/new").await?;
        proxy.intercept("POST", ADD_DOMAIN, Interception::LoseTheAnswer);
        let body = r#"{"status":0,"type":"error","message":"Not on a Monday"}"#;
        let refusal = || Response::new(200, "application/json", body);
        proxy.intercept(
            "GET",
            GET_DOMAIN,
            Interception::Answer(Answer::Say(refusal())),
        );
        add_domain(it, DOMAIN, "web@acme.example").await?;
        let unclear = "It is unknown whether lost.acme.example was added";
        for _ in 0..2 {
            it.page.see_text(unclear).await?;
            it.page
                .see_text("The API answered the look-up with “Not on a Monday”")
                .await?;
            // The note outlives the page.
            it.page.reload().await?;
        }
        it.page.see_text(unclear).await?;
        let check = || button(format!("Check again: {DOMAIN}"));
        it.page.click(check()).await?;
        it.page.see_text("Still unknown. Not on a Monday.").await?;
        proxy.intercept("GET", GET_DOMAIN, Interception::LoseTheRequest);
        it.page.click(check()).await?;
        it.page
            .see_text("Still unknown. The API could not be reached.")
            .await?;
        proxy.clear_rules();
        it.page.click(check()).await?;
        it.page.see_no_text(unclear).await?;
        it.page
            .see_text("lost.acme.example was added, but its embed code did not arrive")
            .await?;
        let record = record_of(it, DOMAIN).await?.context("not known")?;
        assert_eq!(record["embed"], Value::Null);

        // The user may know better than the API says.
        proxy.intercept("POST", ADD_DOMAIN, Interception::LoseTheRequest);
        proxy.intercept(
            "GET",
            GET_DOMAIN,
            Interception::Answer(Answer::Say(refusal())),
        );
        it.page.open("/domains/new").await?;
        add_domain(it, "other.acme.example", "web@acme.example").await?;
        let not_added = || button("It was not added: other.acme.example");
        it.page.click(not_added()).await?;
        it.page.see_no(not_added()).await?;
        it.page.reload().await?;
        it.page.see(title("Add domain")).await?;
        it.page.see_no(not_added()).await
    })
}

#[test]
fn an_unreadable_answer_to_domain_add_is_looked_up_not_resent() -> Result<()> {
    journey(async |it| {
        let proxy = through_a_relay(it).await?;
        // The API did it, and a proxy replaced the answer with an HTML page.
        it.sandbox.ask(
            "POST",
            ADD_DOMAIN,
            &serde_json::json!({ "domain": DOMAIN, "email": "web@acme.example" }),
        )?;
        let page = Response::new(200, "text/html", "<!doctype html><p>Sign in to the network");
        proxy.intercept("POST", ADD_DOMAIN, Interception::Answer(Answer::Say(page)));
        it.page.open("/domains/new").await?;
        add_domain(it, DOMAIN, "web@acme.example").await?;
        it.page
            .see_text("lost.acme.example was added, but its embed code did not arrive")
            .await?;
        assert_eq!(proxy.count("POST", ADD_DOMAIN), 1);
        Ok(())
    })
}

#[test]
fn a_lost_answer_to_operator_add_is_looked_up_not_resent() -> Result<()> {
    journey(async |it| {
        let proxy = through_a_relay(it).await?;
        it.page.click(link("Operators")).await?;
        proxy.intercept("POST", ADD_OPERATOR, Interception::LoseTheAnswer);
        add_operator(it).await?;
        it.page.see_text("Katherine Johnson was added.").await?;
        it.page
            .see_text_in(table("Operators"), "katherine@acme.example")
            .await?;
        assert_eq!(proxy.count("POST", ADD_OPERATOR), 1);
        assert_eq!(proxy.count("GET", GET_OPERATOR), 1);
        Ok(())
    })
}

#[test]
fn an_operator_who_never_reached_the_api_is_told_as_not_added_and_nothing_typed_is_lost()
-> Result<()> {
    journey(async |it| {
        let proxy = through_a_relay(it).await?;
        it.page.click(link("Operators")).await?;
        proxy.intercept("POST", ADD_OPERATOR, Interception::LoseTheRequest);
        add_operator(it).await?;
        it.page
            .see(alert("The operator was not added.").within(dialog("Add operator")))
            .await?;
        assert_eq!(it.page.value_of(field("Name")).await?, "Katherine Johnson");
        assert_eq!(
            it.page.value_of(field("Email")).await?,
            "katherine@acme.example"
        );
        assert_eq!(proxy.count("POST", ADD_OPERATOR), 1);
        Ok(())
    })
}

async fn add_operator(it: &Journey) -> Result<()> {
    it.page.click(button("Add operator")).await?;
    it.page.fill(field("Name"), "Katherine Johnson").await?;
    it.page
        .fill(field("Email"), "katherine@acme.example")
        .await?;
    it.page.click(button("Add operator")).await
}
