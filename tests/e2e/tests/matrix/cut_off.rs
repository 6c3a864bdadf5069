//! Writes that are on their way when the connection ends, as it does in every tab when somebody disconnects: each comes to its end, is noted in
//! the journal, and breaks nothing.

use anyhow::{Result, ensure};
use switchboard_e2e::{Journey, eventually, journey};

use crate::cell::{Cell, connect};
use crate::faults;
use crate::screens::{Screen, ready};
use crate::tally::Tally;

/// Another tab disconnects: what the browser tells this one of it.
const DISCONNECT: &str = "const [key, newValue] = arguments;
    window.dispatchEvent(new StorageEvent('storage', { key, newValue, storageArea: localStorage }))";

#[test]
fn a_write_that_is_on_its_way_when_somebody_disconnects_comes_to_its_end() -> Result<()> {
    journey(async |it| {
        let fault = faults::slow();
        let mut tally = Tally::default();
        let writes = Screen::ALL.into_iter().filter(|one| one.call().is_write());
        for (number, screen) in writes.enumerate() {
            let cell = Cell {
                it,
                screen,
                fault: &fault,
                number: 2_000 + number,
            };
            let ended = disconnected(&cell).await;
            if ended.is_err() {
                cell.leave().await;
            }
            tally.note(&format!("{screen:?}"), ended);
        }
        tally.close("cut off")
    })
}

async fn disconnected(cell: &Cell<'_>) -> Result<()> {
    let it = cell.it;
    // What an earlier one left is not this one's fault.
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
    let arguments = ["switchboard/1/disconnected".into(), api.into()];
    it.page.script(DISCONNECT, &arguments).await?;
    ready(it, |now| now.title == "Connect").await?;
    ensure!(noted(it).await? == before, "the answer came too soon");
    eventually(async || {
        ensure!(noted(it).await? == before + 1, "it is not in the journal");
        Ok(())
    })
    .await?;
    cell.nothing_broke().await?;
    cell.as_in_the_database(true)
}

/// How many changes the journal has.
async fn noted(it: &Journey) -> Result<usize> {
    let storage = it.page.local_storage().await?;
    let mut keys = storage.into_keys();
    let is_entry = |key: &String| key.starts_with("switchboard/1/journal/");
    Ok(keys.by_ref().filter(is_entry).count())
}
