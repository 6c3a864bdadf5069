//! Waiting for a condition, with a deadline.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};

/// How long anything on the page may take, on two cores that six browsers share.
const PATIENCE: Duration = Duration::from_secs(30);

/// How soon to look again at first: each look costs page and driver a few milliseconds of the processor.
const PAUSE: Duration = Duration::from_millis(15);

/// How soon to look again of what takes its time.
const LONG_PAUSE: Duration = Duration::from_millis(60);

/// Tries until it succeeds.
///
/// # Errors
/// The last failure, when the deadline passes.
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
