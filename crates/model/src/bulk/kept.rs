//! Serializes a run. The plan is written once; the head when the run starts, pauses or ends. The rows are stored in
//! blocks, and a step rewrites only the blocks that it changes. So a step costs the same in a long run as in a short
//! one.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::row::{Inverse, RowState};
use super::run::BLOCK;
use super::{Head, Pause, Planned, Reason, Run};
use crate::journal::Change;

/// The version of the format that this code writes.
pub(super) const VERSION: u32 = 2;

/// Why stored texts are not a run.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RunError {
    /// Not JSON, JSON of another shape, or texts that do not belong together.
    #[error("the kept run is damaged: {0}")]
    Damaged(String),
    /// Written by a later release of the panel.
    #[error("the kept run has version {0}, which is newer than this panel")]
    Newer(u32),
}

/// A run as stored texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeptRun {
    /// The items of the rows.
    pub plan: String,
    /// The head.
    pub head: String,
    /// The states of the rows, by block number. Rows of a missing block were never started.
    pub blocks: BTreeMap<usize, String>,
}

#[derive(Serialize, Deserialize)]
struct Plan<R> {
    version: u32,
    rows: R,
}

#[derive(Serialize, Deserialize)]
struct KeptHead<H> {
    version: u32,
    #[serde(flatten)]
    head: H,
}

/// One letter for each row's state and one for its inverse. Details are stored by the position within the block.
#[derive(Default, Serialize, Deserialize)]
struct Block<'a> {
    states: String,
    inverses: String,
    /// The API's messages for failed rows. Earlier releases stored their own sentences here.
    #[serde(borrow, default, skip_serializing_if = "BTreeMap::is_empty")]
    failed: BTreeMap<usize, Cow<'a, str>>,
    /// The codes for why rows failed.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    reasons: BTreeMap<usize, String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    because: BTreeMap<usize, usize>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    steps: BTreeMap<usize, Vec<Change>>,
}

pub(super) fn damaged(error: impl ToString) -> RunError {
    RunError::Damaged(error.to_string())
}

/// Rejects what a later release wrote, before parsing its content.
pub(super) fn check_version(text: &str) -> Result<u32, RunError> {
    #[derive(Deserialize)]
    struct Versioned {
        version: u32,
    }
    let Versioned { version } = serde_json::from_str(text).map_err(damaged)?;
    if version > VERSION {
        return Err(RunError::Newer(version));
    }
    Ok(version)
}

impl Head {
    /// Serializes the head.
    #[must_use]
    pub fn to_text(&self) -> String {
        let kept = KeptHead {
            version: VERSION,
            head: self,
        };
        serde_json::to_string(&kept).unwrap_or_default()
    }

    /// Parses a head.
    ///
    /// # Errors
    /// [`RunError`] when the text is not a head of a version that this code knows.
    pub fn from_text(text: &str) -> Result<Self, RunError> {
        check_version(text)?;
        let kept: KeptHead<Self> = serde_json::from_str(text).map_err(damaged)?;
        Ok(kept.head)
    }
}

impl<T: Serialize> Run<T> {
    /// Serializes the items of the rows.
    ///
    /// # Errors
    /// [`RunError::Damaged`] when an item cannot be written as JSON.
    pub fn plan_text(&self) -> Result<String, RunError> {
        let plan = Plan {
            version: VERSION,
            rows: &self.rows,
        };
        serde_json::to_string(&plan).map_err(damaged)
    }

    /// Serializes the whole run.
    ///
    /// # Errors
    /// [`RunError::Damaged`] when an item cannot be written as JSON.
    pub fn to_kept(&self) -> Result<KeptRun, RunError> {
        let blocks = 0..self.rows.len().div_ceil(BLOCK);
        Ok(KeptRun {
            plan: self.plan_text()?,
            head: self.head.to_text(),
            blocks: blocks
                .map(|block| (block, self.block_text(block)))
                .collect(),
        })
    }
}

impl<T> Run<T> {
    /// Serializes the states of the rows of a block.
    pub(super) fn block_text(&self, block: usize) -> String {
        let rows = block * BLOCK..self.rows.len().min((block + 1) * BLOCK);
        let mut kept = Block::default();
        for (at, row) in rows.enumerate() {
            kept.states.push(letter(&self.states[row]));
            match &self.states[row] {
                RowState::Failed(Reason::Words(words)) => {
                    kept.failed.insert(at, words.as_str().into());
                }
                RowState::Failed(reason) => {
                    kept.reasons.extend(reason.code().map(|code| (at, code)));
                }
                RowState::Skipped(Some(before)) => drop(kept.because.insert(at, *before)),
                _ => {}
            }
            kept.inverses.push(match &self.inverses[row] {
                Inverse::None => '-',
                Inverse::Derived => 'd',
                Inverse::Recorded(steps) => {
                    kept.steps.insert(at, steps.clone());
                    'r'
                }
            });
        }
        serde_json::to_string(&kept).unwrap_or_default()
    }

    fn read_block(&mut self, block: usize, text: &str) -> Result<(), RunError> {
        let mut kept: Block<'_> = serde_json::from_str(text).map_err(damaged)?;
        let first = block.saturating_mul(BLOCK);
        let count = kept.states.chars().count();
        if count > BLOCK || first.saturating_add(count) > self.rows.len() {
            return Err(damaged("its results belong to another run"));
        }
        let mut inverses = kept.inverses.chars();
        for (at, letter) in kept.states.chars().enumerate() {
            let words = kept.failed.get(&at).map(|words| Reason::from(&**words));
            let code = kept.reasons.get(&at).map(|code| Reason::of_code(code));
            let reason = code.or(words);
            let because = kept.because.get(&at).copied();
            let state = state(letter, reason, because)
                .ok_or_else(|| damaged(format!("a row has the state \"{letter}\"")))?;
            self.was_in_flight |= letter == self::letter(&RowState::Running);
            self.set(first + at, state);
            self.inverses[first + at] = match inverses.next() {
                Some('d') => Inverse::Derived,
                Some('r') => Inverse::Recorded(kept.steps.remove(&at).unwrap_or_default()),
                _ => Inverse::None,
            };
        }
        Ok(())
    }

    /// Prepares a run of another page for this one. The outcome of rows in flight becomes unknown, and an unfinished
    /// run pauses until the user resumes it.
    #[must_use]
    pub fn taken_up(mut self) -> Self {
        self.was_in_flight = false;
        self.pause(Pause::Interrupted);
        self
    }
}

impl<T: DeserializeOwned> Run<T> {
    /// Parses a run. The outcome of rows that were in flight becomes unknown.
    ///
    /// # Errors
    /// [`RunError`] when the texts are not a run of a version that this code knows.
    pub fn from_kept(kept: &KeptRun) -> Result<Self, RunError> {
        let head = Head::from_text(&kept.head)?;
        check_version(&kept.plan)?;
        let plan: Plan<Vec<Planned<T>>> = serde_json::from_str(&kept.plan).map_err(damaged)?;
        let stored = head.progress;
        let mut run = Self::new(head, plan.rows);
        for (block, text) in &kept.blocks {
            run.read_block(*block, text)?;
        }
        if run.progress().is_over() {
            run.head.pause = None;
        }
        run.changed.clear();
        // The page may have ended between the rows and the head.
        run.head_changed = run.head.progress != stored;
        Ok(run)
    }
}

pub(super) fn letter(state: &RowState) -> char {
    match state {
        RowState::Waiting => 'w',
        RowState::Running => 'r',
        RowState::Done => 'd',
        RowState::AlreadySo => 'a',
        RowState::Failed(_) => 'f',
        RowState::Skipped(_) => 's',
        RowState::Unknown => 'u',
    }
}

pub(super) fn state(
    letter: char,
    reason: Option<Reason>,
    because: Option<usize>,
) -> Option<RowState> {
    Some(match letter {
        'w' => RowState::Waiting,
        // Started, and the page was closed before the answer came.
        'r' | 'u' => RowState::Unknown,
        'd' => RowState::Done,
        'a' => RowState::AlreadySo,
        'f' => RowState::Failed(reason.unwrap_or_else(|| Reason::from(""))),
        's' => RowState::Skipped(because),
        _ => return None,
    })
}
