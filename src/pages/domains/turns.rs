//! Turns: a few at once, the others in the order in which they came.

use std::collections::VecDeque;

/// Who has a turn, and who waits for one.
pub(super) struct Turns<T> {
    at_once: usize,
    having: Vec<T>,
    waiting: VecDeque<T>,
}

impl<T: PartialEq> Turns<T> {
    /// Nobody yet; so many may have a turn at once.
    pub(super) fn new(at_once: usize) -> Self {
        Self {
            at_once,
            having: Vec::new(),
            waiting: VecDeque::new(),
        }
    }

    /// Gets a turn now, or in line for one. Whoever is in line stays where they are.
    pub(super) fn join(&mut self, who: T) {
        if !self.has(&who) && !self.waiting.contains(&who) {
            self.waiting.push_back(who);
            self.hand_out();
        }
    }

    /// Gives the turn back, or leaves the line.
    pub(super) fn leave(&mut self, who: &T) {
        self.having.retain(|one| one != who);
        self.waiting.retain(|one| one != who);
        self.hand_out();
    }

    /// Whether somebody has a turn.
    pub(super) fn has(&self, who: &T) -> bool {
        self.having.contains(who)
    }

    fn hand_out(&mut self) {
        while self.having.len() < self.at_once
            && let Some(next) = self.waiting.pop_front()
        {
            self.having.push(next);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn having(turns: &Turns<u8>) -> Vec<u8> {
        (0..10).filter(|who| turns.has(who)).collect()
    }

    #[test]
    fn only_a_few_have_a_turn_and_the_next_follows_whoever_leaves() {
        let mut turns = Turns::new(2);
        for who in [5, 1, 3, 5, 1] {
            turns.join(who);
        }
        assert_eq!(having(&turns), [1, 5]);
        turns.leave(&5);
        assert_eq!(having(&turns), [1, 3]);
        turns.leave(&1);
        turns.leave(&3);
        assert_eq!(having(&turns), [0_u8; 0]);
    }

    #[test]
    fn whoever_leaves_the_line_never_gets_a_turn() {
        let mut turns = Turns::new(1);
        for who in [1, 2, 3] {
            turns.join(who);
        }
        turns.leave(&2);
        turns.leave(&7);
        turns.leave(&1);
        assert_eq!(having(&turns), [3]);
    }
}
