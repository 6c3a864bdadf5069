//! The time.

/// Milliseconds since 1970-01-01 UTC.
#[must_use]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a date in milliseconds is a whole, positive number below 2^53"
)]
pub fn now() -> u64 {
    js_sys::Date::now() as u64
}
