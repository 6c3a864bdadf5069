//! The age of the data on the screen: shown, and kept low automatically.

use anyhow::Result;
use serde_json::{Value, json};
use switchboard_e2e::{Journey, button, journey, link, table};

use crate::steps::{enter, look_up};

const ADD: &str = "auth/addon/live_chat/operator/add";
const UPDATE: &str = "auth/addon/live_chat/operator/update";

/// Focuses the element that this selector matches.
const FOCUS: &str = "document.querySelector(arguments[0]).focus()";

/// Adds an operator through the API, as a colleague elsewhere would.
fn colleague_adds(it: &Journey, name: &str) -> Result<Value> {
    let email = format!("{}@acme.example", name.to_lowercase());
    let operator = json!({ "email": email, "name": name });
    it.sandbox.ask("POST", ADD, &operator)
}

/// Advances the page's clock.
async fn wait_in_its_clock(it: &Journey, seconds: u32) -> Result<()> {
    let script = "const [real, more] = [Date.now.bind(Date), arguments[0] * 1000];
        Date.now = () => real() + more;";
    it.page.script(script, &[json!(seconds)]).await.map(drop)
}

#[test]
fn refresh_focus_and_time_show_what_a_colleague_changed() -> Result<()> {
    journey(async |it| {
        enter(it, "/operators").await?;
        it.page.see(table("Operators")).await?;
        it.page.see_text("Updated just now").await?;
        colleague_adds(it, "Button")?;
        it.page.click(button("Refresh")).await?;
        it.page.see(link("Button")).await?;
        colleague_adds(it, "Focus")?;
        wait_in_its_clock(it, 31).await?;
        let focus = "dispatchEvent(new Event('focus'))";
        it.page.script(focus, &[]).await?;
        it.page.see(link("Focus")).await?;
        colleague_adds(it, "Time")?;
        wait_in_its_clock(it, 31).await?;
        it.page.see(link("Time")).await
    })
}

#[test]
fn refresh_reads_the_rows_of_known_domains_again() -> Result<()> {
    journey(async |it| {
        enter(it, "/domains").await?;
        look_up(it, "shop.acme.example").await?;
        it.page.see_text_in(table("Domains"), "Active").await?;
        let off = json!({ "domain": "shop.acme.example", "status": false });
        let update = "auth/addon/live_chat/domain/update";
        it.sandbox.ask("PUT", update, &off)?;
        wait_in_its_clock(it, 120).await?;
        it.page.see_text("Updated 2 min ago").await?;
        it.page.click(button("Refresh")).await?;
        it.page.see_text_in(table("Domains"), "Inactive").await?;
        it.page.see_text("Updated just now").await
    })
}

#[test]
fn refresh_moves_no_row_that_has_the_focus() -> Result<()> {
    journey(async |it| {
        enter(it, "/operators?addon=active").await?;
        it.page.see(table("Operators")).await?;
        it.page.see(link("Sam Lee")).await?;
        it.page.script(FOCUS, &[json!("a[href*='sam%40']")]).await?;
        let off = json!({ "email": "sam@acme.example", "status": 0 });
        it.sandbox.ask("PUT", UPDATE, &off)?;
        wait_in_its_clock(it, 31).await?;
        let focus = "dispatchEvent(new Event('focus'))";
        it.page.script(focus, &[]).await?;
        it.page
            .see_text_in(
                table("Operators"),
                "Sam Lee sam@acme.example Away Can log in Inactive",
            )
            .await?;
        it.page.focus_is_on(link("Sam Lee")).await?;
        // Now neither the focus nor the pointer is in the rows.
        it.page.click(button("Refresh")).await?;
        it.page.see_no(link("Sam Lee")).await
    })
}
