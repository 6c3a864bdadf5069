//! The dialog for a token that is refused in the middle of work.

use anyhow::Result;
use serde_json::json;
use switchboard_e2e::{
    Answer, Interception, Journey, Proxy, Response, alert, button, dialog, field,
};

use super::LIST;

const ASKING: &str = "The token is no longer accepted";

/// Visits the dialog: asking, refused again, with a token of another organisation, and declined.
pub(super) async fn token(
    it: &Journey,
    proxy: &Proxy,
    visit: &mut impl AsyncFnMut(&str) -> Result<()>,
) -> Result<()> {
    let refused = |method: &str, path: &str| {
        let envelope = json!({ "status": 0, "type": "error", "message": "Invalid api_token" });
        let mut response = Response::json(&envelope);
        response.status = 401;
        proxy.intercept(method, path, Interception::Answer(Answer::Say(response)));
    };
    refused("GET", LIST);
    it.page.open("/operators").await?;
    it.page.see(dialog(ASKING)).await?;
    visit("token-refused").await?;
    it.page.fill(field("New API token"), "wrong").await?;
    it.page.click(button("Connect and continue")).await?;
    it.page.see(alert("The API refused this token.")).await?;
    visit("token-refused-again").await?;
    proxy.intercept("GET", super::ORGANISATION_CALL, super::success(&json!({
        "status": 1, "dummyDomain": true, "name": "A new shop", "email": "owner@new.example", "access": [], "plan": [], "addon": [],
    })));
    it.page.click(button("Connect and continue")).await?;
    it.page
        .see(alert("This token belongs to A new shop"))
        .await?;
    visit("token-of-another").await?;
    it.page.click(button("Not now")).await?;
    it.page.see(button("Enter another token")).await?;
    visit("token-not-entered").await?;
    proxy.clear_rules();

    refused("PUT", "auth/addon/live_chat/domain/operator/remove");
    it.page.open("/domains/shop.acme.example").await?;
    it.page.click(button("Remove Grace Hopper")).await?;
    it.page.see(dialog(ASKING)).await?;
    proxy.clear_rules();
    it.page
        .fill(field("New API token"), it.sandbox.token())
        .await?;
    it.page.click(button("Connect and continue")).await?;
    it.page.see(dialog("Do you still want this?")).await?;
    visit("token-confirm").await?;
    it.page
        .click(button("Keep grace@acme.example on shop.acme.example"))
        .await
}
