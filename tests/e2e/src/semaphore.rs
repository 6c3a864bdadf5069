//! A semaphore for journeys: limits how many run at once, in order of arrival or shuffled.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;
use std::sync::{Condvar, LazyLock, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The number of browsers that run at once.
const AT_ONCE: usize = 3;

/// A seed that shuffles the order of the journeys. It needs a thread for each journey, which `cargo xtask test`
/// provides.
const SHUFFLE: &str = "SWITCHBOARD_SHUFFLE";

/// A shuffled run begins once no journey has arrived for this time: until then the order would be that of arrival.
const QUIET: Duration = Duration::from_millis(500);

static SEMAPHORE: Mutex<Semaphore> = Mutex::new(Semaphore {
    inside: 0,
    waiting: BTreeSet::new(),
    arrivals: 0,
    last_arrival: None,
});
static CHANGED: Condvar = Condvar::new();
static SEED: LazyLock<Option<u64>> = LazyLock::new(|| {
    let seed = std::env::var(SHUFFLE).ok()?.parse().ok()?;
    let _ = writeln!(
        std::io::stdout(),
        "Journeys in the order of {SHUFFLE}={seed}"
    );
    Some(seed)
});

struct Semaphore {
    inside: usize,
    /// The waiting journeys, the next one first.
    waiting: BTreeSet<(u64, u64)>,
    arrivals: u64,
    last_arrival: Option<Instant>,
}

/// Permits a journey to run. Dropping it admits the next one.
#[derive(Debug)]
pub(crate) struct Permit(());

/// Waits for a permit.
pub(crate) fn acquire(journey: &str) -> Permit {
    let mut semaphore = SEMAPHORE.lock().unwrap_or_else(PoisonError::into_inner);
    semaphore.arrivals += 1;
    semaphore.last_arrival = Some(Instant::now());
    let me = (rank(*SEED, journey), semaphore.arrivals);
    semaphore.waiting.insert(me);
    let quiet = if SEED.is_some() {
        QUIET
    } else {
        Duration::ZERO
    };
    loop {
        let rested = semaphore.last_arrival.map_or(QUIET, |last| last.elapsed());
        if semaphore.inside < AT_ONCE && semaphore.waiting.first() == Some(&me) && rested >= quiet {
            break;
        }
        semaphore = if rested < quiet {
            let waited = CHANGED.wait_timeout(semaphore, quiet - rested);
            waited.unwrap_or_else(PoisonError::into_inner).0
        } else {
            CHANGED
                .wait(semaphore)
                .unwrap_or_else(PoisonError::into_inner)
        };
    }
    semaphore.waiting.remove(&me);
    semaphore.inside += 1;
    // There may be room for the next one, too.
    CHANGED.notify_all();
    Permit(())
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut semaphore = SEMAPHORE.lock().unwrap_or_else(PoisonError::into_inner);
        semaphore.inside -= 1;
        CHANGED.notify_all();
    }
}

/// Returns the rank of a journey in the shuffled order. Without a seed all have the same rank.
fn rank(seed: Option<u64>, journey: &str) -> u64 {
    let Some(seed) = seed else { return 0 };
    let mut hasher = DefaultHasher::new();
    (seed, journey).hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seed_decides_the_order() {
        let order = |seed| {
            let mut names: Vec<String> = (0..9).map(|number| format!("journey {number}")).collect();
            names.sort_by_key(|name| rank(seed, name));
            names
        };
        assert_eq!(order(None), order(None));
        assert_eq!(order(Some(1)), order(Some(1)));
        assert_ne!(order(Some(1)), order(Some(2)));
        assert_ne!(order(Some(1)), order(None));
    }
}
