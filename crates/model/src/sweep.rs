//! A sweep: requests each of many items once, a few at a time.
//!
//! It records for each item whether it was answered, failed, or was never requested, so that "none" is only said when
//! everything was read.

use std::collections::BTreeMap;

/// The state of one item.
#[derive(Clone, Debug, PartialEq, Eq)]
enum State<E> {
    Waiting,
    Asked,
    Answered,
    Failed(E),
}

/// The state of the whole sweep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Something is in flight or pending.
    Running,
    /// Everything was answered.
    Complete,
    /// Nothing more is requested, and not everything was answered.
    Incomplete,
}

/// The items to request, in order, with their states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sweep<K, E> {
    items: Vec<(K, State<E>)>,
    /// The index of each key in the items.
    places: BTreeMap<K, usize>,
    is_stopped: bool,
}

impl<K, E> Default for Sweep<K, E> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            places: BTreeMap::new(),
            is_stopped: false,
        }
    }
}

impl<K: Clone + Ord, E> Sweep<K, E> {
    /// Creates a sweep over these items, each once, none of them requested yet.
    #[must_use]
    pub fn new(keys: impl IntoIterator<Item = K>) -> Self {
        let mut sweep = Self::default();
        sweep.add(keys);
        sweep
    }

    /// Returns the items to request now, so that at most `at_once` are in flight, and counts them as requested.
    pub fn start(&mut self, at_once: usize) -> Vec<K> {
        if self.is_stopped {
            return Vec::new();
        }
        let asked = self.count(|state| matches!(state, State::Asked));
        let waiting = self.items.iter_mut();
        let waiting = waiting.filter(|(_, state)| matches!(state, State::Waiting));
        let next = waiting.take(at_once.saturating_sub(asked));
        next.map(|(key, state)| {
            *state = State::Asked;
            key.clone()
        })
        .collect()
    }

    /// Records how one of them ended. An answer after [`Self::stop`] counts, too. Ignores an item that was not
    /// requested.
    pub fn settle(&mut self, key: &K, ended: Result<(), E>) {
        let Some(at) = self.places.get(key) else {
            return;
        };
        let (_, state) = &mut self.items[*at];
        if matches!(state, State::Asked) {
            *state = ended.map_or_else(State::Failed, |()| State::Answered);
        }
    }

    /// Requests nothing more.
    pub fn stop(&mut self) {
        self.is_stopped = true;
    }

    /// Makes everything without an answer pending again, except what is in flight.
    pub fn resume(&mut self) {
        self.resume_only(|_, _| true);
    }

    /// As [`Self::resume`], unless the sweep was stopped: for when the network returns. Returns whether something is
    /// pending.
    pub fn retry(&mut self) -> bool {
        if !self.is_stopped {
            self.resume();
        }
        self.phase() == Phase::Running
    }

    /// As [`Self::resume`], but a failed item becomes pending only if `again` returns true for it and its reason.
    pub fn resume_only(&mut self, again: impl Fn(&K, &E) -> bool) {
        self.is_stopped = false;
        for (key, state) in &mut self.items {
            if matches!(state, State::Failed(error) if again(key, error)) {
                *state = State::Waiting;
            }
        }
    }

    /// Makes these items pending again, whether they were answered or failed.
    pub fn repeat<'a>(&mut self, keys: impl IntoIterator<Item = &'a K>)
    where
        K: 'a,
    {
        for key in keys {
            if let Some(at) = self.places.get(key)
                && matches!(self.items[*at].1, State::Answered | State::Failed(_))
            {
                self.items[*at].1 = State::Waiting;
            }
        }
    }

    /// Adds items. Existing ones stay as they are.
    pub fn add(&mut self, keys: impl IntoIterator<Item = K>) {
        for key in keys {
            if !self.places.contains_key(&key) {
                self.places.insert(key.clone(), self.items.len());
                self.items.push((key, State::Waiting));
            }
        }
    }

    /// Returns the state of the sweep. A sweep over nothing is complete.
    #[must_use]
    pub fn phase(&self) -> Phase {
        let is_open = |state: &State<E>| matches!(state, State::Waiting | State::Asked);
        if self.answered() == self.total() {
            Phase::Complete
        } else if self.is_stopped || self.count(is_open) == 0 {
            Phase::Incomplete
        } else {
            Phase::Running
        }
    }

    /// Returns the number of items.
    #[must_use]
    pub fn total(&self) -> usize {
        self.items.len()
    }

    /// Returns the number of answered items.
    #[must_use]
    pub fn answered(&self) -> usize {
        self.count(|state| matches!(state, State::Answered))
    }

    /// Returns the number of items that were answered or failed.
    #[must_use]
    pub fn ended(&self) -> usize {
        self.count(|state| matches!(state, State::Answered | State::Failed(_)))
    }

    /// Returns how requesting this item ended; `None` if it has not ended or is not an item.
    #[must_use]
    pub fn outcome(&self, key: &K) -> Option<Result<(), &E>> {
        let (_, state) = &self.items[*self.places.get(key)?];
        match state {
            State::Answered => Some(Ok(())),
            State::Failed(error) => Some(Err(error)),
            State::Waiting | State::Asked => None,
        }
    }

    /// Returns the items without an answer, with the reason if the request failed.
    pub fn unanswered(&self) -> impl Iterator<Item = (&K, Option<&E>)> {
        self.items.iter().filter_map(|(key, state)| match state {
            State::Answered => None,
            State::Failed(error) => Some((key, Some(error))),
            State::Waiting | State::Asked => Some((key, None)),
        })
    }

    fn count(&self, which: impl Fn(&State<E>) -> bool) -> usize {
        self.items.iter().filter(|(_, state)| which(state)).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sweep() -> Sweep<u8, &'static str> {
        Sweep::new([1, 2, 3, 4])
    }

    #[test]
    fn at_most_so_many_are_under_way() {
        let mut sweep = sweep();
        assert_eq!(sweep.start(2), [1, 2]);
        assert_eq!(sweep.start(2), [0_u8; 0]);
        sweep.settle(&2, Ok(()));
        assert_eq!(sweep.start(2), [3]);
    }

    #[test]
    fn complete_means_that_each_was_answered() {
        let mut sweep = sweep();
        for key in sweep.start(4) {
            assert_eq!(sweep.phase(), Phase::Running);
            sweep.settle(&key, if key == 3 { Err("lost") } else { Ok(()) });
        }
        assert_eq!(sweep.phase(), Phase::Incomplete);
        let unanswered: Vec<_> = sweep.unanswered().collect();
        assert_eq!(unanswered, [(&3, Some(&"lost"))]);
        sweep.resume();
        assert_eq!((sweep.phase(), sweep.start(4)), (Phase::Running, vec![3]));
        sweep.settle(&3, Ok(()));
        assert_eq!(sweep.phase(), Phase::Complete);
        assert_eq!(Sweep::<u8, &str>::default().phase(), Phase::Complete);
    }

    #[test]
    fn stopped_sweep_requests_nothing_and_keeps_late_answers() {
        let mut sweep = sweep();
        sweep.start(2);
        sweep.stop();
        assert_eq!((sweep.phase(), sweep.start(2)), (Phase::Incomplete, vec![]));
        sweep.settle(&1, Ok(()));
        assert_eq!((sweep.answered(), sweep.outcome(&1)), (1, Some(Ok(()))));
        sweep.resume();
        // The second is still in flight.
        assert_eq!(sweep.start(2), [3]);
    }

    #[test]
    fn item_added_later_is_requested_once() {
        let mut sweep = sweep();
        for key in sweep.start(4) {
            sweep.settle(&key, if key < 3 { Ok(()) } else { Err("lost") });
        }
        assert_eq!((sweep.ended(), sweep.answered()), (4, 2));
        sweep.add([1, 5]);
        sweep.resume_only(|_, _| false);
        assert_eq!(sweep.start(9), [5]);
        assert_eq!(sweep.outcome(&3), Some(Err(&"lost")));
    }

    #[test]
    fn answer_to_unrequested_item_is_ignored() {
        let mut sweep = sweep();
        sweep.settle(&1, Ok(()));
        sweep.settle(&9, Ok(()));
        assert_eq!(sweep.answered(), 0);
    }

    #[test]
    fn repeated_item_is_requested_again() {
        let mut sweep = sweep();
        sweep.start(3);
        sweep.settle(&1, Ok(()));
        sweep.settle(&2, Err("lost"));
        sweep.repeat(&[1, 2, 3, 9]);
        // The third is in flight, and there is no ninth.
        assert_eq!(sweep.start(3), [1, 2]);
        assert_eq!(sweep.total(), 4);
    }

    #[test]
    fn returned_network_resumes_only_what_the_user_did_not_stop() {
        let mut sweep = sweep();
        for key in sweep.start(4) {
            sweep.settle(&key, if key == 3 { Err("lost") } else { Ok(()) });
        }
        let mut stopped = sweep.clone();
        assert!(sweep.retry());
        assert_eq!(sweep.start(4), [3]);
        stopped.stop();
        assert!(!stopped.retry());
        assert_eq!(stopped.start(4), [0; 0]);
        assert!(!Sweep::<u8, &str>::default().retry());
    }
}
