//! A bulk run: many writes of one kind, a few at once, with a result for each.
//!
//! A pure state machine: it says what to start, it is told what came of it, and it can be kept as text at any moment, so that after a reload
//! the outcome of every row is known, or known to be unknown.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// The version of the text that this code writes.
const VERSION: u32 = 1;

/// Where a row of a run stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RowState {
    /// Not started yet.
    Waiting,
    /// Started, no answer yet.
    Running,
    /// Done, as the API said.
    Done,
    /// Refused, as the API said or because it could not be sent; nothing has changed. Why, in words.
    Failed(String),
    /// Never started: the run was cancelled before its turn.
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

/// One row of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row<T> {
    /// What the row is about.
    pub item: T,
    /// Where it stands.
    pub state: RowState,
}

/// A run over many rows. Rows are named by their position, which never changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run<T> {
    rows: Vec<Row<T>>,
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

/// Why a text is no run.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RunError {
    /// Not JSON, or JSON of another shape.
    #[error("the kept run is damaged: {0}")]
    Damaged(String),
    /// Written by a later release of the panel.
    #[error("the kept run has version {0}, which is newer than this panel")]
    Newer(u32),
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

impl<T> Run<T> {
    /// A run over these items, all waiting.
    #[must_use]
    pub fn new(items: impl IntoIterator<Item = T>) -> Self {
        Self {
            rows: items
                .into_iter()
                .map(|item| Row {
                    item,
                    state: RowState::Waiting,
                })
                .collect(),
            is_paused: false,
        }
    }

    /// The rows, in their order.
    #[must_use]
    pub fn rows(&self) -> &[Row<T>] {
        &self.rows
    }

    /// Whether nothing new is started at present.
    #[must_use]
    pub fn is_paused(&self) -> bool {
        self.is_paused
    }

    /// Which rows to start now, so that at most `limit` run at once. They are running from here on: each is given once.
    #[must_use = "rows that are given out count as running"]
    pub fn next(&mut self, limit: usize) -> Vec<usize> {
        if self.is_paused {
            return Vec::new();
        }
        let free = limit.saturating_sub(self.progress().running);
        let mut started = Vec::new();
        for (at, row) in self.rows.iter_mut().enumerate() {
            if started.len() == free {
                break;
            }
            if row.state == RowState::Waiting {
                row.state = RowState::Running;
                started.push(at);
            }
        }
        started
    }

    /// Takes what came of a row that runs, or of looking up one whose outcome was unknown. What is told of any other row changes nothing.
    /// Gives whether anything changed.
    pub fn settle(&mut self, row: usize, outcome: Outcome) -> bool {
        let Some(row) = self.rows.get_mut(row) else {
            return false;
        };
        if !matches!(row.state, RowState::Running | RowState::Unknown) {
            return false;
        }
        let state = match outcome {
            Outcome::Done => RowState::Done,
            Outcome::Failed(reason) => RowState::Failed(reason),
            Outcome::Unknown => RowState::Unknown,
        };
        let is_new = row.state != state;
        row.state = state;
        is_new
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
        self.change(
            |state| matches!(state, RowState::Waiting),
            RowState::Skipped,
        )
    }

    /// Puts what failed back to waiting, and nothing else: what is unknown may have happened. Gives how many rows there are to retry, and ends a
    /// pause when there are any.
    pub fn retry_failed(&mut self) -> usize {
        let count = self.change(
            |state| matches!(state, RowState::Failed(_)),
            RowState::Waiting,
        );
        self.is_paused &= count == 0;
        count
    }

    /// How many rows stand where.
    #[must_use]
    pub fn progress(&self) -> Progress {
        let mut progress = Progress::default();
        for row in &self.rows {
            *match row.state {
                RowState::Waiting => &mut progress.waiting,
                RowState::Running => &mut progress.running,
                RowState::Done => &mut progress.done,
                RowState::Failed(_) => &mut progress.failed,
                RowState::Skipped => &mut progress.skipped,
                RowState::Unknown => &mut progress.unknown,
            } += 1;
        }
        progress
    }

    fn change(&mut self, which: fn(&RowState) -> bool, to: RowState) -> usize {
        let mut count = 0;
        for row in self.rows.iter_mut().filter(|row| which(&row.state)) {
            row.state = to.clone();
            count += 1;
        }
        count
    }
}

#[derive(Serialize, Deserialize)]
struct Kept<R> {
    version: u32,
    run: R,
}

impl<T: Serialize> Run<T> {
    /// The run as text, to be kept across reloads.
    ///
    /// # Errors
    /// [`RunError::Damaged`] when an item cannot be written as JSON.
    pub fn to_text(&self) -> Result<String, RunError> {
        let kept = Kept {
            version: VERSION,
            run: self,
        };
        serde_json::to_string(&kept).map_err(|error| RunError::Damaged(error.to_string()))
    }
}

impl<T: DeserializeOwned> Run<T> {
    /// Reads a run that was kept before a reload. What was running then has an unknown outcome; a run that was not over is paused, so
    /// that nothing is sent before somebody wants it.
    ///
    /// # Errors
    /// [`RunError`] when the text is not a run of a version that this code knows.
    pub fn from_text(text: &str) -> Result<Self, RunError> {
        #[derive(Deserialize)]
        struct Versioned {
            version: u32,
        }
        let damaged = |error: serde_json::Error| RunError::Damaged(error.to_string());
        let Versioned { version } = serde_json::from_str(text).map_err(damaged)?;
        if version > VERSION {
            return Err(RunError::Newer(version));
        }
        let Kept { mut run, .. } = serde_json::from_str::<Kept<Self>>(text).map_err(damaged)?;
        run.change(
            |state| matches!(state, RowState::Running),
            RowState::Unknown,
        );
        run.is_paused = run.progress().waiting > 0;
        Ok(run)
    }
}
