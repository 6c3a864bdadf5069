//! Writes the page's address while it changes quickly, as it does while somebody types into a search.
//!
//! WebKit refuses to change the address more than a hundred times in ten seconds, other engines ignore what is too often. The first changes are
//! written at once, so that a reload or the way back finds each letter; many in a row are written a few times a second, and the last one always.

use std::cell::RefCell;
use std::time::Duration;

use leptos::prelude::{set_timeout, window};
use wasm_bindgen::JsValue;

use super::clock;

/// So many changes are written at once after a rest.
const BURST: f64 = 30.0;

/// So many more are written in a second. With the burst that makes 70 in ten seconds, which leaves 30 to links and to the router.
const PER_SECOND: f64 = 4.0;

/// A token bucket: how many changes may be written now.
#[derive(Clone, Copy, Debug)]
struct Allowance {
    left: f64,
    /// When that was, in milliseconds.
    at: f64,
}

impl Allowance {
    const fn full() -> Self {
        Self {
            left: BURST,
            at: 0.0,
        }
    }

    /// Takes one of what is left. `Err` says how long there is none.
    fn take(&mut self, now: f64) -> Result<(), Duration> {
        let gained = (now - self.at).max(0.0) / 1000.0 * PER_SECOND;
        self.left = (self.left + gained).min(BURST);
        self.at = now;
        if self.left < 1.0 {
            return Err(Duration::from_secs_f64((1.0 - self.left) / PER_SECOND));
        }
        self.left -= 1.0;
        Ok(())
    }
}

struct Writer {
    allowance: Allowance,
    /// What the address is to become.
    wanted: Option<String>,
    is_waiting: bool,
}

thread_local! {
    static WRITER: RefCell<Writer> = const {
        RefCell::new(Writer { allowance: Allowance::full(), wanted: None, is_waiting: false })
    };
}

/// Replaces the address without telling the router: at once while that is not too often, otherwise as soon as it is not. Only the last one
/// counts.
pub fn replace_soon(href: String) {
    let is_waiting = WRITER.with_borrow_mut(|writer| {
        writer.wanted = Some(href);
        writer.is_waiting
    });
    if !is_waiting {
        write();
    }
}

/// Forgets what [`replace_soon`] has not written yet, because the router writes the address now, or the page is gone.
pub fn forget() {
    WRITER.with_borrow_mut(|writer| writer.wanted = None);
}

fn write() {
    let due = WRITER.with_borrow_mut(|writer| {
        writer.is_waiting = false;
        let href = writer.wanted.take()?;
        match writer.allowance.take(clock::ticks()) {
            Ok(()) => Some(href),
            Err(wait) => {
                writer.wanted = Some(href);
                writer.is_waiting = true;
                set_timeout(write, wait);
                None
            }
        }
    });
    let (Some(href), Ok(history)) = (due, window().history()) else {
        return;
    };
    let state = history.state().unwrap_or(JsValue::NULL);
    // A refusal is made good by `history::survive_refusals`.
    let _ = history.replace_state_with_url(&state, "", Some(&href));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn never_more_than_the_limit_of_webkit_in_any_ten_seconds() {
        // A letter each 20 ms for a minute.
        let mut allowance = Allowance::full();
        let written: Vec<f64> = (0..3000)
            .map(|letter| f64::from(letter) * 20.0)
            .filter(|now| allowance.take(*now).is_ok())
            .collect();
        for start in &written {
            let window = *start..start + 10_000.0;
            let count = written.iter().filter(|at| window.contains(at)).count();
            assert!(count <= 71, "{count} from {start}");
        }
    }

    #[test]
    fn first_changes_are_written_at_once_and_later_ones_after_the_time_told() {
        let mut allowance = Allowance::full();
        for letter in 0..30 {
            assert_eq!(allowance.take(f64::from(letter)), Ok(()), "{letter}");
        }
        let wait = allowance.take(30.0).expect_err("too many");
        assert!(wait <= Duration::from_millis(250), "{wait:?}");
        let later = 30.0 + wait.as_secs_f64() * 1000.0 + 1.0;
        assert_eq!(allowance.take(later), Ok(()));
    }
}
