//! The journal of changes on the page "Activity": kept across reloads, the same in every tab, with an undo for each
//! change that has an inverse.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use switchboard_e2e::{
    Interception, Journey, button, dialog, eventually, field, journey, link, region, switch_off,
    switch_on, table, title,
};

use crate::activity::open_activity;
use crate::steps::{
    add_domain, assignment, code_of, dialog_is_described, enter, live_chat, look_up, record_of,
    rename, switches_rest, through_a_relay,
};

const SHOP: &str = "shop.acme.example";
const GRACE: &str = "grace@acme.example";
const GET_DOMAIN: &str = "auth/addon/live_chat/domain/get";

/// Undoes a change, and sees it marked as undone.
async fn undo(it: &Journey, what: &str) -> Result<()> {
    let undo = button(format!("Undo: {what}"));
    it.page.click(undo.clone()).await?;
    it.page.see_text("” was undone.").await?;
    it.page.see_no(undo).await?;
    it.page.see_text_in(table("Changes"), "Undone").await?;
    // The entry of the undo waits while the pointer is in the list.
    it.page.click(title("Activity")).await
}

#[test]
fn what_was_changed_is_listed_and_still_there_after_a_reload() -> Result<()> {
    journey(async |it| {
        enter(it, "/domains/new").await?;
        add_domain(it, "kept.acme.example", "web@acme.example").await?;
        it.page.see(title("Embed code")).await?;
        it.page.open("/operators").await?;
        it.page
            .click(switch_on("Live chat addon: Grace Hopper"))
            .await?;
        it.page
            .see(switch_off("Live chat addon: Grace Hopper"))
            .await?;
        open_activity(it).await?;
        for _ in 0..2 {
            let rows = "return [...document.querySelectorAll('table[aria-labelledby=changes] > tbody > tr')].map((row) => [1, 2, 3, 4].map((at) => row.cells[at].innerText.trim()))";
            it.page.see(table("Changes")).await?;
            let expected = json!([
                [
                    "Live chat addon: off",
                    GRACE,
                    "Live chat addon: on",
                    "Worked"
                ],
                [
                    "Domain added",
                    "kept.acme.example",
                    "Did not exist",
                    "Worked"
                ],
            ]);
            eventually(async || {
                let shown = it.page.script(rows, &[]).await?;
                ensure!(shown == expected, "These are shown: {shown}");
                Ok(())
            })
            .await?;
            // No other call can undo the addition.
            it.page
                .see(button(format!("Undo: Live chat addon: off, {GRACE}")))
                .await?;
            it.page
                .see_no(button("Undo: Domain added, kept.acme.example"))
                .await?;
            it.page.reload().await?;
        }
        // The calls are of this page only, and the page says so; the changes stay.
        it.page.see_no_text("domain/add").await?;
        it.page
            .see_text_in(
                region("Calls"),
                "Reloading or closing the page clears this list.",
            )
            .await?;
        it.page
            .see_text_in(region("Changes"), &format!("through {}", it.sandbox.url()))
            .await?;
        let file = it.page.download(button("Export CSV")).await?;
        let on_and_off = format!(
            ",{},switchOperator,{GRACE},,liveChat=on,liveChat=off,worked,no,",
            it.sandbox.url()
        );
        ensure!(file.text.contains(&on_and_off), "{}", file.text);
        let file = it.page.download(button("Export JSON")).await?;
        let content: Value = serde_json::from_str(&file.text)?;
        let changes: Vec<_> = (0..2).map(|at| &content["entries"][at]["change"]).collect();
        assert_eq!(changes, ["switchOperator", "addDomain"]);
        Ok(())
    })
}

#[test]
fn a_change_in_one_tab_shows_in_the_other_and_is_undone_there() -> Result<()> {
    journey(async |it| {
        enter(it, "/activity").await?;
        it.page
            .see_text_in(region("Changes"), "No changes yet")
            .await?;
        it.page.open_in_new_tab("/operators").await?;
        it.page
            .click(switch_on("Live chat addon: Grace Hopper"))
            .await?;
        it.page
            .see(switch_off("Live chat addon: Grace Hopper"))
            .await?;
        it.page.switch_to_tab(0).await?;
        it.page.see_text_in(table("Changes"), GRACE).await?;
        // The other tab's calls are not in this tab's log.
        it.page.see_no_text("operator/update").await?;
        undo(it, &format!("Live chat addon: off, {GRACE}")).await?;
        assert!(live_chat(it, GRACE)?);
        it.page.switch_to_tab(1).await?;
        it.page.reload().await?;
        it.page
            .see(switch_on("Live chat addon: Grace Hopper"))
            .await
    })
}

#[test]
fn switching_the_addon_is_undone_either_way() -> Result<()> {
    journey(async |it| {
        enter(it, "/operators/grace%40acme.example").await?;
        it.page.click(switch_on("Live chat addon")).await?;
        it.page.see(switch_off("Live chat addon")).await?;
        assert!(!live_chat(it, GRACE)?);
        open_activity(it).await?;
        undo(it, &format!("Live chat addon: off, {GRACE}")).await?;
        assert!(live_chat(it, GRACE)?);
        // The undo is a change too, and can be undone.
        undo(it, &format!("Live chat addon: on, {GRACE}")).await?;
        assert!(!live_chat(it, GRACE)?);
        Ok(())
    })
}

#[test]
fn a_domains_name_address_and_state_are_undone() -> Result<()> {
    journey(async |it| {
        enter(it, "/domains/new").await?;
        add_domain(it, "old.acme.example", "web@acme.example").await?;
        it.page.see(title("Embed code")).await?;
        it.page.open("/domains/old.acme.example").await?;
        it.page.click(switch_on("Active")).await?;
        it.page.see(switch_off("Active")).await?;
        it.page
            .fill(field("Contact email"), "new@acme.example")
            .await?;
        it.page.click(button("Save")).await?;
        it.page.see_text("Saved.").await?;
        let old = || it.sandbox.domain("old.acme.example");
        let changed = old()?.context("the domain")?;
        assert_eq!(
            (&changed["status"], &changed["email"]),
            (&json!(false), &json!("new@acme.example"))
        );
        open_activity(it).await?;
        undo(it, "Contact email: new@acme.example, old.acme.example").await?;
        undo(it, "Active: off, old.acme.example").await?;
        let undone = old()?.context("the domain")?;
        assert_eq!(
            (&undone["status"], &undone["email"]),
            (&json!(true), &json!("web@acme.example"))
        );

        it.page.open("/domains/old.acme.example").await?;
        rename(it, "new.acme.example").await?;
        it.page.see(title("new.acme.example")).await?;
        assert!(old()?.is_none());
        open_activity(it).await?;
        let undo = button("Undo: Renamed to new.acme.example, old.acme.example");
        it.page.click(undo.clone()).await?;
        // It is a rename too, with the same question.
        let asked = dialog("Undo");
        for words in [
            "What happens if you rename new.acme.example to old.acme.example:",
            "The embed code saved here moves to old.acme.example unchanged.",
        ] {
            it.page.see_text_in(asked.clone(), words).await?;
        }
        it.page.click(button("Undo").within(asked)).await?;
        it.page.see_text("Check the code on its website.").await?;
        it.page.see_no(undo).await?;
        assert!(old()?.is_some());
        assert!(it.sandbox.domain("new.acme.example")?.is_none());
        // The embed code moved back with the name.
        assert_eq!(record_of(it, "new.acme.example").await?, None);
        let record = record_of(it, "old.acme.example").await?.context("known")?;
        let code = code_of(&it.sandbox.url(), "old.acme.example");
        assert_eq!(
            record["embed"]["link"],
            code.lines().next().unwrap_or_default()
        );
        Ok(())
    })
}

#[test]
fn putting_on_a_domain_switches_there_and_taking_off_are_undone() -> Result<()> {
    journey(async |it| {
        let there = |domain: &str| assignment(it, domain, GRACE);
        enter(it, "/domains/wholesale.acme.example").await?;
        it.page.click(button("Add operator")).await?;
        it.page
            .click(button("Add Grace Hopper").within(dialog("Add operator")))
            .await?;
        it.page.see_no(button("Add Grace Hopper")).await?;
        it.page.click(button("Close")).await?;
        assert!(there("wholesale.acme.example")?.is_some());
        open_activity(it).await?;
        let on = format!("{GRACE}, wholesale.acme.example");
        undo(it, &format!("Put on the domain, {on}")).await?;
        assert!(there("wholesale.acme.example")?.is_none());

        // With the former switches on the domain, not those of a new assignment.
        it.page.open("/domains/shop.acme.example").await?;
        let before = there(SHOP)?.context("Grace")?;
        let is_admin = before["isAdmin"] == true;
        let name = "Admin: Grace Hopper";
        let (now, then) = if is_admin {
            (switch_on(name), switch_off(name))
        } else {
            (switch_off(name), switch_on(name))
        };
        it.page.click(now).await?;
        it.page.see(then).await?;
        assert_eq!(there(SHOP)?.context("Grace")?["isAdmin"], !is_admin);
        open_activity(it).await?;
        let switched = if is_admin { "off" } else { "on" };
        undo(it, &format!("Admin: {switched}, {GRACE}, {SHOP}")).await?;
        assert_eq!(there(SHOP)?.context("Grace")?, before);

        it.page.open("/domains/shop.acme.example").await?;
        it.page
            .click(switch_on("Gets messages: Grace Hopper"))
            .await?;
        it.page
            .see(switch_off("Gets messages: Grace Hopper"))
            .await?;
        let switched = there(SHOP)?.context("Grace")?;
        assert_eq!(switched["active"], false);
        it.page.click(button("Remove Grace Hopper")).await?;
        it.page.see_no(button("Remove Grace Hopper")).await?;
        assert!(there(SHOP)?.is_none());
        open_activity(it).await?;
        undo(it, &format!("Taken off the domain, {GRACE}, {SHOP}")).await?;
        assert_eq!(there(SHOP)?.context("Grace")?, switched);
        Ok(())
    })
}

#[test]
fn undo_asks_before_it_overwrites_a_newer_change() -> Result<()> {
    journey(async |it| {
        let proxy = through_a_relay(it).await?;
        it.page.click(link("Domains")).await?;
        look_up(it, SHOP).await?;
        it.page.click(link(SHOP)).await?;
        let before = contact(it)?;
        it.page
            .fill(field("Contact email"), "mine@acme.example")
            .await?;
        it.page.click(button("Save")).await?;
        it.page.see_text("Saved.").await?;
        set_contact(it, "theirs@acme.example")?;
        open_activity(it).await?;
        let undo = || button(format!("Undo: Contact email: mine@acme.example, {SHOP}"));
        it.page.click(undo()).await?;
        let dialog = || dialog("Undo");
        for words in [
            "You changed it to Contact email: mine@acme.example",
            "It is now Contact email: theirs@acme.example",
            &format!("Undo would set Contact email: {before}"),
        ] {
            it.page.see_text_in(dialog(), words).await?;
        }
        dialog_is_described(it, "Undo would overwrite the newer value.").await?;
        it.page
            .focus_is_on(button("Keep it").within(dialog()))
            .await?;
        it.page.click(button("Keep it").within(dialog())).await?;
        it.page.see_no(dialog()).await?;
        assert_eq!(contact(it)?, "theirs@acme.example");

        // A state that cannot be read is not overwritten without asking either.
        set_contact(it, "mine@acme.example")?;
        proxy.intercept("GET", GET_DOMAIN, Interception::LoseTheRequest);
        it.page.click(undo()).await?;
        it.page.see_text_in(dialog(), "It is now Unknown").await?;
        assert_eq!(contact(it)?, "mine@acme.example");
        proxy.clear_rules();
        it.page
            .click(button("Undo anyway").within(dialog()))
            .await?;
        it.page.see_text("” was undone.").await?;
        assert_eq!(contact(it)?, before);
        Ok(())
    })
}

#[test]
fn what_is_as_before_already_is_told_and_nothing_is_sent() -> Result<()> {
    journey(async |it| {
        enter(it, "/operators/grace%40acme.example").await?;
        it.page.click(switch_on("Live chat addon")).await?;
        it.page.see(switch_off("Live chat addon")).await?;
        // The switch shows the request before the API has executed it.
        switches_rest(it).await?;
        let update = "auth/addon/live_chat/operator/update";
        let on = json!({ "email": GRACE, "status": 1 });
        it.sandbox.ask("PUT", update, &on)?;
        let sent = it.sandbox.count("PUT", update)?;
        open_activity(it).await?;
        it.page
            .click(button(format!("Undo: Live chat addon: off, {GRACE}")))
            .await?;
        it.page.see_text("was already undone").await?;
        it.page.see_text_in(table("Changes"), "Undone").await?;
        assert_eq!(it.sandbox.count("PUT", update)?, sent);
        Ok(())
    })
}

/// Returns the contact address of the shop from the API.
fn contact(it: &Journey) -> Result<String> {
    let shop = it.sandbox.domain(SHOP)?.context("the shop")?;
    let email = shop["email"].as_str().context("an address")?;
    Ok(email.to_owned())
}

/// Sets it through the API, as a colleague in another browser would.
fn set_contact(it: &Journey, email: &str) -> Result<()> {
    let body = json!({ "domain": SHOP, "email": email });
    let update = "auth/addon/live_chat/domain/update";
    it.sandbox.ask("PUT", update, &body).map(drop)
}

#[test]
fn an_undoing_that_the_api_refuses_says_why_and_stays_to_be_tried_again() -> Result<()> {
    journey(async |it| {
        enter(it, "/domains/shop.acme.example").await?;
        it.page.click(button("Remove Grace Hopper")).await?;
        it.page.see_no(button("Remove Grace Hopper")).await?;
        // A colleague has changed it in the meantime.
        it.sandbox.ask(
            "DELETE",
            "auth/addon/live_chat/domain/delete",
            &json!({"domain": SHOP}),
        )?;
        open_activity(it).await?;
        let undo = button(format!("Undo: Taken off the domain, {GRACE}, {SHOP}"));
        it.page.click(undo.clone()).await?;
        let asked = dialog("Undo");
        it.page
            .see_text_in(asked.clone(), "It is now No longer there")
            .await?;
        it.page.click(button("Undo anyway").within(asked)).await?;
        it.page.see_text("” was not undone.").await?;
        it.page.see(undo).await
    })
}

#[test]
fn a_change_whose_answer_was_lost_is_told_as_it_was_found() -> Result<()> {
    journey(async |it| {
        let proxy = through_a_relay(it).await?;
        it.page.click(link("Operators")).await?;
        proxy.intercept(
            "PUT",
            "auth/addon/live_chat/operator/update",
            Interception::LoseTheAnswer,
        );
        it.page
            .click(switch_on("Live chat addon: Grace Hopper"))
            .await?;
        it.page
            .see(switch_off("Live chat addon: Grace Hopper"))
            .await?;
        open_activity(it).await?;
        it.page.see_text_in(table("Calls"), "No response").await?;
        it.page.see_text_in(table("Changes"), "Worked").await?;
        assert!(!live_chat(it, GRACE)?);
        Ok(())
    })
}
