//! One run: its rows, what became of each, and what may start next.

use std::collections::BTreeSet;

use super::head::{Head, Pause};
use super::planned::Planned;
use super::reason::Reason;
use super::row::{Inverse, Outcome, Progress, RowState};

/// How many rows are stored in one block.
pub(super) const BLOCK: usize = 64;

/// A run over many rows. Rows are named by their position, which never changes.
#[derive(Clone, Debug)]
pub struct Run<T> {
    pub(super) head: Head,
    pub(super) rows: Vec<Planned<T>>,
    pub(super) states: Vec<RowState>,
    pub(super) inverses: Vec<Inverse>,
    /// The rows that wait for each row.
    dependants: Vec<Vec<usize>>,
    /// No row before this one is waiting.
    first_waiting: usize,
    /// The blocks of rows that changed since they were last kept.
    pub(super) changed: BTreeSet<usize>,
    /// Whether the head changed since it was last kept.
    pub(super) head_changed: bool,
    /// Whether a row was in flight when the run was kept, as it was read.
    pub(super) was_in_flight: bool,
}

impl<T: PartialEq> PartialEq for Run<T> {
    fn eq(&self, other: &Self) -> bool {
        (&self.head, &self.rows, &self.states, &self.inverses)
            == (&other.head, &other.rows, &other.states, &other.inverses)
    }
}

impl<T> Run<T> {
    /// A run over these rows, all waiting.
    #[must_use]
    pub fn new(head: Head, rows: impl IntoIterator<Item = Planned<T>>) -> Self {
        let rows: Vec<Planned<T>> = rows.into_iter().collect();
        let mut dependants = vec![Vec::new(); rows.len()];
        for (row, planned) in rows.iter().enumerate() {
            for before in planned.after.iter().filter(|before| **before < row) {
                dependants[*before].push(row);
            }
        }
        let progress = Progress {
            waiting: rows.len(),
            ..Progress::default()
        };
        Self {
            head: Head { progress, ..head },
            states: vec![RowState::Waiting; rows.len()],
            inverses: vec![Inverse::None; rows.len()],
            dependants,
            rows,
            first_waiting: 0,
            changed: BTreeSet::new(),
            head_changed: true,
            was_in_flight: false,
        }
    }

    /// What tells this run from every other.
    #[must_use]
    pub fn id(&self) -> u64 {
        self.head.id
    }

    /// What is kept of it beside its rows.
    #[must_use]
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// The items, in the order of the rows.
    pub fn items(&self) -> impl ExactSizeIterator<Item = &T> {
        self.rows.iter().map(|row| &row.item)
    }

    /// What a row is about.
    #[must_use]
    pub fn item(&self, row: usize) -> Option<&T> {
        self.rows.get(row).map(|row| &row.item)
    }

    /// The rows that a row waits for.
    #[must_use]
    pub fn predecessors(&self, row: usize) -> &[usize] {
        self.rows.get(row).map_or(&[], |row| &row.after)
    }

    /// The state of each row.
    #[must_use]
    pub fn states(&self) -> &[RowState] {
        &self.states
    }

    /// What takes a row back.
    #[must_use]
    pub fn inverse(&self, row: usize) -> &Inverse {
        self.inverses.get(row).unwrap_or(&Inverse::None)
    }

    /// Why nothing new is started at present.
    #[must_use]
    pub fn pause_reason(&self) -> Option<Pause> {
        self.head.pause
    }

    /// How many rows are in which state.
    #[must_use]
    pub fn progress(&self) -> Progress {
        self.head.progress
    }

    /// Which rows to start now, so that at most `limit` run at once. They are running from here on: each is given once.
    #[must_use = "rows that are given out count as running"]
    pub fn next(&mut self, limit: usize) -> Vec<usize> {
        let mut started = Vec::new();
        let free = limit.saturating_sub(self.head.progress.running);
        if self.head.pause.is_some() || free == 0 {
            return started;
        }
        let is_waiting = |state: &RowState| *state == RowState::Waiting;
        while self
            .states
            .get(self.first_waiting)
            .is_some_and(|state| !is_waiting(state))
        {
            self.first_waiting += 1;
        }
        for row in self.first_waiting..self.rows.len() {
            if started.len() == free {
                break;
            }
            if is_waiting(&self.states[row]) && self.may_start(row) {
                self.set(row, RowState::Running);
                started.push(row);
            }
        }
        started
    }

    /// Whether everything that a row waits for is done.
    fn may_start(&self, row: usize) -> bool {
        let mut before = self.rows[row].after.iter().filter(|before| **before < row);
        before.all(|before| self.states[*before].is_done())
    }

    /// Notes that a fresh read said that a waiting row is already so: it is not sent.
    pub fn already_so(&mut self, row: usize) {
        if self.states.get(row) == Some(&RowState::Waiting) {
            self.set(row, RowState::AlreadySo);
        }
    }

    /// Notes, before a row is sent, what will take it back.
    pub fn note_inverse(&mut self, row: usize, inverse: Inverse) {
        if let Some(noted) = self.inverses.get_mut(row) {
            *noted = inverse;
        }
    }

    /// Fails a waiting row without sending it, with the reason; rows that wait for it are skipped.
    pub fn fail_unsent(&mut self, row: usize, reason: Reason) {
        if self.states.get(row) == Some(&RowState::Waiting) {
            self.fail(row, reason);
        }
    }

    /// Takes what came of a row that runs, or of looking up one whose outcome was unknown. What is told of any other row changes nothing.
    /// Rows that wait for one that failed are skipped. Returns whether anything changed.
    pub fn settle(&mut self, row: usize, outcome: Outcome) -> bool {
        let before = self.states.get(row);
        if !matches!(before, Some(RowState::Running | RowState::Unknown)) {
            return false;
        }
        let state = match outcome {
            Outcome::Failed(reason) => {
                self.fail(row, reason);
                return true;
            }
            // It was never taken, unless it was looked up: that says nothing about what is unknown.
            Outcome::NotTaken if before == Some(&RowState::Unknown) => return false,
            Outcome::NotTaken => RowState::Waiting,
            Outcome::Done => RowState::Done,
            Outcome::Unknown => RowState::Unknown,
        };
        let changed = before != Some(&state);
        if changed {
            self.set(row, state);
        }
        changed
    }

    fn fail(&mut self, row: usize, reason: Reason) {
        self.set(row, RowState::Failed(reason.shortened()));
        let mut dropped = vec![row];
        while let Some(before) = dropped.pop() {
            for dependant in self.dependants[before].clone() {
                if self.states[dependant] == RowState::Waiting {
                    self.set(dependant, RowState::Skipped(Some(row)));
                    dropped.push(dependant);
                }
            }
        }
    }

    /// Starts nothing new until [`Run::resume`]. What runs goes on to its end. The first reason stays.
    pub fn pause(&mut self, why: Pause) {
        if self.head.pause.is_none() && !self.head.progress.is_over() {
            self.head.pause = Some(why);
            self.head_changed = true;
        }
    }

    /// Ends a pause.
    pub fn resume(&mut self) {
        self.head_changed |= self.head.pause.take().is_some();
    }

    /// Skips what has not started; what runs goes on to its end. Returns how many rows were skipped.
    pub fn cancel(&mut self) -> usize {
        self.resume();
        let waiting: Vec<usize> = self.rows_where(|state| *state == RowState::Waiting);
        for row in &waiting {
            self.set(*row, RowState::Skipped(None));
        }
        waiting.len()
    }

    /// Puts what failed back to waiting, and what was skipped because of that, and nothing else: what is unknown may have happened. Returns
    /// how many rows there are to retry, and ends a pause when there are any.
    pub fn retry_failed(&mut self) -> usize {
        let failed =
            |state: &RowState| matches!(state, RowState::Failed(_) | RowState::Skipped(Some(_)));
        let mut again = 0;
        for row in self.rows_where(failed) {
            let mut before = self.rows[row].after.iter().filter(|before| **before < row);
            // What it waits for was cancelled: it would wait for ever.
            let state = if before.any(|before| self.states[*before] == RowState::Skipped(None)) {
                RowState::Skipped(None)
            } else {
                again += 1;
                RowState::Waiting
            };
            self.set(row, state);
        }
        if again > 0 {
            self.resume();
        }
        again
    }

    /// The rows in a state.
    #[must_use]
    pub fn rows_where(&self, is: impl Fn(&RowState) -> bool) -> Vec<usize> {
        let states = self.states.iter().enumerate();
        states
            .filter(|(_, state)| is(state))
            .map(|(row, _)| row)
            .collect()
    }

    /// Whether it is over or paused, with no row in flight when it was kept. Any other run is under way in the tab that holds the lock.
    #[must_use]
    pub fn is_at_rest(&self) -> bool {
        !self.was_in_flight && (self.head.progress.is_over() || self.head.pause.is_some())
    }

    /// Takes the results out of sight.
    pub fn dismiss(&mut self) {
        self.head.dismissed = true;
        self.head_changed = true;
    }

    /// Notes that it was taken back.
    pub fn mark_undone(&mut self) {
        self.head.undone = true;
        self.head_changed = true;
    }

    pub(super) fn set(&mut self, row: usize, state: RowState) {
        *self.head.progress.of(&self.states[row]) -= 1;
        *self.head.progress.of(&state) += 1;
        if state == RowState::Waiting {
            self.first_waiting = self.first_waiting.min(row);
        }
        self.states[row] = state;
        self.changed.insert(row / BLOCK);
        // What the head says of the rows is of interest once they rest.
        self.head_changed |= self.head.progress.is_over();
    }
}
