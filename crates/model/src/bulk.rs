//! A bulk run: many calls, a few at once, with a result for each.
//!
//! A pure state machine: it says what to start, it is told what came of it, and it can be kept as text at any moment, so that after a reload
//! the outcome of every row is known, or known to be unknown.

mod kept;
mod store;
mod task;

use serde::{Deserialize, Serialize};

pub use kept::RunError;
pub use store::KeptRun;
pub use task::Task;

/// Where a row of a run stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowState {
    /// Not started yet.
    Waiting,
    /// Started, no answer yet.
    Running,
    /// Done, as the API said.
    Done,
    /// Refused, as the API said or because it could not be sent; nothing has changed. Why, in words.
    Failed(String),
    /// Never started: the run was cancelled before its turn, or what had to be done first failed.
    Skipped,
    /// Started, and no answer came: it may have happened. It is looked up, never sent again by itself.
    Unknown,
}

/// What came of a row that was started, or looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is done.
    Done,
    /// It failed and nothing has changed. Why, in words.
    Failed(String),
    /// Nobody knows.
    Unknown,
}

/// What a row is about, and what has to be done before it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned<T> {
    /// What the row is about.
    pub item: T,
    /// The position of the row that has to be done before this one starts. An earlier one: what comes later is not waited for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<usize>,
}

impl<T> From<T> for Planned<T> {
    fn from(item: T) -> Self {
        Self { item, after: None }
    }
}

/// A run over many rows. Rows are named by their position, which never changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run<T> {
    id: u64,
    rows: Vec<Planned<T>>,
    states: Vec<RowState>,
    progress: Progress,
    /// No row before this one is waiting.
    first_waiting: usize,
    is_paused: bool,
}

/// How many rows of a run stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Not started yet.
    pub waiting: usize,
    /// Started, no answer yet.
    pub running: usize,
    /// Done.
    pub done: usize,
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
        self.waiting + self.running + self.done + self.failed + self.skipped + self.unknown
    }

    /// Rows that will change no more by themselves.
    #[must_use]
    pub fn settled(&self) -> usize {
        self.total() - self.waiting - self.running
    }

    /// Whether nothing is waiting and nothing runs.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.waiting + self.running == 0
    }
}

impl Progress {
    fn of(&mut self, state: &RowState) -> &mut usize {
        match state {
            RowState::Waiting => &mut self.waiting,
            RowState::Running => &mut self.running,
            RowState::Done => &mut self.done,
            RowState::Failed(_) => &mut self.failed,
            RowState::Skipped => &mut self.skipped,
            RowState::Unknown => &mut self.unknown,
        }
    }
}

impl<T> Run<T> {
    /// A run over these rows, all waiting. `id` tells it from every other run of this browser.
    #[must_use]
    pub fn new(id: u64, rows: impl IntoIterator<Item = Planned<T>>) -> Self {
        let rows: Vec<Planned<T>> = rows.into_iter().collect();
        Self {
            id,
            states: vec![RowState::Waiting; rows.len()],
            progress: Progress {
                waiting: rows.len(),
                ..Progress::default()
            },
            rows,
            first_waiting: 0,
            is_paused: false,
        }
    }

    /// What tells this run from every other.
    #[must_use]
    pub fn id(&self) -> u64 {
        self.id
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

    /// Where each row stands.
    #[must_use]
    pub fn states(&self) -> &[RowState] {
        &self.states
    }

    /// Whether nothing new is started at present.
    #[must_use]
    pub fn is_paused(&self) -> bool {
        self.is_paused
    }

    /// How many rows stand where.
    #[must_use]
    pub fn progress(&self) -> Progress {
        self.progress
    }

    /// More rows at the end of the run; what they come after is counted from the first of them.
    pub fn append(&mut self, rows: impl IntoIterator<Item = Planned<T>>) {
        let first = self.rows.len();
        self.rows.extend(rows.into_iter().map(|row| Planned {
            after: row.after.map(|after| first + after),
            ..row
        }));
        self.states.resize(self.rows.len(), RowState::Waiting);
        self.progress.waiting += self.rows.len() - first;
    }

    /// Which rows to start now, so that at most `limit` run at once. They are running from here on: each is given once.
    #[must_use = "rows that are given out count as running"]
    pub fn next(&mut self, limit: usize) -> Vec<usize> {
        let mut started = Vec::new();
        let free = limit.saturating_sub(self.progress.running);
        if self.is_paused || free == 0 {
            return started;
        }
        while self
            .states
            .get(self.first_waiting)
            .is_some_and(|state| *state != RowState::Waiting)
        {
            self.first_waiting += 1;
        }
        for row in self.first_waiting..self.rows.len() {
            if started.len() == free {
                break;
            }
            if self.states[row] == RowState::Waiting && self.may_start(row) {
                self.set(row, RowState::Running);
                started.push(row);
            }
        }
        started
    }

    /// Whether what has to be done before a row is done.
    fn may_start(&self, row: usize) -> bool {
        match self.rows[row].after {
            Some(before) if before < row => self.states[before] == RowState::Done,
            _ => true,
        }
    }

    /// Takes what came of a row that runs, or of looking up one whose outcome was unknown. What is told of any other row changes nothing.
    /// What has to come after a row that failed is skipped. Gives whether anything changed.
    pub fn settle(&mut self, row: usize, outcome: Outcome) -> bool {
        let state = match outcome {
            Outcome::Done => RowState::Done,
            Outcome::Failed(reason) => RowState::Failed(reason),
            Outcome::Unknown => RowState::Unknown,
        };
        let before = self.states.get(row);
        if !matches!(before, Some(RowState::Running | RowState::Unknown)) || before == Some(&state)
        {
            return false;
        }
        let failed = matches!(state, RowState::Failed(_));
        self.set(row, state);
        if failed {
            self.change(
                |run, at| run.rows[at].after == Some(row) && run.states[at] == RowState::Waiting,
                RowState::Skipped,
            );
        }
        true
    }

    /// Starts nothing new until [`Run::resume`]. What runs goes on to its end.
    pub fn pause(&mut self) {
        self.is_paused = true;
    }

    /// Goes on after a pause.
    pub fn resume(&mut self) {
        self.is_paused = false;
    }

    /// Skips what has not started; what runs goes on to its end. Gives how many rows were skipped.
    pub fn cancel(&mut self) -> usize {
        self.is_paused = false;
        self.change(
            |run, at| run.states[at] == RowState::Waiting,
            RowState::Skipped,
        )
    }

    /// Puts what failed back to waiting, and what was skipped because of that, and nothing else: what is unknown may have happened. Gives how
    /// many rows there are to retry, and ends a pause when there are any.
    pub fn retry_failed(&mut self) -> usize {
        let skipped = self.change(
            |run, at| {
                let because = run.rows[at].after.and_then(|before| run.states.get(before));
                run.states[at] == RowState::Skipped && matches!(because, Some(RowState::Failed(_)))
            },
            RowState::Waiting,
        );
        let failed = self.change(
            |run, at| matches!(run.states[at], RowState::Failed(_)),
            RowState::Waiting,
        );
        self.is_paused &= failed == 0;
        failed + skipped
    }

    fn set(&mut self, row: usize, state: RowState) {
        *self.progress.of(&self.states[row]) -= 1;
        *self.progress.of(&state) += 1;
        if state == RowState::Waiting {
            self.first_waiting = self.first_waiting.min(row);
        }
        self.states[row] = state;
    }

    fn change(&mut self, which: impl Fn(&Self, usize) -> bool, to: RowState) -> usize {
        let rows: Vec<usize> = (0..self.rows.len())
            .filter(|row| which(self, *row))
            .collect();
        for row in &rows {
            self.set(*row, to.clone());
        }
        rows.len()
    }
}
