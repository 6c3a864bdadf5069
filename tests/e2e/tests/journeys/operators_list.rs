//! Working with the list of operators: selecting, choosing columns, exporting CSV, and switching an operator on for
//! domains.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use switchboard_e2e::{
    Hold, Interception, Journey, Key, Size, button, checkbox, dialog, field, group, journey, link,
    navigation, switch_off, switch_on, table, title, toolbar,
};

use crate::steps::{downloads, enter, switches_rest, through_a_relay, watch_downloads};

const UPDATE: &str = "auth/addon/live_chat/operator/update";
const ON_DOMAIN: &str = "auth/addon/live_chat/domain/operator/list";

/// Returns the names of the checked boxes in the table, and whether "Select all" is checked or indeterminate.
async fn ticked(it: &Journey) -> Result<Value> {
    let script = "const all = document.querySelector('thead input');
        const rows = [...document.querySelectorAll('tbody tr')].filter((row) => row.querySelector('input').checked);
        return [all.indeterminate ? 'some' : all.checked ? 'all' : 'none', rows.map((row) => row.querySelector('th a').textContent)]";
    it.page.script(script, &[]).await
}

#[test]
fn a_selection_outlives_search_order_and_pages_and_says_who_of_it_is_not_shown() -> Result<()> {
    journey(async |it| {
        it.sandbox.seed(60, 0)?;
        enter(it, "/operators").await?;
        it.page.see(table("Operators")).await?;
        it.page.see_no(toolbar("Bulk actions")).await?;
        it.page.click(checkbox("Select Grace Hopper")).await?;
        it.page.see_text("1 selected").await?;
        assert_eq!(ticked(it).await?, json!(["some", ["Grace Hopper"]]));
        it.page.fill(field("Search operators"), "okafor").await?;
        it.page
            .see_text("1 selected, 1 of them not in this list")
            .await?;
        it.page.click(checkbox("Select Ada Okafor")).await?;
        it.page
            .see_text("2 selected, 1 of them not in this list")
            .await?;
        assert_eq!(ticked(it).await?, json!(["all", ["Ada Okafor"]]));
        it.page
            .fill(field("Search operators"), "nobody at all")
            .await?;
        it.page
            .see_text("2 selected, 2 of them not in this list")
            .await?;
        it.page.click(button("Show all operators")).await?;
        it.page.click(button("Name")).await?;
        it.page.arrive_at("/operators?sort=name").await?;
        it.page.click(button("Next")).await?;
        it.page.see_text("26–50 of 72").await?;
        it.page.see_text("2 selected").await?;
        assert_eq!(ticked(it).await?, json!(["some", ["Grace Hopper"]]));
        it.page.click(button("Previous")).await?;
        it.page.see_text("1–25 of 72").await?;
        assert_eq!(ticked(it).await?, json!(["some", ["Ada Okafor"]]));
        // All of them, on every page; then all but one.
        it.page.click(checkbox("Select all")).await?;
        it.page.see_text("72 selected").await?;
        it.page.click(checkbox("Select Ada Okafor")).await?;
        it.page.see_text("71 selected").await?;
        assert_eq!(ticked(it).await?[0], "some");
        it.page.click(button("Clear")).await?;
        it.page.see_no(toolbar("Bulk actions")).await?;
        assert_eq!(ticked(it).await?, json!(["none", []]));
        Ok(())
    })
}

#[test]
fn operators_are_selected_and_acted_on_with_the_keyboard_alone() -> Result<()> {
    journey(async |it| {
        enter(it, "/operators").await?;
        it.page.see(table("Operators")).await?;
        it.page
            .script("document.querySelector('#select-all').focus()", &[])
            .await?;
        it.page.press(Key::Space).await?;
        it.page.see_text("12 selected").await?;
        it.page.see(toolbar("Bulk actions")).await?;
        it.page
            .script(
                "document.querySelector('tbody tr:last-child [role=switch]').focus()",
                &[],
            )
            .await?;
        // One Tab stop for the whole bar; the arrow keys move inside.
        it.page.press(Key::Tab).await?;
        it.page.focus_is_on(button("Activate")).await?;
        it.page.press(Key::Right).await?;
        it.page.focus_is_on(button("Deactivate")).await?;
        it.page.press(Key::End).await?;
        it.page.focus_is_on(button("Clear")).await?;
        it.page.press(Key::Right).await?;
        it.page.focus_is_on(button("Activate")).await?;
        it.page.press(Key::Left).await?;
        it.page.press(Key::Left).await?;
        it.page.focus_is_on(button("Delete…")).await?;
        it.page.press(Key::Enter).await?;
        it.page.see(dialog("Delete users")).await?;
        it.page.press(Key::Escape).await?;
        it.page.focus_is_on(button("Delete…")).await?;
        it.page.press(Key::Right).await?;
        it.page.press(Key::Enter).await?;
        it.page.see_no(toolbar("Bulk actions")).await?;
        it.page.focus_is_on(checkbox("Select all")).await
    })
}

#[test]
fn the_columns_that_are_chosen_stay_chosen_on_this_device_in_the_table_and_in_the_cards()
-> Result<()> {
    journey(async |it| {
        enter(it, "/operators").await?;
        it.page
            .see_text_in(table("Operators"), "Can log in")
            .await?;
        it.page.click(button("Columns")).await?;
        it.page.click(checkbox("Login")).await?;
        it.page.press(Key::Escape).await?;
        it.page.focus_is_on(button("Columns")).await?;
        it.page.see_no(checkbox("Login")).await?;
        for size in [Size::DESK, Size::TELEPHONE] {
            it.page.resize(size).await?;
            it.page.reload().await?;
            it.page.see_text_in(table("Operators"), "Online").await?;
            let shown = it.page.text_of(table("Operators")).await?;
            assert!(!shown.contains("Can log in"), "{shown}");
            assert!(!shown.contains("Login"), "{shown}");
        }
        it.page.resize(Size::DESK).await?;
        it.page.see_no(button("Login")).await?;
        // A click elsewhere closes the menu.
        it.page.click(button("Columns")).await?;
        it.page.click(checkbox("Login")).await?;
        it.page.click(title("Operators")).await?;
        it.page.see_no(checkbox("Login")).await?;
        it.page.see_text_in(table("Operators"), "Can log in").await
    })
}

#[test]
fn the_export_is_what_is_filtered_in_the_order_shown_and_runs_in_no_spreadsheet() -> Result<()> {
    journey(async |it| {
        let evil =
            json!({ "email": "eve@acme.example", "name": "=HYPERLINK(\"http://evil.example\")" });
        it.sandbox
            .ask("POST", "auth/addon/live_chat/operator/add", &evil)?;
        enter(it, "/operators?presence=offline&sort=-name").await?;
        it.page.see(table("Operators")).await?;
        watch_downloads(it).await?;
        it.page.click(button("Export CSV")).await?;
        let host = it.sandbox.address().replace(':', "-");
        let named = format!("operators-{host}-20");
        it.page.see_text(&format!("Exported as {named}")).await?;
        let saved = downloads(it).await?;
        let (name, text) = saved.first().expect("a file");
        assert!(name.starts_with(&named) && name.ends_with(".csv"), "{name}");
        let shown = it
            .page
            .script(
                "return [...document.querySelectorAll('tbody .person-email')].map((email) => email.textContent)",
                &[],
            )
            .await?;
        let lines: Vec<&str> = text.trim_end().split("\r\n").collect();
        assert_eq!(lines[0], "\u{feff}name,email,presence,login,addon");
        assert!(
            lines.contains(
                &"\"'=HYPERLINK(\"\"http://evil.example\"\")\",eve@acme.example,offline,able,active"
            ),
            "{text}"
        );
        let exported: Vec<&str> = lines[1..]
            .iter()
            .filter_map(|line| line.rsplit(',').nth(3))
            .collect();
        assert_eq!(json!(exported), shown);
        assert!(lines[1..].iter().all(|line| line.contains(",offline,")));
        Ok(())
    })
}

#[test]
fn endpoint_5_switching_on_offers_the_known_domains_and_asks_for_none_where_none_is_known()
-> Result<()> {
    journey(async |it| {
        let mai_on = switch_on("Live chat addon: Mai Nguyễn Thị");
        let mai_off = switch_off("Live chat addon: Mai Nguyễn Thị");
        enter(it, "/operators").await?;
        it.page.click(mai_off.clone()).await?;
        it.page.see(mai_on.clone()).await?;
        switches_rest(it).await?;
        it.page.open("/domains/wholesale.acme.example").await?;
        it.page.see_text("No operators on this domain").await?;
        it.page
            .click(link("Operators").within(navigation("Main")))
            .await?;
        // Off at once; on after the question, which is cancelled the first time.
        it.page.click(mai_on.clone()).await?;
        switches_rest(it).await?;
        it.page.click(mai_off.clone()).await?;
        it.page.see(dialog("Switch on live chat")).await?;
        it.page.press(Key::Escape).await?;
        it.page.focus_is_on(mai_off.clone()).await?;
        assert_eq!(it.sandbox.count("PUT", UPDATE)?, 2);
        it.page.click(mai_off).await?;
        it.page.focus_is_on(button("Switch on")).await?;
        it.page
            .click(checkbox("wholesale.acme.example").within(group("Domains")))
            .await?;
        it.page.click(button("Switch on")).await?;
        it.page.see(mai_on).await?;
        switches_rest(it).await?;
        it.page.click(link("Mai Nguyễn Thị")).await?;
        it.page.see(button("Remove wholesale.acme.example")).await?;
        assert_eq!(it.sandbox.count("PUT", UPDATE)?, 3);
        // Her present domains are selected the next time.
        it.page.click(switch_on("Live chat addon")).await?;
        switches_rest(it).await?;
        it.page.click(switch_off("Live chat addon")).await?;
        it.page.see_text("Now on 1 of these domains.").await?;
        let is_ticked =
            "return document.querySelector('dialog[open] .ticks input:checked') !== null";
        assert_eq!(it.page.script_says(is_ticked).await?, json!(true));
        it.page.press(Key::Escape).await?;
        it.page.click(switch_off("Live chat addon")).await?;
        it.page.click(button("Switch on")).await?;
        it.page.see(switch_on("Live chat addon")).await?;
        switches_rest(it).await?;
        // The operator's page asks the same way, and Enter alone leaves the choice to the API.
        it.page.click(switch_on("Live chat addon")).await?;
        switches_rest(it).await?;
        it.page.click(switch_off("Live chat addon")).await?;
        it.page.focus_is_on(button("Switch on")).await?;
        it.page.press(Key::Enter).await?;
        it.page.see(switch_on("Live chat addon")).await?;
        switches_rest(it).await?;
        assert_eq!(it.sandbox.count("PUT", UPDATE)?, 7);
        Ok(())
    })
}

#[test]
fn endpoint_5_switching_on_waits_until_it_is_known_which_domains_somebody_is_on() -> Result<()> {
    journey(async |it| {
        let ada_on = switch_on("Live chat addon: Ada Okafor");
        let proxy = through_a_relay(it).await?;
        for domain in ["shop.acme.example", "wholesale.acme.example"] {
            it.page.open(&format!("/domains/{domain}")).await?;
            it.page.see(button("Delete domain")).await?;
        }
        it.page
            .click(link("Operators").within(navigation("Main")))
            .await?;
        it.page.click(ada_on.clone()).await?;
        switches_rest(it).await?;
        let hold = Hold::default();
        proxy.intercept("GET", ON_DOMAIN, Interception::Hold(hold.clone()));
        let switched = proxy.count("PUT", UPDATE);
        it.page
            .click(switch_off("Live chat addon: Ada Okafor"))
            .await?;
        hold.holds(2).await?;
        // A box that the user touched stays as it is, whatever is found later.
        let wholesale = checkbox("wholesale.acme.example").within(group("Domains"));
        it.page.click(wholesale.clone()).await?;
        it.page.click(wholesale).await?;
        it.page.click(button("Switch on")).await?;
        it.page.see_text("Looked up 0 of 2 domains").await?;
        assert_eq!(proxy.count("PUT", UPDATE), switched);
        hold.let_go();
        it.page.see(ada_on).await?;
        switches_rest(it).await?;
        let sent = proxy.seen();
        let sent = sent.iter().rev().find(|request| request.method == "PUT");
        let body = sent.context("a call")?.body_json();
        assert_eq!(body["domain"], json!(["shop.acme.example"]), "{body}");
        Ok(())
    })
}

#[test]
fn shift_selects_a_range_and_back_returns_to_the_page_before() -> Result<()> {
    journey(async |it| {
        it.sandbox.seed(60, 0)?;
        enter(it, "/operators").await?;
        it.page.see(table("Operators")).await?;
        it.page.click(checkbox("Select Ada Okafor")).await?;
        let focus = "document.querySelectorAll('tbody input[type=checkbox]')[3].focus()";
        it.page.script(focus, &[]).await?;
        it.page.press_with_shift(' ').await?;
        it.page.see_text("4 selected").await?;
        it.page.click(button("Next")).await?;
        it.page.see_text("26–50 of 72").await?;
        let top = "return document.querySelector('.table-frame').getBoundingClientRect().top >= 0";
        assert_eq!(it.page.script_says(top).await?, json!(true));
        it.page.back().await?;
        it.page.see_text("1–25 of 72").await?;
        it.page.see_text("4 selected").await?;
        // Viewing an operator keeps the selection; another page clears it.
        it.page.click(link("Grace Hopper")).await?;
        it.page.see(button("Delete user")).await?;
        it.page.back().await?;
        it.page.see_text("4 selected").await?;
        it.page.focus_is_on(link("Grace Hopper")).await?;
        it.page
            .click(link("Domains").within(navigation("Main")))
            .await?;
        it.page.see(title("Domains")).await?;
        it.page.back().await?;
        it.page.see(table("Operators")).await?;
        it.page.see_no(toolbar("Bulk actions")).await
    })
}
