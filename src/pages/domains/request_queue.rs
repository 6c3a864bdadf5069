//! A queue with bounded concurrency: a few entries are active, the others wait in the order in which they came.

use std::collections::VecDeque;

/// Holds the active entries and those that wait.
pub(super) struct RequestQueue<T> {
    limit: usize,
    active: Vec<T>,
    waiting: VecDeque<T>,
}

impl<T: PartialEq> RequestQueue<T> {
    /// Returns an empty queue. At most `limit` entries are active at once.
    pub(super) fn new(limit: usize) -> Self {
        Self {
            limit,
            active: Vec::new(),
            waiting: VecDeque::new(),
        }
    }

    /// Adds an entry at the end. An entry that is in the queue keeps its place.
    pub(super) fn enqueue(&mut self, entry: T) {
        if !self.is_active(&entry) && !self.waiting.contains(&entry) {
            self.waiting.push_back(entry);
            self.activate_next();
        }
    }

    /// Removes an entry, whether it is active or waits.
    pub(super) fn remove(&mut self, entry: &T) {
        self.active.retain(|one| one != entry);
        self.waiting.retain(|one| one != entry);
        self.activate_next();
    }

    /// Returns whether an entry is active.
    pub(super) fn is_active(&self, entry: &T) -> bool {
        self.active.contains(entry)
    }

    fn activate_next(&mut self) {
        while self.active.len() < self.limit
            && let Some(next) = self.waiting.pop_front()
        {
            self.active.push(next);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn active(queue: &RequestQueue<u8>) -> Vec<u8> {
        (0..10).filter(|entry| queue.is_active(entry)).collect()
    }

    #[test]
    fn next_entry_becomes_active_when_one_is_removed() {
        let mut queue = RequestQueue::new(2);
        for entry in [5, 1, 3, 5, 1] {
            queue.enqueue(entry);
        }
        assert_eq!(active(&queue), [1, 5]);
        queue.remove(&5);
        assert_eq!(active(&queue), [1, 3]);
        queue.remove(&1);
        queue.remove(&3);
        assert_eq!(active(&queue), [0_u8; 0]);
    }

    #[test]
    fn removed_entry_never_becomes_active() {
        let mut queue = RequestQueue::new(1);
        for entry in [1, 2, 3] {
            queue.enqueue(entry);
        }
        queue.remove(&2);
        queue.remove(&7);
        queue.remove(&1);
        assert_eq!(active(&queue), [3]);
    }
}
