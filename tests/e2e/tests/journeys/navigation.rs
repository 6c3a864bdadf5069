//! Navigation: deep links, wrong addresses, and the keyboard.

use anyhow::Result;
use serde_json::json;
use switchboard_e2e::{
    Key, Size, button, checkbox, field, journey, link, main_area, navigation, title,
};

use crate::steps::{ORGANISATION, code_of, connect_to, enter};

#[test]
fn a_deep_link_leads_through_connecting_to_where_it_points() -> Result<()> {
    journey(async |it| {
        it.page.open("/operators?q=grace%20h").await?;
        it.page.see(title("Connect")).await?;
        it.page
            .arrive_at("/connect?next=%2Foperators%3Fq%3Dgrace%2520h")
            .await?;
        connect_to(it, &it.sandbox.url(), it.sandbox.token()).await?;
        it.page.arrive_at("/operators?q=grace%20h").await?;
        it.page.see_text("1 of 12 operators").await?;
        assert_eq!(
            it.page.value_of(field("Search operators")).await?,
            "grace h"
        );
        // The way back leads to the list as it was left, also after Back and Forward.
        it.page.click(link("Grace Hopper")).await?;
        it.page.see(title("Grace Hopper")).await?;
        it.page.back().await?;
        it.page.see(title("Operators")).await?;
        it.page.script("history.forward()", &[]).await?;
        it.page.see(title("Grace Hopper")).await?;
        it.page.click(link("Operators").within(main_area())).await?;
        it.page.arrive_at("/operators?q=grace%20h").await?;
        it.page.see_text("1 of 12 operators").await
    })
}

#[test]
fn a_link_from_elsewhere_leads_nobody_away_after_connecting() -> Result<()> {
    journey(async |it| {
        enter(it, "/connect?next=https%3A%2F%2Fevil.example%2F").await?;
        it.page.see(title(ORGANISATION)).await?;
        it.page.arrive_at("/organisation").await
    })
}

#[test]
fn a_wrong_address_says_so_connected_or_not_and_leads_on() -> Result<()> {
    journey(async |it| {
        it.page.open("/no/such/page").await?;
        it.page.see(title("Page not found")).await?;
        it.page
            .see_text("There is no page at /no/such/page")
            .await?;
        enter(it, "/connect").await?;
        it.page.open("/no/such/page").await?;
        it.page.see(title("Page not found")).await?;
        it.page.click(link("Operators").within(main_area())).await?;
        it.page.see(title("Operators")).await?;
        it.page.back().await?;
        it.page.see(title("Page not found")).await
    })
}

#[test]
fn on_a_telephone_the_names_of_the_pages_stand_apart() -> Result<()> {
    journey(async |it| {
        enter(it, "/operators").await?;
        it.page.see(navigation("Main")).await?;
        it.page.resize(Size::TELEPHONE).await?;
        let script = "const names = [...document.querySelectorAll('nav a')].map((link) => {
                const name = document.createRange();
                name.selectNodeContents(link.lastElementChild);
                return name.getBoundingClientRect();
            });
            return names.map((name, at) => name.left - (names[at - 1]?.right ?? 0))";
        let gaps: Vec<f64> = serde_json::from_value(it.page.script(script, &[]).await?)?;
        assert!(gaps.len() >= 5, "{gaps:?}");
        assert!(gaps.iter().all(|gap| *gap >= 4.0), "{gaps:?}");
        Ok(())
    })
}

#[test]
fn the_keyboard_reaches_everything_in_reading_order_and_sees_where_it_is() -> Result<()> {
    journey(async |it| {
        enter(it, "/operators").await?;
        it.page.reload().await?;
        it.page.see_text("12 operators").await?;
        let nav = || navigation("Main");
        for stop in [
            link("Skip to content"),
            link("Switchboard"),
            link("Organisation").within(nav()),
            link("Operators").within(nav()),
            link("Domains").within(nav()),
            link("Activity").within(nav()),
            link("Settings").within(nav()),
            button("Disconnect"),
            button("Refresh"),
            button("Import CSV"),
            button("Export CSV"),
            button("Add operator"),
            field("Search operators"),
            field("Presence"),
            field("Login"),
            field("Live chat addon"),
            button("Columns"),
            checkbox("Select all"),
        ] {
            it.page.tab_to(stop).await?;
        }
        Ok(())
    })
}

#[test]
fn the_skip_link_leads_past_the_navigation() -> Result<()> {
    journey(async |it| {
        enter(it, "/operators").await?;
        it.page.reload().await?;
        it.page.see_text("12 operators").await?;
        it.page.tab_to(link("Skip to content")).await?;
        it.page.press(Key::Enter).await?;
        it.page.focus_is_in(main_area()).await?;
        it.page.see(title("Operators")).await?;
        it.page.tab_to(button("Refresh")).await
    })
}

#[test]
fn the_focus_moves_to_the_heading_of_the_page_that_is_opened() -> Result<()> {
    journey(async |it| {
        enter(it, "/organisation").await?;
        it.page.focus_is_on(title(ORGANISATION)).await?;
        for (name, heading) in [
            ("Operators", "Operators"),
            ("Domains", "Domains"),
            ("Organisation", ORGANISATION),
        ] {
            it.page.click(link(name).within(navigation("Main"))).await?;
            it.page.focus_is_on(title(heading)).await?;
            let tab = match heading {
                ORGANISATION => format!("{ORGANISATION} · Switchboard"),
                page => format!("{page} · {ORGANISATION} · Switchboard"),
            };
            assert_eq!(it.page.tab().await?, tab);
            let current =
                "return document.querySelector('nav [aria-current=page]')?.innerText.trim()";
            assert_eq!(it.page.script(current, &[]).await?, json!(name));
        }
        Ok(())
    })
}

#[test]
fn the_main_job_is_done_with_the_keyboard_alone() -> Result<()> {
    journey(async |it| {
        it.page.open("/").await?;
        it.page.see(button("Open the sandbox")).await?;
        it.page.walk_to(button("Open the sandbox")).await?;
        it.page.press(Key::Enter).await?;
        it.page.see(title(ORGANISATION)).await?;
        it.page
            .walk_to(link("Add domain").within(main_area()))
            .await?;
        it.page.press(Key::Enter).await?;
        it.page.see(title("Add domain")).await?;
        it.page.walk_to(field("Domain")).await?;
        it.page.type_keys("keys.acme.example").await?;
        it.page.press(Key::Tab).await?;
        it.page.focus_is_on(field("Contact email")).await?;
        it.page.type_keys("keys@acme.example").await?;
        it.page.press(Key::Enter).await?;
        it.page.see(title("Embed code")).await?;
        it.page.walk_to(button("Copy both")).await?;
        it.page.press(Key::Enter).await?;
        it.page.see_text("Copied").await?;
        let copied = it.page.clipboard().await?;
        assert_eq!(copied, code_of(&it.sandbox.url(), "keys.acme.example"));
        Ok(())
    })
}
