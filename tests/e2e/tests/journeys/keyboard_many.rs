//! Bulk actions and exports with the keyboard alone.

use anyhow::Result;
use switchboard_e2e::{
    Key, button, checkbox, dialog, field, group, journey, link, region, table, title, toolbar,
};

use crate::steps::{add_domain, code_of, downloads, enter, live_chat, run_ended, watch_downloads};

const RUN: &str = "Bulk run";
const ADD: &str = "auth/addon/live_chat/operator/add";

#[test]
fn switching_two_operators_off_and_closing_what_came_of_it() -> Result<()> {
    journey(async |it| {
        enter(it, "/operators").await?;
        for name in ["Select Ada Okafor", "Select Grace Hopper"] {
            it.page.walk_to(checkbox(name)).await?;
            it.page.press(Key::Space).await?;
            it.page.see(toolbar("Bulk actions")).await?;
            // From the box of any selected row, two keys lead to the actions.
            it.page.press(Key::Tab).await?;
            it.page.focus_can_be_seen().await?;
            it.page.press(Key::Enter).await?;
            it.page.focus_is_on(button("Activate")).await?;
        }
        let scrolled = it.page.script("return scrollY", &[]).await?;
        it.page.press(Key::Right).await?;
        it.page.focus_is_on(button("Deactivate")).await?;
        let then = it.page.script("return scrollY", &[]).await?;
        assert_eq!(then, scrolled, "the bar's own buttons scroll the page");
        it.page.press(Key::Enter).await?;
        run_ended(it, "2 of 2").await?;
        assert!(!live_chat(it, "ada@acme.example")?);
        assert!(!live_chat(it, "grace@acme.example")?);
        it.page.walk_back_to(button("Results")).await?;
        it.page.press(Key::Enter).await?;
        it.page
            .see_text_in(table("Results"), "grace@acme.example")
            .await?;
        it.page.walk_back_to(button("Close")).await?;
        it.page.press(Key::Enter).await?;
        it.page.see_no(region(RUN)).await
    })
}

#[test]
fn adding_an_operator_with_a_domain() -> Result<()> {
    journey(async |it| {
        enter(it, "/domains/new").await?;
        add_domain(it, "keys.acme.example", "keys@acme.example").await?;
        it.page.see(title("Embed code")).await?;
        it.page.open("/operators").await?;
        it.page.see(table("Operators")).await?;
        it.page.walk_to(button("Add operator")).await?;
        it.page.press(Key::Enter).await?;
        it.page.walk_to(field("Name")).await?;
        it.page.type_keys("Katherine Johnson").await?;
        it.page.tab_to(field("Email")).await?;
        it.page.type_keys("katherine@acme.example").await?;
        let domain = checkbox("keys.acme.example").within(group("Domains"));
        it.page.walk_to(domain).await?;
        it.page.press(Key::Space).await?;
        it.page.press(Key::Enter).await?;
        it.page.see_no(dialog("Add operator")).await?;
        run_ended(it, "1 of 1").await?;
        let on_it = crate::steps::assignment(it, "keys.acme.example", "katherine@acme.example")?;
        assert!(on_it.is_some());
        Ok(())
    })
}

#[test]
fn importing_pasted_rows() -> Result<()> {
    journey(async |it| {
        enter(it, "/operators").await?;
        it.page.walk_to(button("Import CSV")).await?;
        it.page.press(Key::Enter).await?;
        it.page.walk_to(field("Or paste rows")).await?;
        it.page
            .type_keys("name,email\nKatherine Johnson,katherine@acme.example\nMary Jackson,mary@acme.example")
            .await?;
        it.page.walk_to(button("Show preview")).await?;
        it.page.press(Key::Enter).await?;
        it.page.walk_to(button("Import 2 operators")).await?;
        it.page.press(Key::Enter).await?;
        run_ended(it, "2 of 2").await?;
        assert_eq!(it.sandbox.count("POST", ADD)?, 2);
        Ok(())
    })
}

#[test]
fn handing_the_code_to_somebody_and_checking_the_page() -> Result<()> {
    journey(async |it| {
        enter(it, "/domains/new").await?;
        add_domain(it, "keys.acme.example", "keys@acme.example").await?;
        it.page
            .arrive_at("/domains/keys.acme.example/embed")
            .await?;
        it.page.allow_clipboard().await?;
        watch_downloads(it).await?;
        it.page.walk_to(link("E-mail to a developer")).await?;
        it.page.walk_to(button("Download")).await?;
        it.page.press(Key::Enter).await?;
        let code = code_of(&it.sandbox.url(), "keys.acme.example");
        let saved = downloads(it).await?;
        assert_eq!(saved.len(), 1);
        assert!(code.lines().all(|line| saved[0].1.contains(line)));
        it.page.walk_to(button("Copy both")).await?;
        it.page.press(Key::Space).await?;
        it.page.see_text("Copied").await?;
        assert_eq!(it.page.clipboard().await?, code);
        it.page.walk_to(field("Page HTML")).await?;
        it.page.type_keys("<html><body></body></html>").await?;
        it.page.walk_to(button("Check")).await?;
        it.page.press(Key::Enter).await?;
        it.page
            .see_text_in(region("Check the installation"), "link is missing")
            .await
    })
}

#[test]
fn exporting_the_workspace() -> Result<()> {
    journey(async |it| {
        enter(it, "/domains/new").await?;
        add_domain(it, "keys.acme.example", "keys@acme.example").await?;
        it.page.see(title("Embed code")).await?;
        it.page.open("/settings").await?;
        it.page.see(region("Connections")).await?;
        watch_downloads(it).await?;
        it.page.walk_to(button("Export workspace")).await?;
        it.page.press(Key::Enter).await?;
        let saved = downloads(it).await?;
        assert!(saved[0].1.contains("keys.acme.example"));
        // The chooser that opens from here is the browser's own.
        it.page.walk_to(field("Import workspace")).await
    })
}
