//! Calls that are never answered. The panel waits half a minute for each: so all wait side by side, each screen in a tab of its own, which
//! knows the API by a name of its own: of one host a browser asks no more than six things at once.

use anyhow::Result;
use switchboard_e2e::{eventually, journey};

use crate::cell::{Cell, connect};
use crate::faults;
use crate::screens::Screen;
use crate::tally::Tally;

/// How often to look for the end of one call: a look has patience for half of the time that the panel has.
const LOOKS: usize = 4;

#[test]
fn a_call_that_is_never_answered_is_given_up_and_told_on_every_screen() -> Result<()> {
    journey(async |it| {
        let fault = faults::hang();
        let cells: Vec<Cell> = Screen::ALL
            .into_iter()
            .enumerate()
            .map(|(number, screen)| Cell {
                it,
                screen,
                fault: &fault,
                number: 1_000 + number,
            })
            .collect();
        let mut begun = Vec::new();
        for cell in &cells {
            it.page.open_in_new_tab("/connect").await?;
            connect(it, &format!("tab-{}.localhost", cell.number)).await?;
            let ended = cell.begin().await;
            // Not a call of another tab.
            let is_taken = eventually(async || {
                anyhow::ensure!(it.sandbox.rules()?.is_empty(), "nothing was called");
                Ok(())
            });
            begun.push(ended.and(is_taken.await));
        }
        let mut tally = Tally::default();
        for (tab, (cell, begun)) in cells.iter().zip(begun).enumerate() {
            it.page.switch_to_tab(tab + 1).await?;
            // What the others did when they tried again is not to be seen here.
            it.sandbox.reset()?;
            let ended = match begun {
                Ok(()) => {
                    for _ in 1..LOOKS {
                        if cell.told().await.is_ok() {
                            break;
                        }
                    }
                    cell.end().await
                }
                Err(error) => Err(error),
            };
            if ended.is_err() {
                cell.leave().await;
            }
            tally.note(&format!("{:?}", cell.screen), ended);
        }
        tally.close("hang")
    })
}
