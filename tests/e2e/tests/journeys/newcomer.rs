//! J1: from nothing to an organisation on the screen.

use anyhow::Result;
use switchboard_e2e::{button, cold_journey, title};

use crate::steps::ORGANISATION;

#[test]
fn one_click_without_typing_leads_a_newcomer_to_the_organisation() -> Result<()> {
    cold_journey(async |it| {
        it.page.open("/").await?;
        it.page.click(button("Open the sandbox")).await?;
        it.page.see(title(ORGANISATION)).await?;
        it.page.arrive_at("/organisation").await?;
        assert_eq!(it.page.tab().await?, "Acme Outfitters · Switchboard");
        // Connecting read it already: the next page does not read it again.
        assert_eq!(it.sandbox.count("GET", "auth/organisation")?, 1);
        assert_eq!(it.sandbox.calls()?.len(), 1);
        Ok(())
    })
}
