//! Waits for a condition, with a timeout.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};

/// The timeout for anything on the page, on two cores shared by six browsers.
const PATIENCE: Duration = Duration::from_secs(30);

/// The polling interval at first: each poll costs page and driver a few milliseconds of processor time.
const PAUSE: Duration = Duration::from_millis(15);

/// The polling interval for slow conditions.
const LONG_PAUSE: Duration = Duration::from_millis(60);

/// Retries until it succeeds.
///
/// # Errors
/// The last error, at the timeout.
pub async fn eventually<T>(mut attempt: impl AsyncFnMut() -> Result<T>) -> Result<T> {
    let deadline = Instant::now() + PATIENCE;
    let mut pause = PAUSE;
    loop {
        match attempt().await {
            Ok(found) => return Ok(found),
            Err(error) if Instant::now() >= deadline => {
                return Err(error).with_context(|| format!("Not within {} s", PATIENCE.as_secs()));
            }
            Err(_) => {
                tokio::time::sleep(pause).await;
                pause = LONG_PAUSE.min(pause * 3 / 2);
            }
        }
    }
}
