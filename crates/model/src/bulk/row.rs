//! The state of one row, and how many rows are in which.

use super::Reason;
use crate::journal::Change;

/// The state of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowState {
    /// Not started yet.
    Waiting,
    /// Started, no answer yet.
    Running,
    /// Done, as the API said.
    Done,
    /// Nothing was sent: a fresh read said that it is so already.
    AlreadySo,
    /// Refused, as the API said or because it could not be sent; nothing has changed.
    Failed(Reason),
    /// Never started, because the run was cancelled, or because the row at this position failed.
    Skipped(Option<usize>),
    /// Started, and no answer came: it may have happened. It is looked up, never sent again by itself.
    Unknown,
}

impl RowState {
    /// Whether rows that wait for this one may start.
    #[must_use]
    pub fn is_done(&self) -> bool {
        matches!(self, Self::Done | Self::AlreadySo)
    }
}

/// What came of a row that was started, or looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is done.
    Done,
    /// It failed and nothing has changed.
    Failed(Reason),
    /// The API did not look at it, because of the token or the rate of calls: the row waits again.
    NotTaken,
    /// It may have happened.
    Unknown,
}

/// What takes a row back, as far as it was known right before the row was sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Inverse {
    /// Nothing does, or what was there before is not known.
    #[default]
    None,
    /// What [`Change::inverse`] says: nothing but the change itself is needed for it.
    Derived,
    /// These changes, in their order.
    Recorded(Vec<Change>),
}

/// How many rows of a run are in which state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Progress {
    /// Not started yet.
    pub waiting: usize,
    /// Started, no answer yet.
    pub running: usize,
    /// Done.
    pub done: usize,
    /// Already so: nothing was sent.
    pub already: usize,
    /// Failed.
    pub failed: usize,
    /// Never started.
    pub skipped: usize,
    /// Started without an answer.
    pub unknown: usize,
}

impl Progress {
    /// All rows.
    #[must_use]
    pub fn total(&self) -> usize {
        self.waiting + self.running + self.settled()
    }

    /// Rows that will change no more by themselves.
    #[must_use]
    pub fn settled(&self) -> usize {
        self.done + self.already + self.failed + self.skipped + self.unknown
    }

    /// Whether nothing is waiting and nothing runs.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.waiting + self.running == 0
    }

    /// Whether it is over and nothing failed or is unknown: what was cancelled went as the user wanted.
    #[must_use]
    pub fn went_well(&self) -> bool {
        self.is_over() && self.failed + self.unknown == 0
    }

    /// Whether every row is done, or was so already.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.done + self.already == self.total()
    }

    pub(super) fn of(&mut self, state: &RowState) -> &mut usize {
        match state {
            RowState::Waiting => &mut self.waiting,
            RowState::Running => &mut self.running,
            RowState::Done => &mut self.done,
            RowState::AlreadySo => &mut self.already,
            RowState::Failed(_) => &mut self.failed,
            RowState::Skipped(_) => &mut self.skipped,
            RowState::Unknown => &mut self.unknown,
        }
    }
}
