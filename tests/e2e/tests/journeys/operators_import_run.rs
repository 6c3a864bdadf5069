//! Importing many operators (J8): whatever interrupts it, each row is sent once, its outcome is known, and only what
//! failed is sent again.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use switchboard_e2e::{
    Hold, Interception, Journey, button, eventually, journey, link, region, table,
};

use crate::steps::{choose_file, enter, run_ended, through_a_barrier, through_a_relay};

const ADD: &str = "auth/addon/live_chat/operator/add";
const GET: &str = "auth/addon/live_chat/operator/get";
const LIST: &str = "auth/addon/live_chat/operator/list";
const RUN: &str = "Bulk run";

/// Returns the number of operators (endpoint 4).
fn operators(it: &Journey) -> Result<usize> {
    let answer = it.sandbox.ask("GET", LIST, &Value::Null)?;
    Ok(answer["message"].as_array().map_or(0, Vec::len))
}

#[test]
fn j8_a_reload_in_the_middle_loses_no_outcome_and_sends_nothing_twice() -> Result<()> {
    journey(async |it| {
        // The browser logs the calls that the reload aborted.
        it.page.expect_in_console("Failed to load resource");
        let (server, barrier) = through_a_barrier(it, "POST", ADD).await?;
        it.page.click(link("Operators")).await?;
        it.page.see(table("Operators")).await?;
        import(it, 20).await?;
        it.page.see_text_in(region(RUN), "0 of 20").await?;
        // Five calls reach the API, and their answers never arrive.
        let add = format!("/{ADD}");
        eventually(async || {
            ensure!(server.count("POST", &add) == 5);
            Ok(())
        })
        .await?;
        it.page.reload().await?;
        barrier.open();
        it.page.see_text_in(region(RUN), "5 of 20 · paused").await?;
        assert_eq!(server.count("POST", &add), 5);
        it.page.click(button("Resume")).await?;
        run_ended(it, "20 of 20").await?;
        it.page.see_no(button("Retry failed")).await?;
        assert_eq!(server.count("POST", &add), 20);
        assert_eq!(operators(it)?, 32);
        Ok(())
    })
}

#[test]
fn a_click_on_resume_counts_although_what_was_unknown_is_known_in_its_middle() -> Result<()> {
    journey(async |it| {
        let proxy = through_a_relay(it).await?;
        let (adding, looking) = (Hold::default(), Hold::default());
        proxy.intercept("POST", ADD, Interception::Hold(adding.clone()));
        proxy.intercept("GET", GET, Interception::Hold(looking.clone()));
        it.page.click(link("Operators")).await?;
        it.page.see(table("Operators")).await?;
        import(it, 20).await?;
        adding.holds(5).await?;
        it.page.reload().await?;
        let checking = "paused · checking unknown outcomes: 0 of 5";
        it.page.see_text_in(region(RUN), checking).await?;
        it.page.hold_down(button("Resume")).await?;
        looking.let_go();
        it.page.see_no_text("checking unknown outcomes").await?;
        adding.let_go();
        it.page.let_go().await?;
        run_ended(it, "20 of 20").await?;
        assert_eq!(proxy.count("POST", ADD), 20);
        Ok(())
    })
}

#[test]
fn j8_a_thousand_rows_are_imported_with_a_pause_and_a_reload_and_only_what_failed_is_retried()
-> Result<()> {
    journey(async |it| {
        enter(it, "/operators").await?;
        it.page.see(table("Operators")).await?;
        import(it, 1_000).await?;
        it.page.see_text_in(region(RUN), " of 1,000").await?;
        it.page.click(button("Pause")).await?;
        it.page.see_text_in(region(RUN), "paused").await?;
        // A colleague adds the last one in the meantime.
        let last = json!({ "email": "new-1000@acme.example", "name": "New 1000" });
        it.sandbox.ask("POST", ADD, &last)?;
        let paused = settled(it).await?;
        assert!((1.0..1_000.0).contains(&paused), "{paused}");
        it.page.reload().await?;
        it.page.see_text_in(region(RUN), "paused").await?;
        assert!(settled(it).await? >= paused);
        it.page.click(button("Resume")).await?;
        finish(it).await?;
        it.page
            .see_text_in(region(RUN), "1,000 of 1,000 · 1 failed")
            .await?;
        // Each row once, and the one that the colleague added.
        assert_eq!(it.sandbox.count("POST", ADD)?, 1_001);
        assert_eq!(operators(it)?, 1_012);
        it.page.see_text("1,012 operators").await?;
        it.sandbox.ask("DELETE", "auth/user/delete", &last)?;
        it.page.click(button("Retry failed")).await?;
        it.page.see_no(button("Retry failed")).await?;
        it.page.see_text_in(region(RUN), "1,000 of 1,000").await?;
        assert_eq!(it.sandbox.count("POST", ADD)?, 1_002);
        assert_eq!(operators(it)?, 1_012);
        Ok(())
    })
}

/// Imports this number of operators from a CSV file.
async fn import(it: &Journey, rows: usize) -> Result<()> {
    let mut list = String::from("name;email\n");
    for row in 1..=rows {
        list += &format!("New {row};new-{row}@acme.example\n");
    }
    it.page.click(button("Import CSV")).await?;
    choose_file(it, "import-csv-file", "new.csv", list.as_bytes()).await?;
    it.page
        .click(button(format!("Import {} operators", grouped(rows))))
        .await
}

fn grouped(rows: usize) -> String {
    if rows == 1_000 {
        "1,000".to_owned()
    } else {
        rows.to_string()
    }
}

/// Returns how many rows of the run are settled.
async fn settled(it: &Journey) -> Result<f64> {
    // A finished run is one line, without a progress bar.
    let value =
        "const bar = document.querySelector('.run progress'); return bar ? bar.value : 1000";
    Ok(it
        .page
        .script(value, &[])
        .await?
        .as_f64()
        .unwrap_or_default())
}

/// Waits until the run ends, as long as it makes progress.
async fn finish(it: &Journey) -> Result<()> {
    loop {
        let before = settled(it).await?;
        let script = format!(
            "const bar = document.querySelector('.run progress'); return !bar || bar.value > {before}"
        );
        it.page.script_says(&script).await?;
        if settled(it).await? >= 1_000.0 {
            return Ok(());
        }
    }
}
