//! A code that this browser does not have: the reasons, and how to get it here.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use switchboard_e2e::{
    Answer, Interception, Response, alert, button, eventually, field, journey, link, region, title,
};

use crate::steps::{add_domain, code_of, enter, record_of, rename, through_a_relay};

const DOMAIN: &str = "shop.acme.example";
const PAGE: &str = "/domains/shop.acme.example/embed";
const LOOK_UP: &str = "auth/addon/live_chat/domain/get";

#[test]
fn a_code_pasted_from_elsewhere_is_held_from_then_on_and_says_where_it_came_from() -> Result<()> {
    journey(async |it| {
        enter(it, PAGE).await?;
        it.page
            .see_text("The embed code of shop.acme.example is not saved in this browser")
            .await?;
        it.page.click(button("Keep the code")).await?;
        it.page
            .see_error_at(field("link"), "Paste the code here first.")
            .await?;
        it.page.focus_is_on(field("link")).await?;

        let code = code_of(&it.sandbox.url(), DOMAIN);
        let (link_code, socket_code) = code.split_once('\n').context("two lines")?;
        it.page
            .paste(field("link"), &format!("{link_code}\n"))
            .await?;
        it.page
            .see_text("socketLink is empty. The chat may need both.")
            .await?;
        it.page.paste(field("socketLink"), socket_code).await?;
        it.page
            .see_no_text("Is this the embed code of shop.acme.example?")
            .await?;
        it.page.click(button("Keep the code")).await?;
        it.page
            .see_text("The embed code of shop.acme.example is saved in this browser.")
            .await?;
        it.page.reload().await?;
        it.page.see_text_in(region("link"), link_code).await?;
        it.page
            .see_text_in(region("socketLink"), socket_code)
            .await?;
        it.page.see_text("Pasted here.").await?;
        let record = record_of(it, DOMAIN).await?.context("nothing is kept")?;
        assert_eq!(record["embed"]["origin"], "pasted");
        assert_eq!(record["embed"]["link"], link_code);
        assert_eq!(record["embed"]["socketLink"], socket_code);
        Ok(())
    })
}

#[test]
fn what_does_not_look_like_the_domains_code_is_doubted_and_kept_only_all_the_same() -> Result<()> {
    journey(async |it| {
        enter(it, PAGE).await?;
        it.page.fill(field("link"), "hello").await?;
        it.page.fill(field("socketLink"), "hello").await?;
        it.page
            .see_text("Is this the embed code of shop.acme.example?")
            .await?;
        for doubt in [
            "link contains neither HTML nor an address.",
            "Both codes are the same text.",
            "Neither code names shop.acme.example. It may be the code of another domain.",
        ] {
            it.page.see_text(doubt).await?;
        }
        let strange = "<script src=https://evil.example/w.js?domain=shop.acme.example></script>";
        it.page.fill(field("link"), strange).await?;
        it.page
            .see_text("It loads from evil.example, but this connection is to 127.0.0.1:")
            .await?;
        it.page.see_no(button("Keep the code")).await?;
        it.page.click(button("Keep it anyway")).await?;
        it.page
            .see_text("This code does not load from this connection's host")
            .await
    })
}

#[test]
fn held_code_can_be_pasted_over_and_comes_back_by_undo() -> Result<()> {
    journey(async |it| {
        enter(it, PAGE).await?;
        let paste = async |text: &str, press: &str| {
            it.page.fill(field("link"), text).await?;
            it.page.click(button(press)).await
        };
        let link = async || {
            let record = record_of(it, DOMAIN).await?.context("known")?;
            anyhow::Ok(record["embed"]["link"].clone())
        };
        paste("<b>shop.acme.example", "Keep it anyway").await?;
        it.page.see_text("Pasted here.").await?;
        it.page.click(button("Replace the code")).await?;
        it.page.focus_is_on(field("link")).await?;
        it.page.click(button("Cancel")).await?;
        it.page.focus_is_on(button("Replace the code")).await?;
        it.page.click(button("Replace the code")).await?;
        paste("<i>shop.acme.example", "Replace it anyway").await?;
        it.page
            .see_text("The embed code of shop.acme.example was replaced.")
            .await?;
        assert_eq!(link().await?, "<i>shop.acme.example");
        it.page.see_no(field("link")).await?;
        it.page.click(button("Undo")).await?;
        it.page
            .see_text_in(region("link"), "<b>shop.acme.example")
            .await?;
        assert_eq!(link().await?, "<b>shop.acme.example");
        Ok(())
    })
}

#[test]
fn code_of_the_api_can_be_used_again_after_another_one_has_replaced_it() -> Result<()> {
    journey(async |it| {
        enter(it, "/domains/new").await?;
        add_domain(it, "own.acme.example", "web@acme.example").await?;
        it.page.see(button("Replace the code")).await?;
        let link = async || {
            let record = record_of(it, "own.acme.example").await?.context("known")?;
            anyhow::Ok(record["embed"]["link"].clone())
        };
        let given = link().await?;
        it.page.click(button("Replace the code")).await?;
        it.page.fill(field("link"), "<i>own.acme.example").await?;
        it.page.click(button("Replace it anyway")).await?;
        it.page.see_text("Pasted here.").await?;
        it.page.reload().await?;
        it.page.click(button("Use the API's code")).await?;
        it.page
            .see_text("Received when you added the domain here.")
            .await?;
        it.page.see_no(button("Use the API's code")).await?;
        assert_eq!(link().await?, given);
        Ok(())
    })
}

#[test]
fn a_code_that_names_no_domain_is_marked_after_a_rename() -> Result<()> {
    journey(async |it| {
        enter(it, PAGE).await?;
        it.page.fill(field("link"), "<b>1</b>").await?;
        it.page.click(button("Keep it anyway")).await?;
        it.page.see_text("Pasted here.").await?;
        it.page.open("/domains/shop.acme.example").await?;
        rename(it, "new.acme.example").await?;
        it.page.arrive_at("/domains/new.acme.example").await?;
        it.page.click(link("Embed code")).await?;
        it.page
            .see_text("The code was received for shop.acme.example")
            .await
    })
}

#[test]
fn half_typed_code_moves_to_the_new_name_after_a_rename_in_another_tab() -> Result<()> {
    journey(async |it| {
        enter(it, "/domains/new").await?;
        add_domain(it, "own.acme.example", "web@acme.example").await?;
        it.page.click(button("Replace the code")).await?;
        it.page.fill(field("link"), "<i>half").await?;
        it.page.fill(field("socketLink"), "typed").await?;
        it.page.open_in_new_tab("/domains/own.acme.example").await?;
        rename(it, "new.acme.example").await?;
        it.page.arrive_at("/domains/new.acme.example").await?;
        it.page.switch_to_tab(0).await?;
        it.page
            .see_text("The API does not know own.acme.example")
            .await?;
        assert_eq!(it.page.value_of(field("link")).await?, "<i>half");
        // Another page asks.
        it.page.click(link("Operators")).await?;
        it.page.click(button("Stay on this page")).await?;
        it.page
            .click(link("Renamed: open new.acme.example"))
            .await?;
        it.page.arrive_at("/domains/new.acme.example/embed").await?;
        assert_eq!(it.page.value_of(field("link")).await?, "<i>half");
        assert_eq!(it.page.value_of(field("socketLink")).await?, "typed");
        it.page.see(button("Replace it anyway")).await
    })
}

#[test]
fn an_unknown_domain_is_looked_up_once_and_that_of_a_held_code_at_each_visit() -> Result<()> {
    journey(async |it| {
        enter(it, PAGE).await?;
        it.page.see(button("Keep the code")).await?;
        assert_eq!(it.sandbox.count("GET", LOOK_UP)?, 1);
        let record = record_of(it, DOMAIN).await?.context("it is known now")?;
        assert_eq!(record["name"], DOMAIN);
        it.page.reload().await?;
        it.page.see(button("Keep the code")).await?;
        it.page.click(link("Import a workspace")).await?;
        it.page.see(title("Settings")).await?;
        it.page.back().await?;
        it.page.fill(field("link"), "<b>shop.acme.example").await?;
        it.page.click(button("Keep it anyway")).await?;
        it.page.see_text("Pasted here.").await?;
        it.page.reload().await?;
        it.page.see(button("Copy both")).await?;
        // When the code was kept, and after the reload: the domain may be gone.
        eventually(async || {
            ensure!(it.sandbox.count("GET", LOOK_UP)? == 3);
            Ok(())
        })
        .await?;
        Ok(())
    })
}

#[test]
fn a_domain_that_the_api_does_not_know_is_offered_to_be_added() -> Result<()> {
    journey(async |it| {
        enter(it, "/domains/nowhere.example/embed").await?;
        it.page
            .see_text("The API does not know nowhere.example")
            .await?;
        it.page.see_no(button("Keep the code")).await?;
        assert_eq!(record_of(it, "nowhere.example").await?, None);
        it.page.click(link("Add nowhere.example")).await?;
        it.page.see(title("Add domain")).await?;
        assert_eq!(it.page.value_of(field("Domain")).await?, "nowhere.example");
        Ok(())
    })
}

#[test]
fn an_api_that_cannot_say_whether_a_domain_exists_keeps_nobody_from_pasting() -> Result<()> {
    journey(async |it| {
        let proxy = through_a_relay(it).await?;
        let busy = Response::new(503, "text/plain", "Service Unavailable");
        proxy.intercept("GET", LOOK_UP, Interception::Answer(Answer::Say(busy)));
        it.page.open(PAGE).await?;
        it.page
            .see(alert(
                "It could not be checked whether shop.acme.example exists",
            ))
            .await?;
        it.page.see(button("Keep the code")).await?;
        assert_eq!(
            it.page
                .script(
                    "return Object.keys(localStorage).some((key) => key.includes('shop.acme'))",
                    &[]
                )
                .await?,
            json!(false)
        );
        it.page.fill(field("link"), "typed before").await?;
        proxy.clear_rules();
        it.page.click(button("Try again")).await?;
        it.page.see_no_text("could not be looked up").await?;
        it.page.see(button("Keep it anyway")).await?;
        assert_eq!(it.page.value_of(field("link")).await?, "typed before");
        Ok(())
    })
}

#[test]
fn saved_code_of_a_gone_domain_is_marked() -> Result<()> {
    journey(async |it| {
        enter(it, "/domains/new").await?;
        add_domain(it, "gone.acme.example", "web@acme.example").await?;
        it.page.see(title("Embed code")).await?;
        let domain = json!({ "domain": "gone.acme.example" });
        it.sandbox
            .ask("DELETE", "auth/addon/live_chat/domain/delete", &domain)?;
        it.page.reload().await?;
        it.page
            .see_text("The API does not know gone.acme.example")
            .await?;
        // The code stays at hand: the domain may have another name now.
        it.page.see(button("Copy both")).await
    })
}
