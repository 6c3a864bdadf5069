//! A large organisation: ten thousand operators in one answer.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use switchboard_e2e::{
    Journey, Key, button, checkbox, field, journey, switch_off, switch_on, table,
};

use crate::steps::{enter, switches_rest};

/// Returns the addresses of the rows in order.
async fn addresses(it: &Journey) -> Result<Vec<String>> {
    let script = "return [...document.querySelectorAll('tbody .person-email')].map((one) => one.textContent)";
    let rows = it.page.script(script, &[]).await?;
    Ok(serde_json::from_value(rows)?)
}

fn seeded(numbers: std::ops::RangeInclusive<u32>) -> Vec<String> {
    numbers
        .map(|number| format!("operator-{number}@many.example"))
        .collect()
}

#[test]
fn ten_thousand_come_in_their_order_and_are_searched_sorted_and_ticked_as_one_list() -> Result<()> {
    journey(async |it| {
        it.sandbox.seed(10_000, 0)?;
        enter(it, "/operators").await?;
        // Type as soon as the field exists: no letter is lost while the list is being prepared.
        it.page.click(field("Search operators")).await?;
        it.page.type_keys("operator-9998@").await?;
        it.page.see_text("1 of 10,012 operators").await?;
        assert_eq!(
            it.page.value_of(field("Search operators")).await?,
            "operator-9998@"
        );
        assert_eq!(addresses(it).await?, seeded(9_998..=9_998));
        it.page.press(Key::Tab).await?;
        let row = "document.querySelector('tbody tr input')";
        it.page.script(&format!("{row}.click()"), &[]).await?;
        it.page.see_text("1 selected").await?;
        // All of them again, in the API's order, from the first page to the next.
        it.page.fill(field("Search operators"), "").await?;
        it.page.see_text("10,012 operators").await?;
        assert_eq!(addresses(it).await?[12..], seeded(1..=13));
        it.page.click(button("Next")).await?;
        it.page.see_text("26–50 of 10,012").await?;
        assert_eq!(addresses(it).await?, seeded(14..=38));
        it.page.click(checkbox("Select all")).await?;
        it.page.see_text("10,012 selected").await?;
        it.page
            .fill(field("Search operators"), "operator-9998@")
            .await?;
        it.page.see_text("1 of 10,012 operators").await?;
        let is_ticked = it
            .page
            .script(&format!("return {row}.checked"), &[])
            .await?;
        assert_eq!(is_ticked, Value::Bool(true));
        Ok(())
    })
}

/// Rows are recycled: nothing of the former operator may show on the next.
#[test]
fn a_row_that_shows_somebody_else_keeps_nothing_of_who_was_there() -> Result<()> {
    journey(async |it| {
        it.sandbox.seed(100, 0)?;
        enter(it, "/operators").await?;
        it.page
            .fill(field("Search operators"), "operator-7@")
            .await?;
        it.page.see_text("1 of 112 operators").await?;
        let seventh = it.page.text_of(table("Operators")).await?;
        ensure!(seventh.contains("operator-7@many.example"), "{seventh}");
        let name = "document.querySelector('tbody th a').textContent";
        let who = it.page.script(&format!("return {name}"), &[]).await?;
        let who = who.as_str().unwrap_or_default().to_owned();
        it.sandbox.inject_fault(&[
            json!({ "path": "operator/update", "count": 1, "fault": "delay", "ms": 1_500 }),
        ])?;
        it.page
            .click(switch_on(format!("Live chat addon: {who}")))
            .await?;
        it.page
            .fill(field("Search operators"), "operator-8@")
            .await?;
        it.page
            .see_text_in(table("Operators"), "operator-8@many.example")
            .await?;
        let busy = "return document.querySelector('tbody [role=switch]').ariaBusy";
        assert_eq!(it.page.script(busy, &[]).await?, Value::Null);
        let on = "return document.querySelector('tbody [role=switch]').ariaChecked";
        assert_eq!(it.page.script(on, &[]).await?, json!("true"));
        it.page
            .fill(field("Search operators"), "operator-7@")
            .await?;
        it.page
            .see_text_in(table("Operators"), "operator-7@many.example")
            .await?;
        it.page
            .see(switch_off(format!("Live chat addon: {who}")))
            .await?;
        switches_rest(it).await?;
        assert!(!crate::steps::live_chat(it, "operator-7@many.example")?);
        assert!(crate::steps::live_chat(it, "operator-8@many.example")?);
        Ok(())
    })
}
