//! The lazy chunks of the panel: nothing waits for a chunk that is not needed yet, and a missing one is reported.

use anyhow::Result;
use switchboard_e2e::{Journey, alert, button, journey, title};

use crate::panel::Panel;
use crate::steps::ORGANISATION;

/// Returns whether a file contains a lazy chunk.
fn is_later(name: &str) -> bool {
    name.starts_with("split_") || name.starts_with("chunk_")
}

/// Announces the browsers' errors for missing files and failed integrity checks.
fn expect_missing_files(it: &Journey) {
    for words in ["Failed to load resource", "integrity"] {
        it.page.expect_in_console(words);
    }
}

#[test]
fn a_part_that_does_not_arrive_is_told_in_its_place_and_tried_again() -> Result<()> {
    journey(async |it| {
        expect_missing_files(it);
        let panel = Panel::start(it)?;
        panel.take_away(is_later)?;
        // The form needs none of them.
        it.page.open(&panel.sandbox.url()).await?;
        it.page.click(button("Open the sandbox")).await?;
        it.page.see(alert("This page could not be loaded.")).await?;
        panel.put_back()?;
        it.page.click(button("Try again")).await?;
        it.page.see(title(ORGANISATION)).await
    })
}

#[test]
fn a_part_that_is_refused_while_nobody_wants_it_yet_leaves_no_error_behind() -> Result<()> {
    journey(async |it| {
        // The browser's own error for a missing file, and none of the program's.
        expect_missing_files(it);
        let panel = Panel::start(it)?;
        panel.take_away(is_later)?;
        it.page.open(&panel.sandbox.url()).await?;
        it.page.see(title("Connect")).await?;
        // They were requested, and refused.
        it.page
            .script_says("return performance.getEntriesByType('resource').filter((one) => /(split|chunk)_/.test(one.name) && one.responseEnd > 0).length >= 2")
            .await?;
        it.page.see(button("Open the sandbox")).await
    })
}
