//! Calls that are never answered. The panel's timeout is half a minute, so they wait in parallel, each screen in its
//! own tab. A browser opens at most six connections to a host, so there are two batches of tabs, and two names for
//! the API.

use anyhow::{Result, ensure};
use switchboard_e2e::{eventually, journey};
use switchboard_matrix::{Cell, Screen, faults};

use crate::stage::{Browser, connect, leave};
use crate::tally::Tally;

/// How often to poll for the end of one call: each poll has the panel's own timeout.
const LOOKS: usize = 2;

/// How many calls wait at once for each name of the API: one less than a browser allows, because other calls need a
/// connection.
const AT_ONCE: usize = 4;

/// The host names of the API.
const HOSTS: [&str; 2] = ["localhost", "127.0.0.1"];

#[test]
fn a_call_that_is_never_answered_is_given_up_and_told_on_every_screen() -> Result<()> {
    journey(async |it| {
        let (fault, stage) = (faults::hang(), Browser(it));
        let mut screens = Screen::ALL;
        // First, because the list of domains and the pages of operators also read what other tabs have looked up.
        screens.sort_by_key(|screen| !matches!(screen, Screen::LookUp | Screen::Assignments));
        let cells = screens.into_iter().enumerate();
        let cells: Vec<(usize, Cell<'_, _>)> = cells
            .map(|(tab, screen)| {
                let cell = Cell {
                    stage: &stage,
                    screen,
                    fault: &fault,
                    number: 1_000 + tab,
                };
                (tab + 1, cell)
            })
            .collect();
        let mut tally = Tally::default();
        for wave in cells.chunks(AT_ONCE * HOSTS.len()) {
            let mut begun = Vec::new();
            it.sandbox.reset()?;
            for (tab, cell) in wave {
                it.page.open_in_new_tab("/connect").await?;
                connect(it, HOSTS[tab % HOSTS.len()]).await?;
                let ended = cell.begin().await;
                // No call of another tab may use up the fault.
                let is_taken = eventually(async || {
                    ensure!(it.sandbox.rules()?.is_empty(), "nothing was called");
                    Ok(())
                });
                begun.push(ended.and(is_taken.await));
            }
            for ((tab, cell), begun) in wave.iter().zip(begun) {
                it.page.switch_to_tab(*tab).await?;
                // Undoes the retries of the other tabs.
                it.sandbox.reset()?;
                let ended = match begun {
                    Ok(()) => wait_for(cell).await,
                    Err(error) => Err(error),
                };
                if ended.is_err() {
                    leave(cell).await;
                }
                tally.note(&format!("{:?}", cell.screen), ended);
            }
        }
        tally.close("hang")
    })
}

async fn wait_for(cell: &Cell<'_, Browser<'_>>) -> Result<()> {
    for _ in 1..LOOKS {
        if cell.told().await.is_ok() {
            break;
        }
    }
    cell.end().await
}
