//! Text from the API stays text: none of it becomes markup, or is executed.

use anyhow::Result;
use serde_json::{Value, json};
use switchboard_e2e::{
    Answer, Interception, Journey, Response, button, journey, region, table, title,
};

use crate::steps::{ORGANISATION, add_domain, enter, through_a_relay};

const HOSTILE: &str =
    "<img src=nowhere onerror=\"window.broken = 1\"><script>window.broken = 2</script>";

#[test]
fn markup_in_what_the_api_says_of_the_organisation_is_shown_as_text() -> Result<()> {
    journey(async |it| {
        let proxy = through_a_relay(it).await?;
        let organisation = json!({
            "status": HOSTILE, "dummyDomain": HOSTILE, "name": HOSTILE, "email": HOSTILE,
            "access": [{ "role": HOSTILE, "status": 1, "permission": [HOSTILE], "name": HOSTILE, "email": HOSTILE }],
            "plan": [{ "name": HOSTILE, "price": HOSTILE, "features": [HOSTILE], "subscriptionID": HOSTILE }],
            "addon": [{ "name": HOSTILE, "uniqueName": HOSTILE, "subscriptionID": HOSTILE, "status": HOSTILE, "plan": { HOSTILE: HOSTILE } }],
        });
        proxy.intercept("GET", "auth/organisation", success(&organisation));
        it.page.open("/organisation").await?;
        it.page.see(title(HOSTILE)).await?;
        for part in ["Plan", "Addons", "Access"] {
            it.page.see_text_in(region(part), HOSTILE).await?;
        }
        nothing_ran(it).await
    })
}

#[test]
fn markup_in_names_and_addresses_of_operators_is_shown_as_text() -> Result<()> {
    journey(async |it| {
        let proxy = through_a_relay(it).await?;
        let operators = json!([{
            "name": { "firstName": HOSTILE, "lastName": HOSTILE }, "email": HOSTILE, "status": HOSTILE, "active": HOSTILE,
            "operator": true, "addOns": [{ "status": HOSTILE }],
        }]);
        proxy.intercept(
            "GET",
            "auth/addon/live_chat/operator/list",
            success(&operators),
        );
        it.page.open("/operators").await?;
        it.page.see_text_in(table("Operators"), HOSTILE).await?;
        nothing_ran(it).await
    })
}

#[test]
fn an_embed_code_is_shown_and_copied_to_the_letter_and_never_run() -> Result<()> {
    journey(async |it| {
        let proxy = through_a_relay(it).await?;
        let link_code = format!(
            "</code></pre>{HOSTILE}\n\t  <script>\n  // two  spaces &amp; an entity\n</script>\n"
        );
        let added = json!({ "name": "odd.acme.example", "email": "web@acme.example", "link": link_code, "socketLink": HOSTILE });
        proxy.intercept("POST", "auth/addon/live_chat/domain/add", success(&added));
        it.page.open("/domains/new").await?;
        add_domain(it, "odd.acme.example", "web@acme.example").await?;
        it.page.see(title("Embed code")).await?;
        it.page.see_text_in(region("link"), HOSTILE).await?;
        let shown = it
            .page
            .script(
                "return [...document.querySelectorAll('pre')].map((code) => code.textContent)",
                &[],
            )
            .await?;
        assert_eq!(shown, json!([link_code, HOSTILE]));
        it.page.click(button("Copy both")).await?;
        it.page.see_text("Copied").await?;
        assert_eq!(
            it.page.clipboard().await?,
            format!("{link_code}\n{HOSTILE}")
        );
        nothing_ran(it).await
    })
}

#[test]
fn markup_in_an_address_of_the_panel_or_in_a_search_is_shown_as_text() -> Result<()> {
    journey(async |it| {
        enter(it, "/organisation").await?;
        it.page.see(title(ORGANISATION)).await?;
        it.page
            .open("/%3Cimg%20src=nowhere%20onerror=%22window.broken=1%22%3E")
            .await?;
        it.page.see(title("Page not found")).await?;
        nothing_ran(it).await?;
        it.page
            .open("/operators?q=%3Cimg%20src=nowhere%20onerror=%22window.broken=1%22%3E")
            .await?;
        it.page.see_text("No operators match").await?;
        nothing_ran(it).await
    })
}

fn success(message: &Value) -> Interception {
    let envelope = json!({ "status": 1, "type": "Success", "message": message });
    Interception::Answer(Answer::Say(Response::json(&envelope)))
}

async fn nothing_ran(it: &Journey) -> Result<()> {
    let found = it
        .page
        .script(
            "return [window.broken ?? null, document.querySelectorAll('img, main script').length]",
            &[],
        )
        .await?;
    assert_eq!(found, json!([null, 0]));
    Ok(())
}
