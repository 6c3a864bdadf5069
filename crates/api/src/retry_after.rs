//! When a rate limit ends.

use std::time::Duration;

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

    /// Reads the header's value, if it can be read. Across origins the browser hides the header
    /// unless the API exposes it.
    pub(crate) fn from_header(value: &str) -> Option<Self> {
        let value = value.trim();
        if !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit()) {
            // More digits than fit: in any case too long to wait for.
            return Some(Self::Seconds(value.parse().unwrap_or(u32::MAX)));
        }
        seconds_of(value).map(Self::At)
    }
}

/// Returns the seconds since 1970 of a date in one of the three forms of RFC 9110.
#[cfg(not(target_family = "wasm"))]
fn seconds_of(date: &str) -> Option<u64> {
    let time = httpdate::parse_http_date(date).ok()?;
    Some(time.duration_since(std::time::UNIX_EPOCH).ok()?.as_secs())
}

/// As above, by the browser: its parser is there already, and `httpdate` weighs 1.5 kB of the first load.
#[cfg(target_family = "wasm")]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a date of the browser, which is not before 1970, fits"
)]
fn seconds_of(date: &str) -> Option<u64> {
    // The browser reads much that is no date of HTTP, e.g. numbers. Each form begins with the name of a day and has a time of day.
    let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let has_day = days.iter().any(|day| date.starts_with(day));
    if !has_day || date.matches(':').count() != 2 {
        return None;
    }
    // The form of `asctime` names no zone, and is GMT.
    let zone = if date.ends_with("GMT") { "" } else { " GMT" };
    let milliseconds = js_sys::Date::parse(&format!("{date}{zone}"));
    (milliseconds >= 0.0).then(|| (milliseconds / 1000.0) as u64)
}
