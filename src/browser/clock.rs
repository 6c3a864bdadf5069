//! Reads and formats the time.

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

/// Milliseconds on a monotonic clock, for measuring.
#[must_use]
pub fn ticks() -> f64 {
    web_sys::window()
        .and_then(|window| window.performance())
        .map_or_else(js_sys::Date::now, |performance| performance.now())
}

/// Whole milliseconds since [`ticks`] said `then`.
#[must_use]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cast of a float keeps within the bounds"
)]
pub fn since(then: f64) -> u32 {
    (ticks() - then).round() as u32
}

/// Formats a time of day in the user's time zone, to the second.
#[must_use]
pub fn time_of_day(at: u64, locale: &str) -> String {
    date(at).to_locale_time_string(locale).into()
}

/// Formats a date with its time in the user's time zone, to the second.
#[must_use]
pub fn date_and_time(at: u64, locale: &str) -> String {
    date(at)
        .to_locale_string(locale, &wasm_bindgen::JsValue::UNDEFINED)
        .into()
}

/// Formats a time as ISO 8601 in UTC, for machines.
#[must_use]
pub fn iso(at: u64) -> String {
    date(at).to_iso_string().into()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a date in milliseconds is below 2^53"
)]
fn date(at: u64) -> js_sys::Date {
    let at = (at as f64).min(LAST);
    js_sys::Date::new(&at.into())
}

/// The last millisecond that JavaScript's `Date` can represent.
const LAST: f64 = 8.64e15;
