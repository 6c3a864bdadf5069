//! Runs one after another: none resumes because of another event, a lost network fails none, and one is undone
//! exactly as it was made.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use switchboard_e2e::{
    Interception, Journey, button, checkbox, dialog, eventually, field, group, journey, link,
    navigation, region, table, title,
};

use crate::activity::open_activity;
use crate::steps::{
    addons, connect_to, enter, look_up, run_ended, through_a_barrier, through_a_relay,
};

const RUN: &str = "Bulk run";
const DELETE: &str = "auth/user/delete";
const UPDATE: &str = "auth/addon/live_chat/operator/update";
const GET: &str = "auth/addon/live_chat/operator/get";
const SHOP: &str = "shop.acme.example";

async fn go_to(it: &Journey, page: &str) -> Result<()> {
    it.page.click(link(page).within(navigation("Main"))).await
}

/// Selects the sixty operators that were seeded.
async fn select_sixty(it: &Journey) -> Result<()> {
    go_to(it, "Operators").await?;
    it.page
        .fill(field("Search operators"), "many.example")
        .await?;
    it.page.see_text("60 of 72 operators").await?;
    it.page.click(checkbox("Select all")).await?;
    it.page.see_text("60 selected").await
}

#[test]
fn paused_deletion_continues_only_by_its_own_resume() -> Result<()> {
    journey(async |it| {
        // The browser logs the calls that a reload aborts.
        it.page.expect_in_console("Failed to load resource");
        it.sandbox.seed(60, 0)?;
        let (server, barrier) = through_a_barrier(it, "DELETE", DELETE).await?;
        go_to(it, "Domains").await?;
        look_up(it, SHOP).await?;
        select_sixty(it).await?;
        it.page.click(button("Delete…")).await?;
        it.page.fill(field("Type 60 to confirm"), "60").await?;
        it.page.click(button("Delete 60 users")).await?;
        it.page.see_text_in(region(RUN), "0 of 60").await?;
        // The second click meets the button that deletes the rest.
        it.page.double_click(button("Pause")).await?;
        it.page.see_text_in(region(RUN), "paused").await?;
        barrier.open();
        it.page.see_text_in(region(RUN), "5 of 60 · paused").await?;
        let deleted = || server.count("DELETE", &format!("/{DELETE}"));
        assert_eq!(deleted(), 5);

        it.page.click(button("Add operator")).await?;
        it.page.fill(field("Name"), "Katherine Johnson").await?;
        it.page
            .fill(field("Email"), "katherine@acme.example")
            .await?;
        it.page
            .click(checkbox(SHOP).within(group("Domains")))
            .await?;
        it.page
            .click(button("Add operator").within(dialog("Add operator")))
            .await?;
        it.page.see_no(dialog("Add operator")).await?;
        it.page.see_text_in(region(RUN), "1 more run").await?;
        eventually(async || {
            let on = crate::steps::assignment(it, SHOP, "katherine@acme.example")?;
            ensure!(on.is_some(), "Katherine is not on the shop yet");
            Ok(())
        })
        .await?;
        it.page.see_text_in(region(RUN), "5 of 60 · paused").await?;
        assert_eq!(deleted(), 5, "another run resumed the deletion");

        it.page.reload().await?;
        it.page.see_text_in(region(RUN), "5 of 60 · paused").await?;
        assert_eq!(deleted(), 5, "a reload resumed the deletion");
        it.page
            .click(button("Delete the remaining 55 users"))
            .await?;
        run_ended(it, "60 of 60").await?;
        assert_eq!(deleted(), 60);
        // Runs that went well disappear with the next navigation, which a reload is not.
        it.page.reload().await?;
        it.page.click(button("1 more run")).await?;
        it.page.see_text_in(region(RUN), "60 of 60").await?;
        go_to(it, "Domains").await?;
        it.page.see_no(region(RUN)).await
    })
}

#[test]
fn run_paused_by_a_disconnect_elsewhere_names_the_disconnect() -> Result<()> {
    journey(async |it| {
        it.sandbox.seed(60, 0)?;
        let (server, barrier) = through_a_barrier(it, "DELETE", DELETE).await?;
        select_sixty(it).await?;
        it.page.click(button("Delete…")).await?;
        it.page.fill(field("Type 60 to confirm"), "60").await?;
        it.page.click(button("Delete 60 users")).await?;
        it.page.see_text_in(region(RUN), "0 of 60").await?;
        it.page.open_in_new_tab("/settings").await?;
        it.page
            .click(button("Disconnect").within(region("Connections")))
            .await?;
        it.page.see(title("Connect")).await?;
        barrier.open();
        connect_to(it, &server.url(), it.sandbox.token()).await?;
        it.page.see(title("Settings")).await?;
        it.page.switch_to_tab(0).await?;
        it.page
            .see_text_in(region(RUN), "You disconnected in another tab")
            .await?;
        it.page
            .see_no_text("The API did not accept the token")
            .await?;
        assert_eq!(server.count("DELETE", &format!("/{DELETE}")), 5);
        Ok(())
    })
}

#[test]
fn lost_network_pauses_the_run_and_unknown_rows_are_looked_up_before_it_continues() -> Result<()> {
    journey(async |it| {
        it.sandbox.seed(60, 0)?;
        let proxy = through_a_relay(it).await?;
        select_sixty(it).await?;
        proxy.intercept("PUT", UPDATE, Interception::LoseTheAnswer);
        proxy.intercept("GET", GET, Interception::LoseTheRequest);
        it.page.click(button("Deactivate")).await?;
        it.page
            .see_text_in(region(RUN), "Three calls in a row got no response")
            .await?;
        it.page
            .see_text_in(region(RUN), "paused · 7 unknown")
            .await?;
        let sent = it.sandbox.count("PUT", UPDATE)?;
        proxy.clear_rules();
        it.page.click(button("Resume")).await?;
        run_ended(it, "60 of 60").await?;
        it.page.see_no_text("unknown").await?;
        it.page.see_no_text("failed").await?;
        let active = addons(it)?
            .into_iter()
            .filter(|(email, on)| email.ends_with("@many.example") && *on == 1);
        assert_eq!(active.count(), 0);
        assert!(it.sandbox.count("PUT", UPDATE)? > sent);
        Ok(())
    })
}

#[test]
fn run_is_one_entry_of_the_journal_and_its_undo_brings_back_each_former_state() -> Result<()> {
    journey(async |it| {
        let before = addons(it)?;
        let states: Vec<&Value> = before.iter().map(|(_, on)| on).collect();
        for state in [json!(1), json!(0), Value::Null] {
            ensure!(states.contains(&&state), "Nobody is {state}: {states:?}");
        }
        enter(it, "/operators").await?;
        it.page.see(table("Operators")).await?;
        it.page.click(checkbox("Select all")).await?;
        it.page.click(button("Deactivate")).await?;
        run_ended(it, "12 of 12").await?;
        assert!(addons(it)?.iter().all(|(_, on)| *on != 1));
        open_activity(it).await?;
        it.page.see_no(region(RUN)).await?;
        let rows = "return document.querySelectorAll('table[aria-labelledby=changes] > tbody > tr').length";
        it.page
            .see_text_in(table("Changes"), "Deactivate 12 operators")
            .await?;
        assert_eq!(it.page.script(rows, &[]).await?, json!(1));
        it.page.click(button("Deactivate 12 operators")).await?;
        it.page
            .see_text_in(table("Results"), "grace@acme.example")
            .await?;
        let undo = button("Undo: Deactivate 12 operators");
        // The second press asks for nothing more.
        it.page.double_click(undo.clone()).await?;
        it.page.see_no(undo).await?;
        it.page.see_text_in(table("Changes"), "Undone").await?;
        it.page.see_no_text("1 more run").await?;
        assert_eq!(addons(it)?, before);
        Ok(())
    })
}

#[test]
fn undo_of_an_activation_names_the_operators_that_it_leaves() -> Result<()> {
    journey(async |it| {
        let before = addons(it)?;
        enter(it, "/operators").await?;
        it.page.see(table("Operators")).await?;
        it.page.click(checkbox("Select all")).await?;
        it.page.click(button("Activate")).await?;
        let asked = dialog("Activate operators");
        it.page
            .see_text_in(asked.clone(), "Live chat is not set up for")
            .await?;
        it.page
            .click(button("Activate 12 operators").within(asked))
            .await?;
        run_ended(it, "12 of 12").await?;
        open_activity(it).await?;
        let undo = button("Undo: Activate 12 operators");
        it.page.click(undo.clone()).await?;
        let asked = dialog("Undo");
        for (email, _) in before.iter().filter(|(_, on)| on.is_null()) {
            it.page.see_text_in(asked.clone(), email).await?;
        }
        it.page.click(button("Undo the rest").within(asked)).await?;
        it.page.see_no(undo).await?;
        it.page
            .see_text_in(table("Changes"), "Undone, except for a part")
            .await?;
        for ((email, was), (_, on)) in before.iter().zip(addons(it)?) {
            assert!(
                *was == on || (was.is_null() && on == 1),
                "{email}: {was}, {on}"
            );
        }
        Ok(())
    })
}
