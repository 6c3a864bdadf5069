//! Bulk runs in two tabs of one browser.

use anyhow::Result;
use serde_json::json;
use switchboard_e2e::{
    Hold, Interception, Journey, alert, button, checkbox, journey, link, region, table, toolbar,
};

use crate::steps::{run_ended, through_a_barrier, through_a_relay};

const UPDATE: &str = "auth/addon/live_chat/operator/update";
const GET: &str = "auth/addon/live_chat/operator/get";
const RUN: &str = "Bulk run";

async fn deactivate(it: &Journey, name: &str) -> Result<()> {
    it.page.see(table("Operators")).await?;
    it.page.click(checkbox(format!("Select {name}"))).await?;
    it.page.see(toolbar("Bulk actions")).await?;
    it.page.click(button("Deactivate")).await
}

/// Opens this page in a new tab, which joins the session of the organisation in its address.
async fn join_in_new_tab(it: &Journey) -> Result<()> {
    let here = it.page.whole_address().await?;
    it.page.open_in_new_tab(&here).await
}

#[test]
fn failed_run_shows_in_every_tab_until_one_closes_it() -> Result<()> {
    journey(async |it| {
        let proxy = through_a_relay(it).await?;
        it.page.click(link("Operators")).await?;
        it.page.see(table("Operators")).await?;
        let grace = json!({ "email": "grace@acme.example", "name": "Grace Hopper" });
        it.sandbox.ask("DELETE", "auth/user/delete", &grace)?;
        join_in_new_tab(it).await?;
        it.page.see(table("Operators")).await?;
        it.page.switch_to_tab(0).await?;
        deactivate(it, "Grace Hopper").await?;
        it.page
            .see_text_in(region(RUN), "1 of 1 · 1 failed")
            .await?;
        let hold = Hold::default();
        proxy.intercept("PUT", UPDATE, Interception::Hold(hold.clone()));
        deactivate(it, "Ada Okafor").await?;
        hold.holds(1).await?;
        it.page.switch_to_tab(1).await?;
        // The failure is shown there, too. It is closed while the first tab has another run in progress.
        it.page
            .see_text_in(region(RUN), "1 of 1 · 1 failed")
            .await?;
        it.page.click(button("Close").within(region(RUN))).await?;
        it.page.see_no(button("Close").within(region(RUN))).await?;
        hold.let_go();
        it.page.switch_to_tab(0).await?;
        it.page.see_no_text("more run").await?;
        it.page.switch_to_tab(1).await?;
        it.page.see_no(region(RUN)).await
    })
}

#[test]
fn unknown_outcomes_are_checked_and_the_rest_waits_for_its_own_resume() -> Result<()> {
    journey(async |it| {
        it.sandbox.seed(20, 0)?;
        let proxy = through_a_relay(it).await?;
        proxy.intercept("PUT", UPDATE, Interception::LoseTheAnswer);
        proxy.intercept("GET", GET, Interception::LoseTheRequest);
        it.page.click(link("Operators")).await?;
        it.page.see(table("Operators")).await?;
        it.page.click(checkbox("Select all")).await?;
        it.page.click(button("Deactivate")).await?;
        it.page.see_text_in(region(RUN), "7 unknown").await?;
        proxy.clear_rules();
        let sent = it.sandbox.count("PUT", UPDATE)?;
        it.page.click(button("Check unknown")).await?;
        it.page.see_no_text("unknown").await?;
        // The look-up settled the unknown row; the rest still waits for "Resume".
        it.page.see_text_in(region(RUN), "paused").await?;
        assert_eq!(it.sandbox.count("PUT", UPDATE)?, sent);
        it.page.reload().await?;
        it.page.see(button("Resume").within(region(RUN))).await?;
        it.page.see_no_text("cannot be read").await?;
        it.page.click(button("Resume").within(region(RUN))).await?;
        run_ended(it, "32 of 32").await
    })
}

#[test]
fn run_of_a_closed_tab_is_offered_in_the_other_one() -> Result<()> {
    journey(async |it| {
        let proxy = through_a_relay(it).await?;
        let hold = Hold::default();
        proxy.intercept("PUT", UPDATE, Interception::Hold(hold.clone()));
        it.page.open("/operators").await?;
        join_in_new_tab(it).await?;
        it.page.click(checkbox("Select all")).await?;
        it.page.click(button("Deactivate")).await?;
        hold.holds(5).await?;
        it.page.switch_to_tab(0).await?;
        it.page.see(table("Operators")).await?;
        it.page
            .see_text_in(region(RUN), "“Deactivate 12 operators”")
            .await?;
        it.page.see_no(button("Pause")).await?;
        it.page.close_tab(1).await?;
        it.page.see_text_in(region(RUN), "unknown").await
    })
}

#[test]
fn while_one_tab_has_a_run_under_way_another_starts_none() -> Result<()> {
    journey(async |it| {
        let (_server, barrier) = through_a_barrier(it, "PUT", UPDATE).await?;
        it.page.open("/operators").await?;
        deactivate(it, "Ada Okafor").await?;
        it.page.see_text_in(region(RUN), "0 of 1").await?;
        join_in_new_tab(it).await?;
        deactivate(it, "Grace Hopper").await?;
        it.page
            .see(alert(
                "Another tab of this browser is executing “Deactivate 1 operator” (0 of 1).",
            ))
            .await?;
        it.page
            .see_text_in(region(RUN), "executing “Deactivate 1 operator”.")
            .await?;
        barrier.open();
        it.page.switch_to_tab(0).await?;
        run_ended(it, "1 of 1").await?;
        assert_eq!(it.sandbox.count("PUT", UPDATE)?, 1);
        it.page.switch_to_tab(1).await?;
        it.page.see_no(region(RUN)).await?;
        it.page.click(button("Deactivate")).await?;
        run_ended(it, "1 of 1").await?;
        assert_eq!(it.sandbox.count("PUT", UPDATE)?, 2);
        Ok(())
    })
}
