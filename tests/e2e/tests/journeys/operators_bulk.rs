//! Bulk actions on operators: a result for each, six at a time, cancelling what has not started, and retrying only
//! what failed. And one operator with three domains in one form (J5).

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use switchboard_e2e::{
    Journey, button, checkbox, dialog, eventually, field, group, journey, link, navigation, region,
    table, toolbar,
};

use crate::activity::open_activity;
use crate::steps::{addons, enter, run_ended, through_a_barrier};

const UPDATE: &str = "auth/addon/live_chat/operator/update";
const ADD: &str = "auth/addon/live_chat/operator/add";
const PUT_ON: &str = "auth/addon/live_chat/domain/operator/add";
const TAKE_OFF: &str = "auth/addon/live_chat/domain/operator/remove";
const RUN: &str = "Bulk run";

/// Makes these domains known to the browser, and opens the operators.
async fn know(it: &Journey, domains: &[&str]) -> Result<()> {
    for domain in domains {
        it.page.open(&format!("/domains/{domain}")).await?;
        it.page.see(region("Operators on this domain")).await?;
    }
    it.page
        .click(link("Operators").within(navigation("Main")))
        .await?;
    it.page.see(table("Operators")).await
}

/// Returns the operators on a domain (endpoint 13).
fn on(it: &Journey, domain: &str) -> Result<Vec<String>> {
    let target = format!("auth/addon/live_chat/domain/operator/list?domain={domain}");
    let answer = it.sandbox.ask("GET", &target, &Value::Null)?;
    let all = answer["message"].as_array().cloned().unwrap_or_default();
    let emails = all.iter().filter_map(|one| one["email"].as_str());
    Ok(emails.map(str::to_owned).collect())
}

#[test]
fn j5_an_operator_is_added_with_three_domains_in_one_form_and_only_the_domain_that_failed_is_retried()
-> Result<()> {
    journey(async |it| {
        const GONE: &str = "gone.acme.example";
        let domain = json!({ "domain": GONE, "email": "web@acme.example" });
        let add = "auth/addon/live_chat/domain/add";
        it.sandbox.ask("POST", add, &domain)?;
        enter(it, "/organisation").await?;
        know(it, &[GONE, "wholesale.acme.example", "outlet.acme.example"]).await?;
        it.sandbox
            .ask("DELETE", "auth/addon/live_chat/domain/delete", &domain)?;
        it.page.click(button("Add operator")).await?;
        it.page.fill(field("Name"), "Katherine Johnson").await?;
        it.page
            .fill(field("Email"), "katherine@acme.example")
            .await?;
        for name in [GONE, "wholesale.acme.example", "outlet.acme.example"] {
            it.page
                .click(checkbox(name).within(group("Domains")))
                .await?;
        }
        it.page.click(button("Add operator")).await?;
        it.page
            .see_text("Katherine Johnson was added and is being put on")
            .await?;
        it.page
            .see_text_in(region(RUN), "3 of 3 · 1 failed")
            .await?;
        it.page.click(button("Results").within(region(RUN))).await?;
        it.page
            .see_text_in(table("Results"), "Domain does not exist")
            .await?;
        let katherine = "katherine@acme.example".to_owned();
        assert!(on(it, "wholesale.acme.example")?.contains(&katherine));
        assert!(on(it, "outlet.acme.example")?.contains(&katherine));
        it.sandbox.ask("POST", add, &domain)?;
        it.page.click(button("Retry failed")).await?;
        it.page.see_no(button("Retry failed")).await?;
        run_ended(it, "3 of 3").await?;
        assert!(on(it, GONE)?.contains(&katherine));
        assert_eq!(it.sandbox.count("POST", ADD)?, 1);
        assert_eq!(it.sandbox.count("POST", PUT_ON)?, 4);
        // The next form starts without domains.
        it.page.click(button("Add operator")).await?;
        it.page.see(checkbox(GONE).within(group("Domains"))).await?;
        let ticked = "return document.querySelectorAll('dialog[open] input:checked').length";
        assert_eq!(it.page.script(ticked, &[]).await?, json!(0));
        Ok(())
    })
}

#[test]
fn many_are_switched_off_with_a_result_each_and_only_who_failed_is_sent_again() -> Result<()> {
    journey(async |it| {
        enter(it, "/operators").await?;
        it.page.see(table("Operators")).await?;
        let active = addons(it)?.iter().filter(|(_, on)| *on == 1).count();
        let grace = json!({ "email": "grace@acme.example", "name": "Grace Hopper" });
        it.sandbox.ask("DELETE", "auth/user/delete", &grace)?;
        it.page.click(checkbox("Select all")).await?;
        it.page.click(button("Deactivate")).await?;
        let ended = format!("12 of 12 · 1 failed · {} needed no change", 12 - active);
        it.page.see_text_in(region(RUN), &ended).await?;
        it.page
            .see_text_in(region(RUN), "Deactivate 12 operators")
            .await?;
        assert_eq!(it.sandbox.count("PUT", UPDATE)?, active);
        it.page.click(button("Results").within(region(RUN))).await?;
        it.page
            .see_text_in(table("Results"), "grace@acme.example")
            .await?;
        it.page
            .see_text_in(table("Results"), "Operator does not exist")
            .await?;
        // The screen shows the API's present data, and deleted operators are no longer selected.
        it.page.see_text("11 operators").await?;
        it.page.see_text("11 selected").await?;
        it.page.see_text_in(table("Operators"), "Inactive").await?;
        assert!(addons(it)?.iter().all(|(_, on)| *on != 1));
        it.sandbox.ask("POST", ADD, &grace)?;
        let on = json!({ "email": "grace@acme.example", "status": 1 });
        it.sandbox.ask("PUT", UPDATE, &on)?;
        let before = it.sandbox.count("PUT", UPDATE)?;
        it.page.click(button("Retry failed")).await?;
        it.page.see_no(button("Retry failed")).await?;
        run_ended(it, "12 of 12").await?;
        assert_eq!(it.sandbox.count("PUT", UPDATE)?, before + 1);
        assert!(addons(it)?.iter().all(|(_, on)| *on != 1));
        // Operators who are off already are not sent again.
        it.page.see_text("12 operators").await?;
        it.page.click(checkbox("Select Grace Hopper")).await?;
        it.page.click(button("Deactivate")).await?;
        it.page
            .see_text_in(region(RUN), "12 of 12 · 12 needed no change")
            .await?;
        assert_eq!(it.sandbox.count("PUT", UPDATE)?, before + 1);
        it.page.click(button("Activate")).await?;
        // Some of them are not set up, which no undo restores.
        let asked = dialog("Activate operators");
        it.page
            .click(button("Activate 12 operators").within(asked))
            .await?;
        it.page
            .see_text_in(region(RUN), "Activate 12 operators")
            .await?;
        run_ended(it, "12 of 12").await?;
        eventually(async || {
            ensure!(addons(it)?.iter().all(|(_, on)| *on == 1));
            Ok(())
        })
        .await?;
        assert_eq!(it.sandbox.count("PUT", UPDATE)?, before + 13);
        Ok(())
    })
}

#[test]
fn six_are_sent_at_once_and_what_has_not_started_can_be_cancelled() -> Result<()> {
    journey(async |it| {
        it.sandbox.seed(60, 0)?;
        let (server, barrier) = through_a_barrier(it, "PUT", UPDATE).await?;
        it.page.click(link("Operators")).await?;
        it.page
            .fill(field("Search operators"), "many.example")
            .await?;
        it.page.see_text("60 of 72 operators").await?;
        it.page.click(checkbox("Select all")).await?;
        it.page.see_text("60 selected").await?;
        let active = addons(it)?;
        let active = active
            .iter()
            .filter(|(email, on)| email.ends_with("@many.example") && *on == 1)
            .count();
        let already = 60 - active;
        it.page.click(button("Deactivate")).await?;
        it.page
            .see_text_in(
                region(RUN),
                &format!("{already} of 60 · {already} needed no change"),
            )
            .await?;
        it.page.click(button("Cancel the rest")).await?;
        let skipped = format!("{} skipped", active - 5);
        it.page.see_text_in(region(RUN), &skipped).await?;
        barrier.open();
        let ended = format!(
            "{} of 60 · {skipped} · {already} needed no change",
            already + 5
        );
        it.page.see_text_in(region(RUN), &ended).await?;
        assert_eq!(server.count("PUT", &format!("/{UPDATE}")), 5);
        assert_eq!(it.sandbox.count("PUT", UPDATE)?, 5);
        // Skipped rows did not fail: there is nothing to retry.
        it.page.see_no(button("Retry failed")).await?;
        it.page.click(button("Close").within(region(RUN))).await?;
        it.page.see_no(region(RUN)).await
    })
}

#[test]
fn several_are_put_on_several_domains_after_fresh_reads_of_who_is_there() -> Result<()> {
    journey(async |it| {
        enter(it, "/organisation").await?;
        know(it, &["wholesale.acme.example", "shop.acme.example"]).await?;
        it.page.click(checkbox("Select Grace Hopper")).await?;
        it.page.click(checkbox("Select Siobhán O’Connor")).await?;
        it.page.click(button("Put on domains…")).await?;
        it.page
            .see_text_in(
                dialog("Put on domains"),
                "Grace Hopper and Siobhán O’Connor",
            )
            .await?;
        it.page.click(button("Put on domains")).await?;
        it.page.see_text("Select at least one domain.").await?;
        let before = on(it, "shop.acme.example")?;
        // The page knows that Grace is on the shop. A colleague removes her, and adds Siobhán.
        assert!(before.contains(&"grace@acme.example".to_owned()));
        let place = |email: &str| json!({ "domain": "shop.acme.example", "email": email });
        it.sandbox
            .ask("PUT", TAKE_OFF, &place("grace@acme.example"))?;
        it.sandbox
            .ask("POST", PUT_ON, &place("siobhan@acme.example"))?;
        let by_others = it.sandbox.count("POST", PUT_ON)?;
        for name in ["shop.acme.example", "wholesale.acme.example"] {
            it.page
                .click(checkbox(name).within(group("Domains")))
                .await?;
        }
        it.page.click(button("Put on domains")).await?;
        it.page
            .see_text_in(region(RUN), "4 of 4 · 1 needed no change")
            .await?;
        it.page
            .see_text_in(region(RUN), "Put 2 operators on 2 domains")
            .await?;
        assert_eq!(it.sandbox.count("POST", PUT_ON)?, by_others + 3);
        for domain in ["shop.acme.example", "wholesale.acme.example"] {
            let there = on(it, domain)?;
            for email in ["grace@acme.example", "siobhan@acme.example"] {
                assert!(there.contains(&email.to_owned()), "{domain}: {there:?}");
            }
        }

        // The way back: the dialog says what changes before anything is sent.
        it.page.click(button("Take off domains…")).await?;
        it.page.click(button("Show what changes")).await?;
        it.page.see_text("Select at least one domain.").await?;
        for name in ["shop.acme.example", "wholesale.acme.example"] {
            it.page
                .click(checkbox(name).within(group("Domains")))
                .await?;
        }
        it.page.click(button("Show what changes")).await?;
        for told in [
            "wholesale.acme.example: Grace Hopper and Siobhán O’Connor",
            "No operator will be left on: wholesale.acme.example.",
            "All 2 selected domains were checked.",
        ] {
            it.page
                .see_text_in(dialog("Take off domains"), told)
                .await?;
        }
        let before = it.sandbox.count("PUT", TAKE_OFF)?;
        const TAKEN: &str = "Take 2 operators off 2 domains";
        it.page.click(button(TAKEN)).await?;
        it.page.see_text_in(region(RUN), TAKEN).await?;
        run_ended(it, "4 of 4").await?;
        assert_eq!(it.sandbox.count("PUT", TAKE_OFF)?, before + 4);
        assert_eq!(on(it, "wholesale.acme.example")?, [""; 0]);
        open_activity(it).await?;
        it.page.click(button(format!("Undo: {TAKEN}"))).await?;
        eventually(async || {
            let back = on(it, "wholesale.acme.example")?;
            ensure!(back.len() == 2, "{back:?}");
            Ok(())
        })
        .await
    })
}

#[test]
fn many_are_deleted_only_once_their_number_is_typed_and_who_manages_the_organisation_is_marked()
-> Result<()> {
    journey(async |it| {
        enter(it, "/organisation").await?;
        know(it, &["shop.acme.example", "wholesale.acme.example"]).await?;
        // Nothing is cached: the dialog reads by itself.
        it.page.reload().await?;
        for name in ["Grace Hopper", "Mai Nguyễn Thị", "Ada Okafor"] {
            it.page.click(checkbox(format!("Select {name}"))).await?;
        }
        it.page.click(button("Delete…")).await?;
        let asked = dialog("Delete users");
        it.page
            .see_text_in(asked.clone(), "All 2 known domains were checked.")
            .await?;
        let told = it.page.text_of(asked.clone()).await?;
        let place = |words: &str| told.find(words);
        assert!(
            place("Admin of this organisation").is_some()
                && place("Ada Okafor") < place("Grace Hopper")
                && place("On shop.acme.example.").is_some()
                && place("They are taken off these domains: shop.acme.example.").is_some(),
            "{told}"
        );
        let typed = field("Type 3 to confirm");
        it.page.fill(typed.clone(), "2").await?;
        it.page.click(button("Delete 3 users")).await?;
        it.page
            .see_error_at(typed.clone(), "This is not the number of users to delete.")
            .await?;
        assert_eq!(it.sandbox.count("DELETE", "auth/user/delete")?, 0);
        it.page.fill(typed, "3").await?;
        it.page.click(button("Delete 3 users")).await?;
        // The sandbox never deletes its admin, as in the reference.
        it.page
            .see_text_in(region(RUN), "3 of 3 · 1 failed")
            .await?;
        it.page.see_text("10 operators").await?;
        it.page.see_text("1 selected").await?;
        it.page.see(toolbar("Bulk actions")).await?;
        assert_eq!(it.sandbox.count("DELETE", "auth/user/delete")?, 3);
        Ok(())
    })
}
