//! Each page makes exactly the calls that it needs: on the first visit, on the way back while its answers are fresh,
//! and after that. A read without subscribers is aborted.

use anyhow::{Result, ensure};
use serde_json::json;
use switchboard_e2e::{
    Hold, Interception, Journey, Target, alert, button, eventually, field, journey, link,
    navigation, region, switch_off, switch_on, table, title,
};

use crate::activity::open_activity;
use crate::steps::{enter, through_a_relay};

const ORGANISATION_CALL: &str = "auth/organisation";
const LIST: &str = "auth/addon/live_chat/operator/list";
const GET_OPERATOR: &str = "auth/addon/live_chat/operator/get?email=grace%40acme.example";
const GET_DOMAIN: &str = "auth/addon/live_chat/domain/get?domain=shop.acme.example";
const ASSIGNMENTS: &str = "auth/addon/live_chat/domain/operator/list?domain=shop.acme.example";

/// Stops the page's clock, so that answers stay fresh until the journey advances it.
async fn stop_the_clock(it: &Journey) -> Result<()> {
    let stop = "const now = Date.now(); window.Date.now = () => now";
    it.page.script(stop, &[]).await.map(drop)
}

/// Advances the clock until every answer is stale.
async fn let_time_pass(it: &Journey) -> Result<()> {
    let pass = "const later = Date.now() + 60_000; window.Date.now = () => later";
    it.page.script(pass, &[]).await.map(drop)
}

/// Returns the reads so far, in no particular order.
fn reads(it: &Journey) -> Result<Vec<String>> {
    let mut reads: Vec<String> = it
        .sandbox
        .calls()?
        .iter()
        .map(|call| {
            let call = format!("{}?{}", call.path.trim_start_matches('/'), call.query);
            call.trim_end_matches(['&', '?']).to_owned()
        })
        .collect();
    reads.sort_unstable();
    Ok(reads)
}

/// Waits until exactly these reads were made, with repetitions.
async fn has_read(it: &Journey, expected: &[&str]) -> Result<()> {
    let mut expected: Vec<&str> = expected.to_vec();
    expected.sort_unstable();
    eventually(async || {
        let reads = reads(it)?;
        ensure!(reads == expected, "These were read: {reads:#?}");
        Ok(())
    })
    .await
}

/// Visits a page three times; `sign` shows that it is filled. `needs` lists its reads, without the organisation,
/// which connecting reads.
async fn visit(it: &Journey, path: &str, sign: Target, needs: &[&str]) -> Result<()> {
    enter(it, path).await?;
    it.page.see(sign.clone()).await?;
    stop_the_clock(it).await?;
    let mut expected = vec![ORGANISATION_CALL];
    expected.extend(needs.iter().filter(|call| **call != ORGANISATION_CALL));
    has_read(it, &expected).await?;

    // Back while the answers are fresh.
    leave_and_come_back(it, path).await?;
    it.page.see(sign.clone()).await?;
    has_read(it, &expected).await?;

    // And after that. A read that an earlier page made too late would show up here as well.
    let_time_pass(it).await?;
    leave_and_come_back(it, path).await?;
    it.page.see(sign.clone()).await?;
    expected.extend(needs);
    has_read(it, &expected).await?;
    leave_and_come_back(it, path).await?;
    it.page.see(sign).await?;
    has_read(it, &expected).await
}

/// Leaves to a page without reads, and comes back.
async fn leave_and_come_back(it: &Journey, path: &str) -> Result<()> {
    let (name, heading) = if path == "/activity" {
        ("Domains", "Domains")
    } else {
        ("Activity", "Activity")
    };
    it.page.click(link(name).within(navigation("Main"))).await?;
    it.page.see(title(heading)).await?;
    it.page.back().await
}

#[test]
fn the_organisation_reads_itself() -> Result<()> {
    journey(async |it| visit(it, "/organisation", region("Access"), &[ORGANISATION_CALL]).await)
}

#[test]
fn the_operators_read_their_list() -> Result<()> {
    journey(async |it| visit(it, "/operators", table("Operators"), &[LIST]).await)
}

#[test]
fn an_operator_reads_their_own_record() -> Result<()> {
    let path = "/operators/grace%40acme.example";
    journey(async |it| visit(it, path, title("Grace Hopper"), &[GET_OPERATOR]).await)
}

#[test]
fn the_domains_read_nothing_while_none_is_known() -> Result<()> {
    journey(async |it| visit(it, "/domains", link("Add the first domain"), &[]).await)
}

#[test]
fn adding_a_domain_reads_nothing() -> Result<()> {
    journey(async |it| visit(it, "/domains/new", field("Contact email"), &[]).await)
}

#[test]
fn a_domain_reads_itself_and_who_is_on_it() -> Result<()> {
    let sign = switch_on("Admin: Ada Okafor");
    journey(async |it| {
        visit(
            it,
            "/domains/shop.acme.example",
            sign.clone(),
            &[GET_DOMAIN, ASSIGNMENTS, LIST],
        )
        .await
    })
}

#[test]
fn an_embed_code_that_is_not_held_asks_once_whether_its_domain_is_known_at_all() -> Result<()> {
    journey(async |it| {
        let path = "/domains/shop.acme.example/embed";
        enter(it, path).await?;
        let sign = button("Keep the code");
        it.page.see(sign.clone()).await?;
        stop_the_clock(it).await?;
        has_read(it, &[ORGANISATION_CALL, GET_DOMAIN]).await?;
        // From then on the domain is known here, and the page says nothing that only the API could.
        let_time_pass(it).await?;
        leave_and_come_back(it, path).await?;
        it.page.see(sign).await?;
        has_read(it, &[ORGANISATION_CALL, GET_DOMAIN]).await
    })
}

#[test]
fn the_activity_reads_nothing() -> Result<()> {
    journey(async |it| visit(it, "/activity", table("Calls"), &[]).await)
}

#[test]
fn the_settings_read_the_organisation_whose_name_they_show() -> Result<()> {
    journey(async |it| visit(it, "/settings", region("Connections"), &[ORGANISATION_CALL]).await)
}

#[test]
fn an_operator_reads_who_is_on_each_known_domain_too() -> Result<()> {
    journey(async |it| {
        enter(it, "/domains/shop.acme.example").await?;
        it.page.see(switch_on("Admin: Ada Okafor")).await?;
        stop_the_clock(it).await?;
        it.page
            .click(link("Operators").within(navigation("Main")))
            .await?;
        it.page.click(link("Grace Hopper")).await?;
        it.page.see(button("Remove shop.acme.example")).await?;
        // The operators of the domain are cached from its own page.
        let mut expected = vec![
            ORGANISATION_CALL,
            GET_DOMAIN,
            ASSIGNMENTS,
            LIST,
            GET_OPERATOR,
        ];
        has_read(it, &expected).await?;
        let_time_pass(it).await?;
        leave_and_come_back(it, "/operators/grace%40acme.example").await?;
        it.page.see(button("Remove shop.acme.example")).await?;
        expected.extend([GET_OPERATOR, ASSIGNMENTS]);
        has_read(it, &expected).await
    })
}

#[test]
fn a_known_page_shows_what_is_known_at_once_and_refreshes_behind_it() -> Result<()> {
    journey(async |it| {
        let proxy = through_a_relay(it).await?;
        it.page
            .click(link("Operators").within(navigation("Main")))
            .await?;
        it.page.see_text("12 operators").await?;
        open_activity(it).await?;
        let body = json!({"email": "katherine@acme.example", "name": "Katherine"});
        it.sandbox
            .ask("POST", "auth/addon/live_chat/operator/add", &body)?;
        let hold = Hold::default();
        proxy.intercept("GET", LIST, Interception::Hold(hold.clone()));
        let_time_pass(it).await?;
        it.page.back().await?;
        it.page.see_text("12 operators").await?;
        hold.holds(1).await?;
        it.page.see_text("12 operators").await?;
        hold.let_go();
        it.page.see_text("13 operators").await
    })
}

/// Waits until this number of held answers was abandoned.
async fn abandoned(hold: &Hold, count: usize) -> Result<()> {
    eventually(async || {
        let now = hold.abandoned();
        ensure!(now == count, "{now} were abandoned");
        Ok(())
    })
    .await
}

#[test]
fn a_read_is_abandoned_when_its_page_is_left_and_nobody_is_bothered() -> Result<()> {
    journey(async |it| {
        let proxy = through_a_relay(it).await?;
        let hold = Hold::default();
        proxy.intercept("GET", LIST, Interception::Hold(hold.clone()));
        it.page
            .click(link("Operators").within(navigation("Main")))
            .await?;
        it.page.see(title("Operators")).await?;
        hold.holds(1).await?;
        assert_eq!(hold.abandoned(), 0);
        it.page
            .click(link("Domains").within(navigation("Main")))
            .await?;
        it.page.see(title("Domains")).await?;
        abandoned(&hold, 1).await?;
        it.page.see_no(alert("could not be")).await?;
        open_activity(it).await?;
        it.page.see_text_in(table("Calls"), "Cancelled").await?;
        it.page.click(field("Failed")).await?;
        it.page.see_text("No matching calls").await?;
        proxy.clear_rules();
        it.page
            .click(link("Operators").within(navigation("Main")))
            .await?;
        it.page.see_text("12 operators").await?;
        it.page.see_no(alert("could not be")).await
    })
}

#[test]
fn a_read_that_a_write_overtakes_is_abandoned_and_asked_again() -> Result<()> {
    journey(async |it| {
        let proxy = through_a_relay(it).await?;
        it.page
            .click(link("Operators").within(navigation("Main")))
            .await?;
        it.page.see_text("12 operators").await?;
        open_activity(it).await?;
        let hold = Hold::default();
        proxy.intercept("GET", LIST, Interception::Hold(hold.clone()));
        let_time_pass(it).await?;
        it.page.back().await?;
        hold.holds(1).await?;
        proxy.clear_rules();
        it.page
            .click(switch_on("Live chat addon: Grace Hopper"))
            .await?;
        abandoned(&hold, 1).await?;
        it.page
            .see(switch_off("Live chat addon: Grace Hopper"))
            .await?;
        assert_eq!(proxy.count("GET", LIST), 3);
        it.page.see_no(alert("was not changed")).await?;
        it.page.see_no(alert("could not be")).await
    })
}
