//! Writes in flight when the connection ends, as in every tab after "Disconnect": each completes, is recorded in the
//! journal, and breaks nothing.

use anyhow::{Result, ensure};
use switchboard_e2e::{Journey, button, dialog, eventually, journey};
use switchboard_matrix::{Cell, Screen, faults};

use crate::stage::{Browser, connect, leave, ready};
use crate::tally::Tally;

/// Dispatches the browser's event for another tab's "Disconnect".
const DISCONNECT: &str = "const [key] = arguments;
    localStorage.removeItem(key);
    window.dispatchEvent(new StorageEvent('storage', { key, storageArea: localStorage }))";

#[test]
fn a_write_that_is_on_its_way_when_somebody_disconnects_comes_to_its_end() -> Result<()> {
    journey(async |it| {
        let (fault, stage) = (faults::slow(), Browser(it));
        let mut tally = Tally::default();
        let writes = Screen::ALL.into_iter().filter(|one| one.call().is_write());
        for (number, screen) in writes.enumerate() {
            let cell = Cell {
                stage: &stage,
                screen,
                fault: &fault,
                number: 2_000 + number,
            };
            let ended = disconnected(&cell).await;
            if ended.is_err() {
                leave(&cell).await;
            }
            tally.note(&format!("{screen:?}"), ended);
        }
        tally.close("cut off")
    })
}

async fn disconnected(cell: &Cell<'_, Browser<'_>>) -> Result<()> {
    let Browser(it) = cell.stage;
    // Errors of an earlier cell do not count for this one.
    it.page.take_console_errors().await?;
    it.sandbox.reset()?;
    connect(it, "localhost").await?;
    cell.begin().await?;
    eventually(async || {
        ensure!(it.sandbox.rules()?.is_empty(), "nothing was called");
        Ok(())
    })
    .await?;
    let before = noted(it).await?;
    let api = it.sandbox.url().replace("127.0.0.1", "localhost");
    let key = format!("switchboard/1/session/{api}");
    it.page.script(DISCONNECT, &[key.into()]).await?;
    it.page.see(dialog("Disconnected in another tab")).await?;
    ensure!(noted(it).await? == before, "the answer came too soon");
    eventually(async || {
        ensure!(noted(it).await? == before + 1, "it is not in the journal");
        Ok(())
    })
    .await?;
    it.page.click(button("Leave")).await?;
    ready(it, |now| now.title == "Connect").await?;
    cell.nothing_broke().await?;
    cell.agrees_with_the_api(true)
}

/// Returns the number of changes in the journal that the API has answered. They are there before they are sent.
async fn noted(it: &Journey) -> Result<usize> {
    let storage = it.page.local_storage().await?;
    let is_entry = |(key, text): &(String, String)| {
        key.starts_with("switchboard/1/journal/") && text.contains("\"seen\":\"worked\"")
    };
    Ok(storage.into_iter().filter(is_entry).count())
}
