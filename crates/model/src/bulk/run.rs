//! One run: its rows, their outcomes, and which may start next.

use std::collections::BTreeSet;

use super::head::{Head, Pause};
use super::planned::Planned;
use super::reason::Reason;
use super::row::{Inverse, Outcome, Progress, RowState};

/// The number of rows in a stored block.
pub(super) const BLOCK: usize = 64;

/// A run over many rows. Rows are identified by their position, which never changes.
#[derive(Clone, Debug)]
pub struct Run<T> {
    pub(super) head: Head,
    pub(super) rows: Vec<Planned<T>>,
    pub(super) states: Vec<RowState>,
    pub(super) inverses: Vec<Inverse>,
    /// The rows that depend on each row.
    dependants: Vec<Vec<usize>>,
    /// No row before this one is waiting.
    first_waiting: usize,
    /// The blocks of rows that changed since they were last stored.
    pub(super) changed: BTreeSet<usize>,
    /// Whether the head changed since it was last stored.
    pub(super) head_changed: bool,
    /// Whether a row was in flight when the run was stored, according to what was read.
    pub(super) was_in_flight: bool,
}

impl<T: PartialEq> PartialEq for Run<T> {
    fn eq(&self, other: &Self) -> bool {
        (&self.head, &self.rows, &self.states, &self.inverses)
            == (&other.head, &other.rows, &other.states, &other.inverses)
    }
}

impl<T> Run<T> {
    /// Creates a run over these rows, all waiting.
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

    /// Returns the id of the run.
    #[must_use]
    pub fn id(&self) -> u64 {
        self.head.id
    }

    /// Returns the head.
    #[must_use]
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// Returns the items in the order of the rows.
    pub fn items(&self) -> impl ExactSizeIterator<Item = &T> {
        self.rows.iter().map(|row| &row.item)
    }

    /// Returns the item of a row.
    #[must_use]
    pub fn item(&self, row: usize) -> Option<&T> {
        self.rows.get(row).map(|row| &row.item)
    }

    /// Returns the rows that a row depends on.
    #[must_use]
    pub fn predecessors(&self, row: usize) -> &[usize] {
        self.rows.get(row).map_or(&[], |row| &row.after)
    }

    /// Returns the states of all rows.
    #[must_use]
    pub fn states(&self) -> &[RowState] {
        &self.states
    }

    /// Returns what undoes a row.
    #[must_use]
    pub fn inverse(&self, row: usize) -> &Inverse {
        self.inverses.get(row).unwrap_or(&Inverse::None)
    }

    /// Returns why the run is paused, if it is.
    #[must_use]
    pub fn pause_reason(&self) -> Option<Pause> {
        self.head.pause
    }

    /// Returns the number of rows in each state.
    #[must_use]
    pub fn progress(&self) -> Progress {
        self.head.progress
    }

    /// Returns the rows to start, so that at most `limit` are in flight. They count as running from now on, so each
    /// is returned once.
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

    /// Returns whether all dependencies of a row are done.
    fn may_start(&self, row: usize) -> bool {
        let mut before = self.rows[row].after.iter().filter(|before| **before < row);
        before.all(|before| self.states[*before].is_done())
    }

    /// Marks a waiting row as done already, according to a fresh read. It is not sent.
    pub fn already_so(&mut self, row: usize) {
        if self.states.get(row) == Some(&RowState::Waiting) {
            self.set(row, RowState::AlreadySo);
        }
    }

    /// Records what will undo a row, before the row is sent.
    pub fn note_inverse(&mut self, row: usize, inverse: Inverse) {
        if let Some(noted) = self.inverses.get_mut(row) {
            *noted = inverse;
        }
    }

    /// Fails a waiting row without sending it. Rows that depend on it are skipped.
    pub fn fail_unsent(&mut self, row: usize, reason: Reason) {
        if self.states.get(row) == Some(&RowState::Waiting) {
            self.fail(row, reason);
        }
    }

    /// Records the outcome of a running row, or of the look-up of an unknown one. Ignores any other row. Skips the
    /// rows that depend on a failed one. Returns whether anything changed.
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
            // The look-up itself was not taken, which says nothing about the unknown row.
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

    /// Pauses the run until [`Run::resume`]. Rows in flight end. The first reason stays.
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

    /// Skips the rows that have not started. Rows in flight end. Returns the number of skipped rows.
    pub fn cancel(&mut self) -> usize {
        self.resume();
        let waiting: Vec<usize> = self.rows_where(|state| *state == RowState::Waiting);
        for row in &waiting {
            self.set(*row, RowState::Skipped(None));
        }
        waiting.len()
    }

    /// Resets the failed rows to waiting, except those whose reason is final, and the rows that were skipped because of
    /// them. Unknown rows stay, because they may have happened. A run that was undone stays as it is. Returns
    /// the number of rows to retry, and ends a pause if there are any.
    pub fn retry_failed(&mut self) -> usize {
        if self.head.undone {
            return 0;
        }
        let failed =
            |state: &RowState| matches!(state, RowState::Failed(_) | RowState::Skipped(Some(_)));
        let mut again = 0;
        for row in self.rows_where(failed) {
            if matches!(&self.states[row], RowState::Failed(reason) if reason.is_final()) {
                continue;
            }
            let mut before = self.rows[row].after.iter().filter(|before| **before < row);
            // One of its dependencies is not retried, so it would wait forever.
            let because = before.find_map(|before| match &self.states[*before] {
                RowState::Failed(_) => Some(Some(*before)),
                RowState::Skipped(because) => Some(*because),
                _ => None,
            });
            again += usize::from(because.is_none());
            self.set(row, because.map_or(RowState::Waiting, RowState::Skipped));
        }
        if again > 0 {
            self.resume();
        }
        again
    }

    /// Returns the rows whose state satisfies a condition.
    #[must_use]
    pub fn rows_where(&self, is: impl Fn(&RowState) -> bool) -> Vec<usize> {
        let states = self.states.iter().enumerate();
        states
            .filter(|(_, state)| is(state))
            .map(|(row, _)| row)
            .collect()
    }

    /// Returns whether it is over or paused, without a row in flight when it was stored. Any other run is executing
    /// in the tab that holds the lock.
    #[must_use]
    pub fn is_at_rest(&self) -> bool {
        !self.was_in_flight && (self.head.progress.is_over() || self.head.pause.is_some())
    }

    /// Hides the results in the bar.
    pub fn dismiss(&mut self) {
        self.head.dismissed = true;
        self.head_changed = true;
    }

    /// Marks the run as undone.
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
        // The counts in the head are needed only while the run rests: nothing else says what became of it.
        self.head_changed |= self.head.pause.is_some();
        if self.head.progress.is_over() {
            // Its last rows in flight may end after a pause. Then there is nothing to resume.
            self.head.pause = None;
            self.head_changed = true;
        }
    }
}
