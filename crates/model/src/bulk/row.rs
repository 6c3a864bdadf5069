//! The states of rows, and their counts.

use super::Reason;
use crate::journal::Change;

/// The state of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowState {
    /// Not started yet.
    Waiting,
    /// Started, without an answer yet.
    Running,
    /// Done, as the API said.
    Done,
    /// Not sent, because a fresh read showed that it was done already.
    AlreadySo,
    /// Failed: the API refused it, or it could not be sent. Nothing has changed.
    Failed(Reason),
    /// Never started, because the run was cancelled, or because the row at this position failed.
    Skipped(Option<usize>),
    /// Started without an answer, so it may have happened. It is looked up, and never resent automatically.
    Unknown,
}

impl RowState {
    /// Returns whether rows that depend on this one may start.
    #[must_use]
    pub fn is_done(&self) -> bool {
        matches!(self, Self::Done | Self::AlreadySo)
    }

    /// Returns whether the row changed something, or may have done so.
    #[must_use]
    pub fn may_have_changed(&self) -> bool {
        matches!(self, Self::Done | Self::Running | Self::Unknown)
    }
}

/// The outcome of a row that was started or looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is done.
    Done,
    /// It failed and nothing has changed.
    Failed(Reason),
    /// The API did not look at it, because of the token or the rate limit: the row waits again.
    NotTaken,
    /// It may have happened.
    Unknown,
}

/// What undoes a row, as known right before the row was sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Inverse {
    /// No change does, or the former state is unknown.
    #[default]
    None,
    /// The result of [`Change::inverse`], which needs only the change itself.
    Derived,
    /// These changes, in order.
    Recorded(Vec<Change>),
}

/// The number of a run's rows in each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Progress {
    /// Not started yet.
    pub waiting: usize,
    /// Started, without an answer yet.
    pub running: usize,
    /// Done.
    pub done: usize,
    /// Done already, so not sent.
    pub already: usize,
    /// Failed.
    pub failed: usize,
    /// Never started.
    pub skipped: usize,
    /// Started without an answer.
    pub unknown: usize,
}

impl Progress {
    /// Returns the number of all rows.
    #[must_use]
    pub fn total(&self) -> usize {
        self.waiting + self.running + self.settled()
    }

    /// Returns the number of rows that change no more by themselves.
    #[must_use]
    pub fn settled(&self) -> usize {
        self.done + self.already + self.failed + self.skipped + self.unknown
    }

    /// Returns whether no row waits or runs.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.waiting + self.running == 0
    }

    /// Returns whether it is over and no row failed or is unknown. Cancelled rows count as well, because the user
    /// wanted that.
    #[must_use]
    pub fn went_well(&self) -> bool {
        self.is_over() && self.failed + self.unknown == 0
    }

    /// Returns whether every row is done, now or before.
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
