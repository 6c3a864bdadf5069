//! Bulk runs in two tabs of one browser.

use anyhow::Result;
use switchboard_e2e::{Journey, alert, button, checkbox, journey, region, table, toolbar};

use crate::steps::{enter, through_a_gate};

const UPDATE: &str = "auth/addon/live_chat/operator/update";
const RUN: &str = "Bulk run";

async fn deactivate(it: &Journey, name: &str) -> Result<()> {
    it.page.see(table("Operators")).await?;
    it.page.click(checkbox(format!("Select {name}"))).await?;
    it.page.see(toolbar("Bulk actions")).await?;
    it.page.click(button("Deactivate")).await
}

#[test]
fn closing_an_older_run_in_one_tab_leaves_the_newer_one_of_another() -> Result<()> {
    journey(async |it| {
        enter(it, "/operators").await?;
        deactivate(it, "Ada Okafor").await?;
        it.page.see_text_in(region(RUN), "1 of 1").await?;
        it.page.open_in_new_tab("/operators").await?;
        it.page.click(button("Open the sandbox")).await?;
        // What came of the first one is told here too, until it is closed.
        it.page.see_text_in(region(RUN), "1 of 1").await?;
        it.page.click(button("Close").within(region(RUN))).await?;
        it.page.see_no(region(RUN)).await?;
        deactivate(it, "Grace Hopper").await?;
        it.page.see_text_in(region(RUN), "1 of 1").await?;
        it.page.switch_to_tab(0).await?;
        it.page.click(button("Close").within(region(RUN))).await?;
        it.page.see_no(region(RUN)).await?;
        it.page.switch_to_tab(1).await?;
        it.page.reload().await?;
        it.page.see_text_in(region(RUN), "1 of 1").await?;
        it.page.click(button("Results").within(region(RUN))).await?;
        it.page
            .see_text_in(table("Results"), "grace@acme.example")
            .await
    })
}

#[test]
fn while_one_tab_has_a_run_under_way_another_starts_none() -> Result<()> {
    journey(async |it| {
        let (_server, gate) = through_a_gate(it, "PUT", UPDATE).await?;
        it.page.open("/operators").await?;
        deactivate(it, "Ada Okafor").await?;
        it.page.see_text_in(region(RUN), "0 of 1").await?;
        // The same connection in another tab, as "Duplicate" in the browser's menu makes it.
        let session = it
            .page
            .script("return JSON.stringify(sessionStorage)", &[])
            .await?;
        it.page.open_in_new_tab("/connect").await?;
        let take_over = "for (const [key, value] of Object.entries(JSON.parse(arguments[0]))) sessionStorage.setItem(key, value)";
        it.page.script(take_over, &[session]).await?;
        it.page.open("/operators").await?;
        deactivate(it, "Grace Hopper").await?;
        it.page
            .see(alert("Another tab of this browser has a bulk run"))
            .await?;
        it.page.see_no(region(RUN)).await?;
        gate.open();
        it.page.switch_to_tab(0).await?;
        it.page.see_text_in(region(RUN), "1 of 1").await?;
        assert_eq!(it.sandbox.count("PUT", UPDATE)?, 1);
        it.page.switch_to_tab(1).await?;
        it.page.click(button("Deactivate")).await?;
        it.page.see_text_in(region(RUN), "1 of 1").await?;
        assert_eq!(it.sandbox.count("PUT", UPDATE)?, 2);
        Ok(())
    })
}
