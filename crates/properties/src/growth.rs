//! Checks that work grows linearly with its input, not quadratically.
//!
//! The first character of an input is the target's first letter (`g` is none). The rest has three parts, the second
//! of which is repeated up to a given length; a `#` in it becomes a counter.

use std::time::Duration;

use nix::time::{ClockId, clock_gettime};

use crate::input::{PART, text};
use crate::{answers, csv, domains, embed, kept, workspace};

/// Separates the text before the repeated part, that part, and the text after it.
const HERE: char = '\u{1D}';

/// The two lengths that are compared, in bytes.
const SHORT: usize = 16 * 1024;
const LONG: usize = 4 * SHORT;

/// The allowed ratio of times for four times the input. Linear work takes four times as long, quadratic work sixteen
/// times.
const TIMES: u32 = 9;

/// The time below which measurements are too noisy.
const NOISE: Duration = Duration::from_millis(25);

/// Checks the property for these bytes.
pub fn check(data: &[u8]) {
    let text = text(data);
    let mut characters = text.chars();
    let check = match characters.next() {
        Some('a') => answers::check,
        Some('d') => domains::check,
        Some('e') => embed::check,
        Some('c') => csv::check,
        Some('w') => workspace::check,
        Some('k') => kept::check,
        _ => return,
    };
    let mut parts = characters.as_str().splitn(3, HERE);
    let mut part = || parts.next().unwrap_or_default();
    let (before, unit, after) = (part(), part(), part());
    if unit.is_empty() || unit.contains(PART) {
        return;
    }
    let took = |length: usize| took(check, &grown(before, unit, after, length));
    // Another process can make a measurement too long, never too short.
    let is_linear = || took(LONG) <= took(SHORT) * TIMES + NOISE;
    assert!(
        (0..4).any(|_| is_linear()),
        "{:?} for {SHORT} bytes, {:?} for {LONG}",
        took(SHORT),
        took(LONG)
    );
}

fn grown(before: &str, unit: &str, after: &str, length: usize) -> String {
    let mut grown = String::from(before);
    let mut number = 0;
    while grown.len() < length {
        grown.push_str(&unit.replace('#', &number.to_string()));
        number += 1;
    }
    grown + after
}

/// Returns the processor time of a call.
fn took(check: fn(&[u8]), text: &str) -> Duration {
    let now = || {
        let clock = ClockId::CLOCK_THREAD_CPUTIME_ID;
        Duration::from(clock_gettime(clock).expect("the clock of a thread"))
    };
    let start = now();
    check(text.as_bytes());
    now().saturating_sub(start)
}
