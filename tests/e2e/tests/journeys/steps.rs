//! What many journeys begin with.

use anyhow::Result;
use serde_json::Value;
use switchboard_e2e::{Journey, Relay, button, field, link, title};

/// The demo's organisation.
pub const ORGANISATION: &str = "Acme Outfitters";

/// Opens a path of the panel, and the sandbox from the page "Connect", to which whoever is not connected is led.
pub async fn enter(it: &Journey, path: &str) -> Result<()> {
    it.page.open(path).await?;
    it.page.click(button("Open the sandbox")).await?;
    it.page.see_no(title("Connect")).await
}

/// Fills in the form of the page "Connect", and sends it.
pub async fn connect_to(it: &Journey, base_url: &str, token: &str) -> Result<()> {
    it.page.fill(field("API base URL"), base_url).await?;
    it.page.fill(field("API token"), token).await?;
    it.page.click(button("Connect")).await
}

/// Fills in the form of the page "Add domain", and sends it.
pub async fn add_domain(it: &Journey, domain: &str, email: &str) -> Result<()> {
    it.page.fill(field("Domain"), domain).await?;
    it.page.fill(field("Contact email"), email).await?;
    it.page.click(button("Add domain")).await
}

/// What this browser holds of a domain: the record in `localStorage` that names it.
pub async fn record_of(it: &Journey, domain: &str) -> Result<Option<Value>> {
    let storage = it.page.local_storage().await?;
    let records = storage
        .values()
        .filter_map(|text| serde_json::from_str::<Value>(text).ok());
    Ok(records.into_iter().find(|record| record["name"] == domain))
}

/// The code as the API's reference has it: `link`, a line's end, `socketLink`, on the host that was called.
pub fn code_of(base_url: &str, domain: &str) -> String {
    format!(
        "<script src=\"{base_url}widget.js?domain={domain}\" async></script>\n<script src=\"{base_url}socket.js\"></script>"
    )
}

/// Connects through a server that can be told to meddle with what passes.
pub async fn through_a_relay(it: &Journey) -> Result<Relay> {
    // The browser itself complains of every request that fails.
    it.page.expect_in_console("Failed to load resource");
    let relay = Relay::start(&it.sandbox)?;
    it.page.open("/connect").await?;
    connect_to(it, &relay.url(), it.sandbox.token()).await?;
    it.page.see(title(ORGANISATION)).await?;
    Ok(relay)
}

/// Looks a domain up on the page "Domains", and sees that it is in the list.
pub async fn look_up(it: &Journey, domain: &str) -> Result<()> {
    it.page.fill(field("Domain name"), domain).await?;
    it.page.click(button("Look up")).await?;
    it.page.see(link(domain)).await
}
