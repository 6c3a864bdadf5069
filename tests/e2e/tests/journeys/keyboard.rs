//! The main tasks with the keyboard alone: no mouse, and the focus always visible.

use anyhow::{Context, Result};
use serde_json::json;
use switchboard_e2e::{
    Journey, Key, button, dialog, field, journey, link, navigation, region, switch_off, switch_on,
    table, title,
};

use crate::steps::{ORGANISATION, add_domain, assignment, code_of, enter, record_of};

const SHOP: &str = "shop.acme.example";

/// Opens a page through the navigation.
async fn go_to(it: &Journey, page: &str) -> Result<()> {
    it.page
        .walk_back_to(link(page).within(navigation("Main")))
        .await?;
    it.page.press(Key::Enter).await?;
    it.page.focus_is_on(title(page)).await
}

#[test]
fn connecting_to_an_organisation() -> Result<()> {
    journey(async |it| {
        it.page.open("/").await?;
        it.page.walk_to(field("API base URL")).await?;
        it.page.type_keys(&it.sandbox.url()).await?;
        it.page.walk_to(field("API token")).await?;
        it.page.type_keys("wrong").await?;
        it.page.press(Key::Enter).await?;
        it.page.expect_in_console("401");
        it.page.see_text("The token was not accepted").await?;
        // The input is still there: its end is deleted, and the token entered.
        it.page.walk_back_to(field("API token")).await?;
        for _ in "wrong".chars() {
            it.page.press(Key::Backspace).await?;
        }
        it.page.type_keys(it.sandbox.token()).await?;
        it.page.press(Key::Enter).await?;
        it.page.focus_is_on(title(ORGANISATION)).await
    })
}

#[test]
fn coming_back_for_the_code_of_a_domain() -> Result<()> {
    journey(async |it| {
        enter(it, "/domains/new").await?;
        add_domain(it, "keys.acme.example", "keys@acme.example").await?;
        it.page.see(title("Embed code")).await?;
        it.page.open("/organisation").await?;
        it.page.see(title(ORGANISATION)).await?;
        it.page.allow_clipboard().await?;
        it.page
            .walk_to(link("Domains").within(navigation("Main")))
            .await?;
        it.page.press(Key::Enter).await?;
        it.page.focus_is_on(title("Domains")).await?;
        it.page
            .walk_to(button("Copy code: keys.acme.example"))
            .await?;
        it.page.press(Key::Space).await?;
        it.page.see_text_in(table("Domains"), "Copied").await?;
        let code = code_of(&it.sandbox.url(), "keys.acme.example");
        assert_eq!(it.page.clipboard().await?, code);
        Ok(())
    })
}

#[test]
fn adding_an_operator() -> Result<()> {
    journey(async |it| {
        enter(it, "/organisation").await?;
        go_to(it, "Operators").await?;
        let opener = button("Add operator");
        it.page.walk_to(opener.clone()).await?;
        it.page.press(Key::Enter).await?;
        it.page.focus_is_in(dialog("Add operator")).await?;
        it.page.press(Key::Escape).await?;
        it.page.see_no(dialog("Add operator")).await?;
        it.page.focus_is_on(opener.clone()).await?;
        it.page.press(Key::Space).await?;
        it.page.walk_to(field("Name")).await?;
        it.page.type_keys("Katherine Johnson").await?;
        it.page.tab_to(field("Email")).await?;
        it.page.type_keys("katherine@acme.example").await?;
        it.page.press(Key::Enter).await?;
        it.page.see_no(dialog("Add operator")).await?;
        it.page
            .see_text_in(table("Operators"), "katherine@acme.example")
            .await?;
        it.page.focus_is_on(opener).await
    })
}

#[test]
fn renaming_and_deleting_a_domain() -> Result<()> {
    journey(async |it| {
        enter(it, "/domains/new").await?;
        add_domain(it, "old.acme.example", "web@acme.example").await?;
        it.page.see(title("Embed code")).await?;
        go_to(it, "Domains").await?;
        it.page
            .walk_to(link("old.acme.example").within(table("Domains")))
            .await?;
        it.page.press(Key::Enter).await?;
        it.page.focus_is_on(title("old.acme.example")).await?;
        it.page.walk_to(field("New domain name")).await?;
        it.page.type_keys("new.acme.example").await?;
        it.page.press(Key::Enter).await?;
        let asked = dialog("Rename domain");
        it.page.focus_is_in(asked.clone()).await?;
        it.page.walk_to(button("Rename").within(asked)).await?;
        it.page.press(Key::Enter).await?;
        it.page.see(title("new.acme.example")).await?;
        it.page.arrive_at("/domains/new.acme.example").await?;
        assert!(it.sandbox.domain("new.acme.example")?.is_some());
        assert!(record_of(it, "new.acme.example").await?.is_some());

        let opener = button("Delete domain");
        it.page.walk_to(opener.clone()).await?;
        it.page.press(Key::Enter).await?;
        it.page.focus_is_in(dialog("Delete domain")).await?;
        it.page.press(Key::Escape).await?;
        it.page.focus_is_on(opener).await?;
        it.page.press(Key::Enter).await?;
        it.page
            .walk_to(field("Type new.acme.example to confirm"))
            .await?;
        it.page.type_keys("new.acme.example").await?;
        it.page.press(Key::Enter).await?;
        it.page.arrive_at("/domains").await?;
        it.page.focus_is_on(title("Domains")).await?;
        assert!(it.sandbox.domain("new.acme.example")?.is_none());
        Ok(())
    })
}

#[test]
fn the_switches_of_an_assignment_putting_on_and_taking_off() -> Result<()> {
    journey(async |it| {
        enter(it, "/domains/shop.acme.example").await?;
        let read = || assignment(it, SHOP, "grace@acme.example");
        for (name, field) in [
            ("Admin: Grace Hopper", "isAdmin"),
            ("Shown online: Grace Hopper", "chatStatus"),
            ("Gets messages: Grace Hopper", "active"),
        ] {
            it.page.see(region("Operators on this domain")).await?;
            let before = read()?.context("Grace")?[field] == true;
            let (now, then) = if before {
                (switch_on(name), switch_off(name))
            } else {
                (switch_off(name), switch_on(name))
            };
            it.page.walk_to(now).await?;
            it.page.press(Key::Space).await?;
            // It is still where the focus is.
            it.page.focus_is_on(then).await?;
            it.page.focus_can_be_seen().await?;
            assert_eq!(read()?.context("Grace")?[field], json!(!before));
        }
        it.page.walk_to(button("Remove Grace Hopper")).await?;
        it.page.press(Key::Enter).await?;
        it.page.see_no(button("Remove Grace Hopper")).await?;
        assert!(read()?.is_none());
        it.page
            .focus_is_in(table("Operators on this domain"))
            .await?;
        it.page.focus_can_be_seen().await?;
        it.page.walk_back_to(button("Add operator")).await?;
        it.page.press(Key::Enter).await?;
        it.page
            .walk_to(field("Search operators").within(dialog("Add operator")))
            .await?;
        it.page.type_keys("grace").await?;
        it.page.walk_to(button("Add Grace Hopper")).await?;
        it.page.press(Key::Enter).await?;
        // The focus stays in the row.
        it.page
            .focus_is_on(button("On this domain: Grace Hopper"))
            .await?;
        it.page.press(Key::Escape).await?;
        it.page.focus_is_on(button("Add operator")).await?;
        assert!(read()?.is_some());
        Ok(())
    })
}

#[test]
fn choosing_one_of_a_few_with_the_arrow_keys() -> Result<()> {
    journey(async |it| {
        enter(it, "/organisation").await?;
        go_to(it, "Settings").await?;
        it.page.walk_to(field("System")).await?;
        it.page.press(Key::Right).await?;
        it.page.press(Key::Right).await?;
        it.page.focus_is_on(field("Dark")).await?;
        it.page.focus_can_be_seen().await?;
        let theme = "return document.documentElement.dataset.theme === 'dark'";
        it.page.script_says(theme).await?;
        go_to(it, "Activity").await?;
        it.page.walk_to(field("All")).await?;
        // Not in the other direction, because WebKit stops at the first.
        it.page.press(Key::Right).await?;
        it.page.press(Key::Right).await?;
        it.page.focus_is_on(field("Failed")).await?;
        it.page.see_text("No matching calls").await?;
        Ok(())
    })
}
