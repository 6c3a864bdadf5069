//! Waiting for a condition, with a deadline.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};

/// How long anything on the page may take, on two cores that six browsers share.
const PATIENCE: Duration = Duration::from_secs(30);

/// How soon to look again.
const PAUSE: Duration = Duration::from_millis(15);

/// Tries until it succeeds.
///
/// # Errors
/// The last failure, when the deadline passes.
pub async fn eventually<T>(mut attempt: impl AsyncFnMut() -> Result<T>) -> Result<T> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        match attempt().await {
            Ok(found) => return Ok(found),
            Err(error) if Instant::now() >= deadline => {
                return Err(error).with_context(|| format!("Not within {} s", PATIENCE.as_secs()));
            }
            Err(_) => tokio::time::sleep(PAUSE).await,
        }
    }
}
