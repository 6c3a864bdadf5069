//! Browsers that wait for the next journey: to start one takes longer than most journeys.
//!
//! A journey leaves a browser as it found it: one tab that has been nowhere, nothing kept for the origin that the journey used (another
//! sandbox may get the same port), nothing permitted, emulated or preferred. One in which a journey failed, or that it stained
//! ([`Page::stain`](crate::Page::stain)), is not used again.

use std::sync::{Mutex, PoisonError};

use anyhow::Result;
use tokio::runtime::{Builder, Runtime};

use crate::driver::Driver;
use crate::settings::Settings;

/// A browser with the runtime on which its client lives.
#[derive(Debug)]
pub(crate) struct Seat {
    /// The runtime.
    pub(crate) runtime: Runtime,
    /// The browser.
    pub(crate) driver: Driver,
}

static IDLE: Mutex<Vec<Seat>> = Mutex::new(Vec::new());

/// A browser that waits, or a new one.
pub(crate) fn take(settings: &Settings) -> Result<Seat> {
    let waiting = IDLE.lock().unwrap_or_else(PoisonError::into_inner).pop();
    if let Some(seat) = waiting {
        return Ok(seat);
    }
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let driver = runtime.block_on(Driver::start(settings))?;
    Ok(Seat { runtime, driver })
}

/// Lets it wait for the next journey.
pub(crate) fn give_back(seat: Seat) {
    if !seat.driver.is_stained() {
        IDLE.lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(seat);
    }
}
