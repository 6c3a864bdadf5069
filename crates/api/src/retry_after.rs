//! The time when a rate limit ends.

use std::time::Duration;

/// When to try again, according to the `Retry-After` header (RFC 9110).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryAfter {
    /// This number of seconds after the answer.
    Seconds(u32),
    /// At this time, in seconds since 1970.
    At(u64),
}

impl RetryAfter {
    /// Returns how long to wait from `now`, in seconds since 1970, if the answer has just come.
    #[must_use]
    pub fn wait(self, now: u64) -> Duration {
        Duration::from_secs(match self {
            Self::Seconds(seconds) => seconds.into(),
            Self::At(time) => time.saturating_sub(now),
        })
    }

    /// Parses the header's value. Across origins the browser hides the header unless the API exposes it.
    pub(crate) fn from_header(value: &str) -> Option<Self> {
        let value = value.trim();
        if !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit()) {
            // A number with too many digits is too long to wait for in any case.
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

/// As above, with the browser's parser, because `httpdate` would add 1.5 kB to the first load.
#[cfg(target_family = "wasm")]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a date of the browser, which is not before 1970, fits"
)]
fn seconds_of(date: &str) -> Option<u64> {
    // The browser parses much that is no HTTP date, e.g. numbers. Each HTTP form begins with a weekday and contains a
    // time of day.
    let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let has_day = days.iter().any(|day| date.starts_with(day));
    if !has_day || date.matches(':').count() != 2 {
        return None;
    }
    // The form of `asctime` has no time zone, and means GMT.
    let zone = if date.ends_with("GMT") { "" } else { " GMT" };
    let milliseconds = js_sys::Date::parse(&format!("{date}{zone}"));
    (milliseconds >= 0.0).then(|| (milliseconds / 1000.0) as u64)
}
