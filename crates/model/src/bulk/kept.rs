//! A run as texts: the plan, written once; the head, written when the run starts, pauses or ends; and the rows in blocks, of which a step
//! rewrites only those that it touches, so that a step costs the same in a long run as in a short one.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::row::{Inverse, RowState};
use super::run::BLOCK;
use super::{Head, Pause, Planned, Reason, Run};
use crate::journal::Change;

/// The version of the texts that this code writes.
pub(super) const VERSION: u32 = 2;

/// Why texts are no run.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RunError {
    /// Not JSON, JSON of another shape, or texts that do not belong together.
    #[error("the kept run is damaged: {0}")]
    Damaged(String),
    /// Written by a later release of the panel.
    #[error("the kept run has version {0}, which is newer than this panel")]
    Newer(u32),
}

/// The texts of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeptRun {
    /// What the rows are about.
    pub plan: String,
    /// What the run is for, and whether it goes on.
    pub head: String,
    /// What became of the rows, by the number of the block. Rows of a block that is missing were never started.
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

/// One letter a row for its state and one for what takes it back; the rest by the position within the block.
#[derive(Default, Serialize, Deserialize)]
struct Block<'a> {
    states: String,
    inverses: String,
    /// Why rows failed, in the API's words. Earlier releases kept sentences of their own here.
    #[serde(borrow, default, skip_serializing_if = "BTreeMap::is_empty")]
    failed: BTreeMap<usize, Cow<'a, str>>,
    /// Why rows failed, as codes.
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

/// Refuses what a later release wrote, before its shape is looked at.
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
    /// The head as text.
    #[must_use]
    pub fn to_text(&self) -> String {
        let kept = KeptHead {
            version: VERSION,
            head: self,
        };
        serde_json::to_string(&kept).unwrap_or_default()
    }

    /// Reads a head.
    ///
    /// # Errors
    /// [`RunError`] when the text is no head of a version that this code knows.
    pub fn from_text(text: &str) -> Result<Self, RunError> {
        check_version(text)?;
        let kept: KeptHead<Self> = serde_json::from_str(text).map_err(damaged)?;
        Ok(kept.head)
    }
}

impl<T: Serialize> Run<T> {
    /// What the rows are about, as text.
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

    /// The whole run as texts.
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
    /// What became of the rows of a block, as text.
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

    /// Makes a run that was kept by a page this page's own: what ran has an unknown outcome, and a run that is not over starts nothing before
    /// its own Resume is pressed.
    #[must_use]
    pub fn taken_up(mut self) -> Self {
        self.was_in_flight = false;
        self.pause(Pause::Interrupted);
        self
    }
}

impl<T: DeserializeOwned> Run<T> {
    /// Reads a run. What ran when it was kept has an unknown outcome.
    ///
    /// # Errors
    /// [`RunError`] when the texts are no run of a version that this code knows.
    pub fn from_kept(kept: &KeptRun) -> Result<Self, RunError> {
        let head = Head::from_text(&kept.head)?;
        check_version(&kept.plan)?;
        let plan: Plan<Vec<Planned<T>>> = serde_json::from_str(&kept.plan).map_err(damaged)?;
        let mut run = Self::new(head, plan.rows);
        for (block, text) in &kept.blocks {
            run.read_block(*block, text)?;
        }
        if run.progress().is_over() {
            run.head.pause = None;
        }
        run.changed.clear();
        run.head_changed = false;
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
        // Started, and no page was there any more to take the answer.
        'r' | 'u' => RowState::Unknown,
        'd' => RowState::Done,
        'a' => RowState::AlreadySo,
        'f' => RowState::Failed(reason.unwrap_or_else(|| Reason::from(""))),
        's' => RowState::Skipped(because),
        _ => return None,
    })
}
