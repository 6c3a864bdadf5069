//! Lets in as many journeys at once as a small machine can carry.

use std::sync::{Condvar, Mutex, PoisonError};

/// How many browsers run at once.
const AT_ONCE: usize = 3;

static INSIDE: Mutex<usize> = Mutex::new(0);
static ONE_LEFT: Condvar = Condvar::new();

/// A place inside. Dropping it lets in the next.
#[derive(Debug)]
pub(crate) struct Place(());

/// Waits for a place.
pub(crate) fn enter() -> Place {
    let mut inside = INSIDE.lock().unwrap_or_else(PoisonError::into_inner);
    while *inside >= AT_ONCE {
        inside = ONE_LEFT
            .wait(inside)
            .unwrap_or_else(PoisonError::into_inner);
    }
    *inside += 1;
    Place(())
}

impl Drop for Place {
    fn drop(&mut self) {
        *INSIDE.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        ONE_LEFT.notify_one();
    }
}
