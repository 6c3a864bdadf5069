//! A run as text. What it is about is written once, and where its rows stand again after every step: that has to be short.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{Planned, RowState, Run};

/// The version of the texts that this code writes.
const VERSION: u32 = 1;

/// Why two texts are no run.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RunError {
    /// Not JSON, JSON of another shape, or two texts that do not belong together.
    #[error("the kept run is damaged: {0}")]
    Damaged(String),
    /// Written by a later release of the panel.
    #[error("the kept run has version {0}, which is newer than this panel")]
    Newer(u32),
}

#[derive(Serialize, Deserialize)]
struct Plan<R> {
    version: u32,
    id: u64,
    rows: R,
}

/// One letter a row; the reasons of those that failed by their position.
#[derive(Serialize, Deserialize)]
struct Standing<'a> {
    id: u64,
    paused: bool,
    states: String,
    #[serde(borrow)]
    failed: BTreeMap<usize, std::borrow::Cow<'a, str>>,
}

impl<T: Serialize> Run<T> {
    /// What the run is about, as text: to be kept when rows are added.
    ///
    /// # Errors
    /// [`RunError::Damaged`] when an item cannot be written as JSON.
    pub fn plan_text(&self) -> Result<String, RunError> {
        let plan = Plan {
            version: VERSION,
            id: self.id,
            rows: &self.rows,
        };
        serde_json::to_string(&plan).map_err(|error| RunError::Damaged(error.to_string()))
    }
}

impl<T> Run<T> {
    /// Where the rows stand, as text: to be kept before a row is started and after it ended.
    #[must_use]
    pub fn standing_text(&self) -> String {
        let failed = self
            .states
            .iter()
            .enumerate()
            .filter_map(|(at, state)| match state {
                RowState::Failed(reason) => Some((at, reason.as_str().into())),
                _ => None,
            });
        let standing = Standing {
            id: self.id,
            paused: self.is_paused,
            states: self.states.iter().map(letter).collect(),
            failed: failed.collect(),
        };
        // Numbers, texts and a map with numbers for keys: nothing that JSON could not hold.
        serde_json::to_string(&standing).unwrap_or_default()
    }
}

impl<T> Run<T> {
    /// Whether a kept text says where the rows of this run stand, rather than those of another one. What cannot be read is nobody's.
    pub(super) fn stands_as(&self, standing: &str) -> bool {
        serde_json::from_str::<Standing<'_>>(standing).map_or(true, |kept| kept.id == self.id)
    }
}

impl<T: DeserializeOwned> Run<T> {
    /// Reads a run that was kept before a reload. What was running then has an unknown outcome; a run that was not over is paused, so
    /// that nothing is sent before somebody wants it. Rows of which `standing` says nothing were never started.
    ///
    /// # Errors
    /// [`RunError`] when the texts are not a run of a version that this code knows.
    pub fn from_texts(plan: &str, standing: Option<&str>) -> Result<Self, RunError> {
        #[derive(Deserialize)]
        struct Versioned {
            version: u32,
        }
        let damaged = |error: serde_json::Error| RunError::Damaged(error.to_string());
        let Versioned { version } = serde_json::from_str(plan).map_err(damaged)?;
        if version > VERSION {
            return Err(RunError::Newer(version));
        }
        let plan = serde_json::from_str::<Plan<Vec<Planned<T>>>>(plan).map_err(damaged)?;
        let mut run = Self::new(plan.id, plan.rows);
        if let Some(standing) = standing {
            let standing: Standing<'_> = serde_json::from_str(standing).map_err(damaged)?;
            if standing.id != run.id || standing.states.chars().count() > run.rows.len() {
                let reason = "its results belong to another run".to_owned();
                return Err(RunError::Damaged(reason));
            }
            for (row, letter) in standing.states.chars().enumerate() {
                let reason = standing.failed.get(&row).map(|reason| reason.to_string());
                let state = state(letter, reason)
                    .ok_or_else(|| RunError::Damaged(format!("a row stands at \"{letter}\"")))?;
                run.set(row, state);
            }
        }
        run.is_paused = run.progress.waiting > 0;
        Ok(run)
    }
}

fn letter(state: &RowState) -> char {
    match state {
        RowState::Waiting => 'w',
        RowState::Running => 'r',
        RowState::Done => 'd',
        RowState::Failed(_) => 'f',
        RowState::Skipped => 's',
        RowState::Unknown => 'u',
    }
}

fn state(letter: char, reason: Option<String>) -> Option<RowState> {
    Some(match letter {
        'w' => RowState::Waiting,
        // Started, and nobody was there any more to take the answer.
        'r' | 'u' => RowState::Unknown,
        'd' => RowState::Done,
        'f' => RowState::Failed(reason.unwrap_or_default()),
        's' => RowState::Skipped,
        _ => return None,
    })
}
