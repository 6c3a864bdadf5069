//! The operators' page: the list, its search, and adding one.

use anyhow::Result;
use serde_json::json;
use switchboard_e2e::{
    Journey, Key, alert, button, dialog, field, journey, link, navigation, table, title,
};

use crate::steps::{ORGANISATION, enter};

const LIST: &str = "auth/addon/live_chat/operator/list";
const ADD: &str = "auth/addon/live_chat/operator/add";

#[test]
fn an_operator_that_exists_already_is_told_in_the_dialog_and_nothing_typed_is_lost() -> Result<()> {
    journey(async |it| {
        open_dialog(it).await?;
        add(it, "Another Grace", "Grace@acme.example").await?;
        it.page
            .see(alert("Operator already exists").within(dialog("Add operator")))
            .await?;
        // The message is at its field, and nowhere else.
        it.page.see_no_text("The operator was not added.").await?;
        holds(it, "Another Grace", "Grace@acme.example").await?;
        it.page
            .fill(field("Email"), "grace.two@acme.example")
            .await?;
        it.page.click(button("Add operator")).await?;
        it.page.see_text("Another Grace was added.").await
    })
}

#[test]
fn a_wrong_name_or_address_is_told_at_its_field_and_nothing_is_sent() -> Result<()> {
    journey(async |it| {
        open_dialog(it).await?;
        for (name, email, at, told) in [
            ("", "", "Name", "Enter a name."),
            ("Ada", "", "Email", "Enter an email address."),
            (
                "Ada",
                "ada.acme.example",
                "Email",
                "An email address needs an @.",
            ),
            (
                "Ada",
                "@acme.example",
                "Email",
                "Enter the part before the @.",
            ),
            ("Ada", "ada@", "Email", "Enter the part after the @."),
            (
                "Ada",
                "ada @acme.example",
                "Email",
                "Remove the space from the email address.",
            ),
            (
                "Ada",
                "ada@b@acme.example",
                "Email",
                "There is more than one @",
            ),
        ] {
            add(it, name, email).await?;
            it.page.see_error_at(field(at), told).await?;
            it.page.focus_is_on(field(at)).await?;
            holds(it, name, email).await?;
        }
        assert_eq!(it.sandbox.count("POST", ADD)?, 0);
        Ok(())
    })
}

#[test]
fn the_dialog_takes_the_focus_closes_on_escape_and_gives_it_back_with_nothing_lost() -> Result<()> {
    journey(async |it| {
        open_dialog(it).await?;
        it.page.focus_is_on(field("Name")).await?;
        it.page.fill(field("Name"), "Half a name").await?;
        it.page.press(Key::Escape).await?;
        it.page.see_no(dialog("Add operator")).await?;
        it.page.focus_is_on(button("Add operator")).await?;
        it.page.press(Key::Enter).await?;
        it.page.see(dialog("Add operator")).await?;
        assert_eq!(it.page.value_of(field("Name")).await?, "Half a name");
        // Tab stays inside the dialog.
        for _ in 0..8 {
            it.page.press(Key::Tab).await?;
            let outside = "return document.activeElement !== document.body && !document.activeElement.closest('dialog')";
            assert_eq!(it.page.script(outside, &[]).await?, json!(false));
        }
        it.page.click(button("Cancel")).await?;
        it.page.focus_is_on(button("Add operator")).await
    })
}

/// Leaves and returns while "hopper" is searched for.
async fn away_by_a_link_and_back(it: &Journey) -> Result<()> {
    it.page
        .click(link("Domains").within(navigation("Main")))
        .await?;
    it.page.see(title("Domains")).await?;
    it.page.back().await?;
    it.page.arrive_at("/operators?q=hopper").await?;
    it.page.see_text("1 of 12 operators").await
}

#[test]
fn a_search_lives_in_the_address_and_survives_a_reload_and_the_way_back() -> Result<()> {
    journey(async |it| {
        enter(it, "/operators").await?;
        it.page.fill(field("Search operators"), "hopper").await?;
        it.page.arrive_at("/operators?q=hopper").await?;
        it.page.see_text("1 of 12 operators").await?;
        it.page.reload().await?;
        it.page.see_text("1 of 12 operators").await?;
        assert_eq!(it.page.value_of(field("Search operators")).await?, "hopper");
        away_by_a_link_and_back(it).await?;
        assert_eq!(it.page.value_of(field("Search operators")).await?, "hopper");
        it.page
            .fill(field("Search operators"), "nobody at all")
            .await?;
        it.page.see_text("No operators match").await?;
        it.page.fill(field("Search operators"), "小林").await?;
        it.page
            .see_text_in(table("Operators"), "yuko@acme.example")
            .await
    })
}

/// The router learns of the input later than the list and the address: no action in between may lose a letter.
#[test]
fn what_was_typed_last_counts_whatever_comes_right_behind_it() -> Result<()> {
    journey(async |it| {
        let search = || field("Search operators");
        enter(it, "/operators").await?;
        it.page.see_text("12 operators").await?;
        it.page.fill(search(), "grace").await?;
        it.page.reload().await?;
        it.page.see_text("1 of 12 operators").await?;
        assert_eq!(it.page.value_of(search()).await?, "grace");
        it.page.fill(search(), "hopper").await?;
        away_by_a_link_and_back(it).await?;
        // Back and forward, without an action in between that takes the focus from the field.
        for (name, heading) in [("Organisation", ORGANISATION), ("Operators", "Operators")] {
            it.page.click(link(name).within(navigation("Main"))).await?;
            it.page.see(title(heading)).await?;
        }
        it.page.fill(search(), "ada").await?;
        it.page.script("history.back()", &[]).await?;
        it.page.see(title(ORGANISATION)).await?;
        it.page.script("history.forward()", &[]).await?;
        it.page.arrive_at("/operators?q=ada").await?;
        assert_eq!(it.page.value_of(search()).await?, "ada");
        // A column, and all of them through the link in the navigation.
        it.page.fill(search(), "a").await?;
        it.page.click(button("Name")).await?;
        it.page.arrive_at("/operators?q=a&sort=name").await?;
        it.page.fill(search(), "hopper").await?;
        it.page
            .click(link("Operators").within(navigation("Main")))
            .await?;
        it.page.arrive_at("/operators").await?;
        it.page.see_text("12 operators").await?;
        assert_eq!(it.page.value_of(search()).await?, "");
        Ok(())
    })
}

#[test]
fn a_long_list_comes_in_pages_and_is_searched_as_a_whole() -> Result<()> {
    journey(async |it| {
        it.sandbox.seed(1_000, 0)?;
        enter(it, "/operators").await?;
        it.page.see_text("1,012 operators").await?;
        it.page.see_text("1–25 of 1,012").await?;
        it.page.click(button("Next")).await?;
        it.page.see_text("26–50 of 1,012").await?;
        it.page
            .fill(field("Search operators"), "operator-999@")
            .await?;
        it.page
            .see_text_in(table("Operators"), "operator-999@many.example")
            .await?;
        assert_eq!(it.sandbox.count("GET", LIST)?, 1);
        Ok(())
    })
}

async fn open_dialog(it: &Journey) -> Result<()> {
    enter(it, "/operators").await?;
    it.page.see(table("Operators")).await?;
    it.page.click(button("Add operator")).await?;
    it.page.see(dialog("Add operator")).await
}

async fn add(it: &Journey, name: &str, email: &str) -> Result<()> {
    it.page.fill(field("Name"), name).await?;
    it.page.fill(field("Email"), email).await?;
    it.page.click(button("Add operator")).await
}

async fn holds(it: &Journey, name: &str, email: &str) -> Result<()> {
    assert_eq!(it.page.value_of(field("Name")).await?, name);
    assert_eq!(it.page.value_of(field("Email")).await?, email);
    Ok(())
}
