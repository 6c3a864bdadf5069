//! All cells of one screen, one after the other in one browser.

use anyhow::Result;
use switchboard_e2e::{Browser as Engine, Settings, cold_journey, is_full, leave_to_other_engines};
use switchboard_matrix::faults::{self, Fault};
use switchboard_matrix::{Cell, Screen, plan};

use crate::stage::{Browser, connect, leave};
use crate::tally::{Tally, named};

/// Runs the cells of a screen: all with `SWITCHBOARD_FULL`, else those that need a connection. Firefox and WebKitGTK
/// run only those that depend on the browser's network stack (`switchboard_matrix::plan`).
pub fn all_of(screen: Screen) -> Result<()> {
    let is_chromium = Settings::from_environment()?.browser == Engine::Chromium;
    let only = std::env::var("SWITCHBOARD_FAULT").ok();
    let is_chosen = |fault: &Fault| match &only {
        Some(only) => only == fault.name,
        None if is_full() => true,
        None if !is_chromium => plan::runs_in_each_engine(screen, fault),
        None => plan::runs_over_a_connection(screen, fault),
    };
    let faults = faults::all();
    if !faults.iter().any(is_chosen) {
        leave_to_other_engines(&named(screen));
        return Ok(());
    }
    // The browser must not have cached a preflight answer yet.
    cold_journey(async |it| {
        connect(it, "localhost").await?;
        let mut tally = Tally::default();
        for (number, fault) in faults.iter().enumerate() {
            if let Some(reason) = fault.not_for(screen.call()) {
                tally.leave_out(fault.name, reason);
                continue;
            }
            if !is_chosen(fault) {
                tally.in_page += 1;
                continue;
            }
            let stage = Browser(it);
            let cell = Cell {
                stage: &stage,
                screen,
                fault,
                number,
            };
            let began = std::time::Instant::now();
            let ended = run(&cell, &mut tally).await;
            if ended.is_err() {
                leave(&cell).await;
            }
            if std::env::var_os("SWITCHBOARD_TIMES").is_some() {
                eprintln!(
                    "{screen:?} {}: {} ms",
                    fault.name,
                    began.elapsed().as_millis()
                );
            }
            tally.note(fault.name, ended);
        }
        tally.close(&named(screen))
    })
}

async fn run(cell: &Cell<'_, Browser<'_>>, tally: &mut Tally) -> Result<()> {
    let Browser(it) = cell.stage;
    // Errors of an earlier cell do not count for this one.
    it.page.take_console_errors().await?;
    it.sandbox.reset()?;
    it.sandbox.forget_calls()?;
    cell.begin().await?;
    cell.end().await?;
    let call = cell.screen.call();
    if call.is_write() {
        let ours = it.page.sends(call.method, call.path).await;
        let arrived = it.sandbox.count(call.method, call.path)?;
        tally.resent += arrived.saturating_sub(ours.unwrap_or(1));
    }
    Ok(())
}
