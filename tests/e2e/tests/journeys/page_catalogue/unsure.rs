//! States of uncertainty: an addition with an unknown outcome, and pages without a network.

use anyhow::Result;
use switchboard_e2e::{Answer, Interception, Journey, Proxy, Response, button};

use super::ADD_DOMAIN;
use crate::offline::browser_says;
use crate::steps::add_domain;

/// Visits the notice of an addition that needs the user's decision, and a page without a network.
pub(super) async fn unsure(
    it: &Journey,
    proxy: &Proxy,
    visit: &mut impl AsyncFnMut(&str) -> Result<()>,
) -> Result<()> {
    let body = r#"{"status":0,"type":"error","message":"Not on a Monday"}"#;
    let refusal = Answer::Say(Response::new(200, "application/json", body));
    proxy.intercept("POST", ADD_DOMAIN, Interception::LoseTheRequest);
    let look_up = "auth/addon/live_chat/domain/get";
    proxy.intercept("GET", look_up, Interception::Answer(refusal));
    it.page.open("/domains/new").await?;
    add_domain(it, "unsure.acme.example", "web@acme.example").await?;
    it.page
        .see_text("It is unknown whether unsure.acme.example was added")
        .await?;
    visit("domain-unsure").await?;
    it.page
        .click(button("It was not added: unsure.acme.example"))
        .await?;
    proxy.clear_rules();
    browser_says(it, false).await?;
    it.page.see_text("You are offline.").await?;
    visit("offline").await?;
    browser_says(it, true).await?;
    it.page.see_no_text("You are offline.").await
}
