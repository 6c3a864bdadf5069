//! When a rate limit ends.

use std::time::{Duration, UNIX_EPOCH};

use crate::Response;

/// When to try again, as the `Retry-After` header says it (RFC 9110).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryAfter {
    /// So many seconds after the answer.
    Seconds(u32),
    /// At this time, in seconds since 1970.
    At(u64),
}

impl RetryAfter {
    /// How long to wait from `now`, in seconds since 1970, if the answer came just then.
    #[must_use]
    pub fn wait(self, now: u64) -> Duration {
        Duration::from_secs(match self {
            Self::Seconds(seconds) => seconds.into(),
            Self::At(time) => time.saturating_sub(now),
        })
    }

    /// What the answer says, if it says anything that can be read. Across origins the browser hides
    /// the header unless the API exposes it.
    pub(crate) fn of(response: &Response) -> Option<Self> {
        let value = response.header("Retry-After")?.trim();
        if !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit()) {
            // More digits than fit: in any case too long to wait for.
            return Some(Self::Seconds(value.parse().unwrap_or(u32::MAX)));
        }
        let time = httpdate::parse_http_date(value).ok()?;
        Some(Self::At(time.duration_since(UNIX_EPOCH).ok()?.as_secs()))
    }
}
