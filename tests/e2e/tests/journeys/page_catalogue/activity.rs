//! The page "Activity": empty, and with a failed call, a write and its change.

use anyhow::Result;
use switchboard_e2e::{
    Interception, Journey, Proxy, alert, button, field, link, switch_off, switch_on, table,
};

use super::{LIST, busy};
use crate::activity::open_activity;

/// Visits both states of the page.
pub(super) async fn activity(
    it: &Journey,
    proxy: &Proxy,
    visit: &mut impl AsyncFnMut(&str) -> Result<()>,
) -> Result<()> {
    it.page.open("/activity").await?;
    it.page.click(field("Writes")).await?;
    it.page.see_text("No matching calls").await?;
    it.page.see_text("No changes yet").await?;
    visit("activity-empty").await?;
    proxy.intercept("GET", LIST, busy());
    it.page.open("/operators").await?;
    it.page
        .see(alert("The operators could not be loaded"))
        .await?;
    proxy.clear_rules();
    it.page.click(button("Try again")).await?;
    let addon = "Live chat addon: Grace Hopper";
    it.page.click(switch_on(addon)).await?;
    it.page.see(switch_off(addon)).await?;
    it.page.click(link("Grace Hopper")).await?;
    it.page.see(switch_off("Live chat addon")).await?;
    open_activity(it).await?;
    it.page.see_text_in(table("Calls"), "Failed").await?;
    it.page
        .click(button("PUT auth/addon/live_chat/operator/update"))
        .await?;
    it.page.see_text("Record Updated Successfully").await?;
    let undo = button("Undo: Live chat addon: off, grace@acme.example");
    it.page.see(undo.clone()).await?;
    visit("activity").await?;
    let look_up = "auth/addon/live_chat/operator/get";
    proxy.intercept("GET", look_up, Interception::LoseTheRequest);
    it.page.click(undo.clone()).await?;
    it.page.see_text("It is now Unknown").await?;
    visit("undo-unread").await?;
    proxy.clear_rules();
    // Restores the state that the other pages expect.
    it.page.click(button("Undo anyway")).await?;
    it.page.see_no(undo).await
}
