//! Writes the page's address while it changes quickly, as it does while the user types into a search.
//!
//! WebKit refuses more than a hundred changes in ten seconds; other engines ignore excess changes. The first changes
//! are written at once, so that a reload and Back find each letter. Later ones are throttled, and the last one is
//! always written.

use std::cell::RefCell;
use std::time::Duration;

use leptos::prelude::{set_timeout, window};
use wasm_bindgen::JsValue;

use super::clock;

/// The number of changes that may be written at once after a pause.
const BURST: f64 = 30.0;

/// The number of further changes per second. With the burst that makes 70 in ten seconds, which leaves 30 for links
/// and the router.
const PER_SECOND: f64 = 4.0;

/// A token bucket that limits the changes of the address.
#[derive(Clone, Copy, Debug)]
struct Allowance {
    left: f64,
    /// When the bucket was last updated, in milliseconds.
    at: f64,
}

impl Allowance {
    const fn full() -> Self {
        Self {
            left: BURST,
            at: 0.0,
        }
    }

    /// Takes a token. `Err` says how long to wait for the next one.
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
    /// The address to write next.
    wanted: Option<String>,
    is_waiting: bool,
}

thread_local! {
    static WRITER: RefCell<Writer> = const {
        RefCell::new(Writer { allowance: Allowance::full(), wanted: None, is_waiting: false })
    };
}

/// Replaces the address without notifying the router, as soon as the rate limit allows. Only the last call counts.
pub fn replace_soon(href: String) {
    let is_waiting = WRITER.with_borrow_mut(|writer| {
        writer.wanted = Some(href);
        writer.is_waiting
    });
    if !is_waiting {
        write();
    }
}

/// Drops the change that [`replace_soon`] has not written yet, because the router writes the address now or the page
/// is gone.
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
    // `history::survive_refusals` retries a refused change.
    let _ = history.replace_state_with_url(&state, "", Some(&href));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rate_stays_below_the_limit_of_webkit() {
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
    fn burst_is_written_at_once_and_the_rest_delayed() {
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
