//! A pool of browsers for the journeys, each with its own sandbox.
//!
//! Starting a browser takes longer than most journeys. So does the first load of the panel from a new origin: a new
//! renderer, an empty HTTP cache, a module to compile. A slot therefore keeps its browser and its sandbox, and with
//! them its origin, for the whole run. Between two journeys both are reset (`reset.rs`, [`Sandbox::renew`]);
//! `tests/journeys/isolation.rs` proves that nothing is left.

use std::sync::{Mutex, PoisonError};

use anyhow::Result;
use tokio::runtime::{Builder, Runtime};

use crate::browser::Browser;
use crate::driver::Driver;
use crate::sandbox::Sandbox;
use crate::settings::Settings;
use crate::watch;

/// A browser, the sandbox that it visits, and the runtime of its client.
#[derive(Debug)]
pub(crate) struct BrowserSlot {
    pub(crate) runtime: Runtime,
    pub(crate) driver: Driver,
    pub(crate) sandbox: Sandbox,
}

static IDLE: Mutex<Vec<BrowserSlot>> = Mutex::new(Vec::new());

impl BrowserSlot {
    /// Takes an idle slot, or creates a new one.
    pub(crate) fn take(settings: &Settings) -> Result<Self> {
        let waiting = IDLE.lock().unwrap_or_else(PoisonError::into_inner).pop();
        if let Some(slot) = waiting {
            return Ok(slot);
        }
        let sandbox = Sandbox::start_for_the_run(settings)?;
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let driver = runtime.block_on(Driver::start(settings))?;
        Ok(Self {
            runtime,
            driver,
            sandbox,
        })
    }

    /// Returns the slot to the pool. Not in WebKitGTK, whose driver loses a browser after some journeys: there each
    /// journey gets its own.
    pub(crate) fn give_back(self) {
        if !self.driver.is_dirty() && self.driver.browser() != Browser::WebKit {
            IDLE.lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(self);
        }
    }
}

/// Returns the settings for a sandbox that serves the panel as this engine needs it.
pub(crate) fn with_panel(settings: &Settings) -> Result<Settings> {
    let mut settings = settings.clone();
    if settings.browser != Browser::Chromium {
        settings.dist = watch::panel(&settings)?;
    }
    Ok(settings)
}
