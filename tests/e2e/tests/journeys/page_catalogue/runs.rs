//! Runs that are executing, that wait for their turn, and that wait for the user.

use anyhow::Result;
use switchboard_e2e::{
    Hold, Interception, Journey, Key, Proxy, button, checkbox, dialog, field, group, region, table,
};

const UPDATE: &str = "auth/addon/live_chat/operator/update";

/// Visits an executing run with a deletion behind it, then both paused.
pub async fn runs(
    it: &Journey,
    proxy: &Proxy,
    visit: &mut impl AsyncFnMut(&str) -> Result<()>,
) -> Result<()> {
    let run = || region("Bulk run");
    let held = Hold::default();
    proxy.clear_rules();
    proxy.intercept("PUT", UPDATE, Interception::Hold(held.clone()));
    it.page.open("/operators").await?;
    it.page.see(table("Operators")).await?;
    it.page.click(checkbox("Select all")).await?;
    it.page.click(button("Activate")).await?;
    it.page
        .see_text_in(dialog("Activate operators"), "Live chat is not set up for")
        .await?;
    visit("operators-activate-many").await?;
    // From "Cancel" to the action.
    it.page.press(Key::Tab).await?;
    it.page.press(Key::Enter).await?;
    it.page.see_text_in(run(), "needed no change").await?;
    it.page.click(checkbox("Select all")).await?;
    it.page.click(checkbox("Select Mai Nguyễn Thị")).await?;
    it.page.click(button("Delete…")).await?;
    it.page
        .see_text_in(dialog("Delete users"), "Deleted or renamed")
        .await?;
    it.page.fill(field("Type 1 to confirm"), "1").await?;
    it.page.click(button("Delete 1 user")).await?;
    it.page.see_no(dialog("Delete users")).await?;
    it.page.click(button("1 more run · 1 waiting")).await?;
    it.page.see(group("Delete 1 user")).await?;
    visit("runs-queued").await?;
    it.page
        .script("window.dispatchEvent(new Event('offline'))", &[])
        .await?;
    it.page.see_text_in(run(), "You went offline").await?;
    it.page
        .see(button("Delete the remaining user").within(group("Delete 1 user")))
        .await?;
    visit("runs-paused").await?;
    held.let_go();
    proxy.clear_rules();
    it.page
        .click(button("Cancel the rest").within(group("Delete 1 user")))
        .await?;
    it.page
        .click(button("Close").within(group("Delete 1 user")))
        .await?;
    it.page.see_no(group("Delete 1 user")).await
}
