//! Browsers that wait for the next journey, each with a sandbox of its own.
//!
//! Starting a browser takes longer than most journeys, and so does the first load of the panel from a new origin: a new renderer, an empty
//! HTTP cache, a module to compile. A slot therefore keeps its browser and its sandbox, and with them its origin, for the whole run. Between
//! two journeys both are reset (`reset.rs`, [`Sandbox::renew`]); `tests/journeys/isolation.rs` proves that nothing gets through.

use std::sync::{Mutex, PoisonError};

use anyhow::Result;
use tokio::runtime::{Builder, Runtime};

use crate::browser::Browser;
use crate::driver::Driver;
use crate::sandbox::Sandbox;
use crate::settings::Settings;
use crate::watch;

/// A browser, the sandbox that it visits, and the runtime on which its client lives.
#[derive(Debug)]
pub(crate) struct BrowserSlot {
    pub(crate) runtime: Runtime,
    pub(crate) driver: Driver,
    pub(crate) sandbox: Sandbox,
}

static IDLE: Mutex<Vec<BrowserSlot>> = Mutex::new(Vec::new());

impl BrowserSlot {
    /// Takes one that waits, or starts a new one.
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

    /// Lets it wait for the next journey. Not in WebKitGTK, whose driver loses hold of a browser after some journeys: each has its own there.
    pub(crate) fn give_back(self) {
        if !self.driver.is_dirty() && self.driver.browser() != Browser::WebKit {
            IDLE.lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(self);
        }
    }
}

/// The settings for a sandbox that serves the panel as this engine needs it.
pub(crate) fn with_panel(settings: &Settings) -> Result<Settings> {
    let mut settings = settings.clone();
    if settings.browser != Browser::Chromium {
        settings.dist = watch::panel(&settings)?;
    }
    Ok(settings)
}
