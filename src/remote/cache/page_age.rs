//! How old the answers of the page are, and which of them are fetched again.

use leptos::prelude::*;
use switchboard_model::sort::sort_by_key;

use super::{Cache, ReadKey};
use crate::browser::clock;

/// How many old answers are refreshed at once when the window gains focus: a page of domains has two reads for each row.
const REFRESHED_AT_ONCE: usize = 20;

impl Cache {
    /// Fetches what is in view again: every read that `is_meant`, or those that are at least `age` milliseconds old.
    pub(in crate::remote) fn refresh_view(&self, age: u64, is_meant: impl Fn(ReadKey<'_>) -> bool) {
        let now = clock::now();
        let entries = self.all().into_iter();
        // A failed call counts, or every focus would call an API that is down. An answer that came another way has no
        // call.
        let tried = entries.filter_map(|entry| {
            let answered = entry.answered_at()?;
            let asked = Some(entry.asked_at()).filter(|at| *at > 0);
            Some((asked.unwrap_or(answered), entry))
        });
        let mut old: Vec<_> = tried
            .filter(|(at, entry)| is_old(*at, now, age) && is_meant(entry.key()))
            .collect();
        sort_by_key(&mut old, |(at, _)| *at);
        if age > 0 {
            old.truncate(REFRESHED_AT_ONCE);
        }
        for (_, entry) in old {
            entry.fetch();
        }
    }

    /// Returns whether a read with subscribers is being fetched, tracked.
    pub(in crate::remote) fn is_busy(&self) -> bool {
        self.changed.track();
        let entries = self.entries.borrow();
        entries.iter().any(|entry| entry.is_busy())
    }

    /// Returns whether a read with subscribers shows an earlier answer because its last call failed, tracked.
    pub(in crate::remote) fn is_failing(&self) -> bool {
        self.changed.track();
        let entries = self.entries.borrow();
        entries.iter().any(|entry| entry.is_failing())
    }

    /// Returns when the oldest of the page's answers came, in milliseconds since 1970-01-01 UTC; `None` while there
    /// is none. Tracked.
    pub(in crate::remote) fn oldest_in_view(&self) -> Option<u64> {
        self.of_page().into_iter().flatten().min()
    }

    /// Returns when the oldest of the page's answers came, in milliseconds since 1970-01-01 UTC; `None` until all
    /// have come. Tracked.
    pub(in crate::remote) fn loaded_at(&self) -> Option<u64> {
        self.of_page().into_iter().min().flatten()
    }

    /// Returns when each of the page's answers came; `None` for one that has not. Tracked.
    fn of_page(&self) -> Vec<Option<u64>> {
        self.changed.track();
        let (mut of_page, mut of_organisation) = (Vec::new(), None);
        for entry in self.entries.borrow().iter() {
            if !entry.is_watched() {
                of_page.extend(entry.viewed_at().map(Some));
            } else if entry.key() == ReadKey::Organisation {
                of_organisation = entry.answered_at();
            } else {
                of_page.push(entry.answered_at());
            }
        }
        // Every page shows the organisation's name, so its age matters only if nothing else is shown.
        if of_page.is_empty() {
            of_page.push(of_organisation);
        }
        of_page
    }
}

/// Returns whether a time `at` is at least `age` before `now`, in milliseconds. A time in the future counts as old,
/// because the clock was set back.
pub(super) fn is_old(at: u64, now: u64, age: u64) -> bool {
    at > now || now - at >= age
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clock_that_was_set_back_makes_everything_old() {
        assert!(!is_old(70_000, 90_000, 30_000));
        assert!(is_old(60_000, 90_000, 30_000));
        assert!(is_old(90_000, 60_000, 30_000));
        assert!(is_old(90_000, 90_000, 0));
    }
}
