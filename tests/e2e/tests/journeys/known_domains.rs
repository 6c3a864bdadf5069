//! The table of known domains: what it says about each, forgetting one, and two tabs that both change the list.

use anyhow::Result;
use serde_json::{Value, json};
use switchboard_e2e::{
    Answer, Interception, Journey, Key, Response, button, dialog, field, journey, link, navigation,
    region, table, title,
};

use crate::activity::open_activity;
use crate::steps::{
    ORGANISATION, add_domain, code_of, dialog_is_described, enter, look_up, record_of,
    through_a_relay,
};

const GET: &str = "auth/addon/live_chat/domain/get";
const OPERATORS: &str = "auth/addon/live_chat/domain/operator/list";
const DELETE: &str = "auth/addon/live_chat/domain/delete";
const SHOP: &str = "shop.acme.example";

#[test]
fn each_row_says_whether_the_domain_is_active_and_how_many_are_on_it_with_one_call() -> Result<()> {
    journey(async |it| {
        enter(it, "/domains/new").await?;
        add_domain(it, "new.acme.example", "web@acme.example").await?;
        it.page.see(title("Embed code")).await?;
        it.page.open("/domains").await?;
        look_up(it, SHOP).await?;
        look_up(it, "outlet.acme.example").await?;
        it.page.reload().await?;
        for (domain, status) in [(SHOP, "Active"), ("outlet.acme.example", "Inactive")] {
            let answer = it.sandbox.domain(domain)?.unwrap_or_default();
            let count = answer["operators"].as_array().map_or(0, Vec::len);
            see_row(it, domain, &format!("{status} {count} Not saved here")).await?;
        }
        see_row(it, "new.acme.example", "Active None Saved here").await?;
        assert_eq!(it.sandbox.count("GET", OPERATORS)?, 0);

        // The same answers filter the list, also from a link, and a search that finds nothing offers a name.
        it.page.open("/domains?operators=none").await?;
        it.page.see_text("1 of 3 known domains").await?;
        it.page.see(link("new.acme.example")).await?;
        it.page.open("/domains?status=inactive&code=saved").await?;
        it.page.see_text("No known domains match").await?;
        it.page.click(button("Show all domains")).await?;
        it.page.arrive_at("/domains").await?;
        it.page
            .click(button("Operators").within(table("Domains")))
            .await?;
        it.page.arrive_at("/domains?sort=operators").await?;
        see_row(it, "new.acme.example", "Active None Saved here").await?;
        it.page.script_says("return document.querySelector('.known-domains tbody a').innerText === 'new.acme.example'").await?;
        it.page.fill(field("Search known domains"), "oulet").await?;
        it.page
            .click(button("Search for outlet.acme.example"))
            .await?;
        it.page.see_text("1 of 3 known domains").await?;
        it.page.focus_is_on(field("Search known domains")).await?;
        it.page
            .arrive_at("/domains?q=outlet.acme.example&sort=operators")
            .await?;
        Ok(())
    })
}

#[test]
fn who_is_on_a_domain_is_counted_by_endpoint_13_only_where_7_does_not_say() -> Result<()> {
    journey(async |it| {
        let proxy = through_a_relay(it).await?;
        it.page
            .click(link("Domains").within(navigation("Main")))
            .await?;
        look_up(it, SHOP).await?;
        let there = it.sandbox.domain(SHOP)?.unwrap_or_default();
        let count = there["operators"].as_array().map_or(0, Vec::len);
        see_row(it, SHOP, &format!("Active {count} Not")).await?;
        assert_eq!(proxy.count("GET", OPERATORS), 0);

        let silent = json!({ "status": 1, "type": "Success", "message": {
            "name": SHOP, "email": "silent@acme.example", "status": true, "operators": "several",
        }});
        proxy.intercept(
            "GET",
            GET,
            Interception::Answer(Answer::Say(Response::json(&silent))),
        );
        it.page.reload().await?;
        // Its address is taken from the answer.
        see_row(it, SHOP, &format!("silent@acme.example Active {count} Not")).await?;
        assert_eq!(proxy.count("GET", OPERATORS), 1);
        Ok(())
    })
}

#[test]
fn a_domain_that_the_api_does_not_know_is_marked_and_one_that_could_not_be_asked_is_asked_again()
-> Result<()> {
    journey(async |it| {
        let proxy = through_a_relay(it).await?;
        it.page
            .click(link("Domains").within(navigation("Main")))
            .await?;
        look_up(it, SHOP).await?;
        see_row(it, SHOP, "Active").await?;
        let height =
            format!("return document.getElementById('known-{SHOP}').closest('tr').offsetHeight");
        let before = it.page.script(&height, &[]).await?;
        let busy = Response::new(503, "text/plain", "Service Unavailable");
        proxy.intercept("GET", GET, Interception::Answer(Answer::Say(busy)));
        it.page.reload().await?;
        let why = "Not loaded The API responded with HTTP status 503.";
        see_row(it, SHOP, why).await?;
        // Nothing moves under the pointer.
        assert_eq!(it.page.script(&height, &[]).await?, before);
        // What could not be read is neither inactive nor not: it is named.
        it.page.open("/domains?status=inactive").await?;
        it.page
            .see_text(&format!(
                "Not checked: {SHOP}. The list leaves out what was not checked."
            ))
            .await?;
        it.page.click(button("Show all domains")).await?;
        see_row(it, SHOP, "Not loaded").await?;
        proxy.clear_rules();
        let body = json!({ "domain": SHOP });
        it.sandbox.ask("DELETE", DELETE, &body)?;
        it.page.click(button("Try again")).await?;
        see_row(it, SHOP, "Unknown to the API Domain does not exist").await?;
        it.page.click(button(format!("Forget: {SHOP}"))).await?;
        it.page.see_text("No known domains yet").await?;

        // On its own page, too.
        it.page.click(button("Undo")).await?;
        it.page.click(link(SHOP)).await?;
        it.page.see_text("This domain does not exist").await?;
        // Actions for the deleted data are no longer offered.
        it.page.see_no(button("Delete domain")).await?;
        it.page
            .see_text("It is still in this browser's list.")
            .await?;
        it.page.click(button("Forget domain")).await?;
        it.page.arrive_at("/domains").await?;
        it.page.see_text("No known domains yet").await
    })
}

#[test]
fn a_forgotten_domain_leaves_this_browser_only_and_can_be_brought_back() -> Result<()> {
    journey(async |it| {
        enter(it, "/domains").await?;
        for domain in [SHOP, "outlet.acme.example"] {
            look_up(it, domain).await?;
        }
        it.page.click(button("Forget: outlet.acme.example")).await?;
        it.page
            .see_text("outlet.acme.example is no longer in your list.")
            .await?;
        it.page.see_text("1 known domain").await?;
        it.page.focus_is_on(link(SHOP)).await?;
        assert_eq!(record_of(it, "outlet.acme.example").await?, None);
        it.page.click(button("Undo")).await?;
        it.page.see_text("2 known domains").await?;
        it.page
            .see_no_text("outlet.acme.example is no longer in your list.")
            .await?;
        assert!(record_of(it, "outlet.acme.example").await?.is_some());
        assert_eq!(it.sandbox.count("DELETE", DELETE)?, 0);
        open_activity(it).await?;
        for happened in ["Domain forgotten", "Domain restored"] {
            it.page.see_text_in(table("Changes"), happened).await?;
        }
        Ok(())
    })
}

#[test]
fn an_embed_code_is_forgotten_only_after_a_clear_yes_and_comes_back_with_its_domain() -> Result<()>
{
    journey(async |it| {
        enter(it, "/domains/new").await?;
        add_domain(it, "code.acme.example", "web@acme.example").await?;
        it.page.see(title("Embed code")).await?;
        let held = record_of(it, "code.acme.example").await?;
        it.page.open("/domains").await?;
        let forget = button("Forget: code.acme.example");
        for leave in ["Cancel", "Close"] {
            it.page.click(forget.clone()).await?;
            it.page.see(dialog("Forget domain")).await?;
            dialog_is_described(it, "The API does not give it again.").await?;
            it.page.focus_is_on(button("Cancel")).await?;
            it.page.click(button(leave)).await?;
            it.page.see_no(dialog("Forget domain")).await?;
        }
        it.page.click(forget.clone()).await?;
        it.page.press(Key::Escape).await?;
        it.page.focus_is_on(forget.clone()).await?;
        assert_eq!(record_of(it, "code.acme.example").await?, held);

        it.page.click(forget).await?;
        it.page
            .see_text("The embed code of code.acme.example is saved in this browser")
            .await?;
        it.page
            .click(button("Copy both").within(dialog("Forget domain")))
            .await?;
        it.page
            .see_text_in(dialog("Forget domain"), "Copied")
            .await?;
        let code = code_of(&it.sandbox.url(), "code.acme.example");
        assert_eq!(it.page.clipboard().await?, code);
        it.page.click(button("Forget domain and code")).await?;
        it.page.see_text("No known domains yet").await?;
        assert_eq!(record_of(it, "code.acme.example").await?, None);
        it.page.click(button("Undo")).await?;
        it.page.see(button("Copy code: code.acme.example")).await?;
        let back = record_of(it, "code.acme.example").await?;
        let embed = |record: &Option<Value>| record.as_ref().map(|record| record["embed"].clone());
        assert_eq!(embed(&back), embed(&held));
        Ok(())
    })
}

#[test]
fn a_name_like_a_known_one_is_pointed_out_and_may_be_added_all_the_same() -> Result<()> {
    journey(async |it| {
        enter(it, "/domains").await?;
        look_up(it, SHOP).await?;
        it.page.click(link("Add domain")).await?;
        for (typed, told) in [
            (
                "shop.acme.example",
                "shop.acme.example is already in your list.",
            ),
            (
                "https://SHOP.acme.example/",
                "shop.acme.example is already in your list.",
            ),
            (
                "sh0p.acme.example",
                "They differ only in characters that look alike.",
            ),
            (
                "shpo.acme.example",
                "Two neighbouring characters are swapped.",
            ),
            ("shops.acme.example", "They differ in one character."),
            ("shop.ac-me.example", "They differ only in hyphens."),
            ("shop.acme.com", "They differ only in the ending."),
        ] {
            it.page.fill(field("Domain"), typed).await?;
            it.page.see_text(told).await?;
            it.page.see(link("Open shop.acme.example")).await?;
        }
        it.page.fill(field("Domain"), "blog.other.example").await?;
        it.page.see_no(link("Open shop.acme.example")).await?;
        add_domain(it, "shop.acme.com", "web@acme.example").await?;
        it.page.arrive_at("/domains/shop.acme.com/embed").await
    })
}

#[test]
fn two_tabs_that_add_and_forget_show_the_same_and_lose_nothing() -> Result<()> {
    journey(async |it| {
        enter(it, "/domains/new").await?;
        add_domain(it, "first.acme.example", "web@acme.example").await?;
        it.page.see(title("Embed code")).await?;
        it.page.open("/domains").await?;
        it.page.see_text("1 known domain").await?;
        it.page.open_in_new_tab("/domains").await?;
        it.page.see(button("Copy code: first.acme.example")).await?;
        look_up(it, SHOP).await?;
        it.page.switch_to_tab(0).await?;
        it.page.see_text("2 known domains").await?;
        it.page.see(link(SHOP)).await?;
        look_up(it, "outlet.acme.example").await?;
        it.page.click(button(format!("Forget: {SHOP}"))).await?;
        it.page.see_no(link(SHOP)).await?;
        it.page.switch_to_tab(1).await?;
        it.page.see(link("outlet.acme.example")).await?;
        it.page.see_no(link(SHOP)).await?;
        // The other tab forgets what one tab has just restored.
        it.page.switch_to_tab(0).await?;
        it.page.click(button("Undo")).await?;
        it.page.switch_to_tab(1).await?;
        it.page.click(button(format!("Forget: {SHOP}"))).await?;
        for tab in [0, 1] {
            it.page.switch_to_tab(tab).await?;
            it.page.see_no(link(SHOP)).await?;
            it.page.see(link("outlet.acme.example")).await?;
            it.page.see(button("Copy code: first.acme.example")).await?;
        }
        assert!(record_of(it, SHOP).await?.is_none());
        Ok(())
    })
}

#[test]
fn the_third_step_of_getting_started_says_only_what_was_seen_of_who_is_on_a_domain() -> Result<()> {
    journey(async |it| {
        enter(it, "/organisation").await?;
        it.page.see(title(ORGANISATION)).await?;
        let steps = || region("Getting started");
        it.page
            .see_text_in(steps(), "To do: Put an operator on it An operator answers")
            .await?;
        assert_eq!(it.sandbox.count("GET", GET)?, 0);
        it.page.open("/domains/new").await?;
        add_domain(it, "new.acme.example", "web@acme.example").await?;
        it.page.click(button("Copy both")).await?;
        it.page.see_text("Copied").await?;
        it.page
            .click(link("Organisation").within(navigation("Main")))
            .await?;
        it.page
            .see_text_in(steps(), "No operator is on new.acme.example yet.")
            .await?;
        assert_eq!(it.sandbox.count("GET", GET)?, 1);
        it.page.click(link("Add operator").within(steps())).await?;
        it.page.arrive_at("/domains/new.acme.example").await?;
        it.page.click(button("Add operator")).await?;
        it.page.click(button("Add Sam Lee")).await?;
        // The toast is in front of the dialog.
        it.page
            .see_text_in(
                dialog("Add operator"),
                "Sam Lee is now on new.acme.example.",
            )
            .await?;
        it.page
            .click(button("Close").within(dialog("Add operator")))
            .await?;
        it.page
            .see_text_in(table("Operators on this domain"), "Sam Lee")
            .await?;
        it.page
            .click(link("Organisation").within(navigation("Main")))
            .await?;
        it.page.see(title(ORGANISATION)).await?;
        it.page.see_no(steps()).await
    })
}

/// Waits until the row of a domain contains these words, in order.
async fn see_row(it: &Journey, domain: &str, words: &str) -> Result<()> {
    let script = format!(
        "const row = document.getElementById('known-{domain}')?.closest('tr'); return row?.innerText.replace(/\\s+/g, ' ').includes({}) ?? false",
        json!(words)
    );
    it.page.script_says(&script).await.map(drop)
}
