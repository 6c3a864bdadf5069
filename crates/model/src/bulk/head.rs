//! The head of a run: its data besides the rows. Short, and written only when the run starts, pauses, ends, or is
//! dismissed.

use serde::{Deserialize, Serialize};

use super::purpose::Purpose;
use super::row::Progress;

/// Why a run starts nothing new.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Pause {
    /// The user pressed Pause.
    User,
    /// The page was reloaded or closed during the run.
    Interrupted,
    /// The browser says that it is offline.
    Offline,
    /// Three calls in a row were lost.
    Unreachable,
    /// The user disconnected in another tab.
    Disconnected,
    /// The API did not accept the token.
    Token,
    /// The API forbids the call for this token.
    Forbidden,
    /// The API limits the rate of calls.
    RateLimited,
    /// All remaining rows wait for rows whose outcome is unknown.
    Unknown,
    /// A reason that this release does not know.
    #[serde(other)]
    Other,
}

/// The data of a run besides its rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Head {
    /// The unique id of the run in this browser, by which runs are sorted: the time of its start, in milliseconds
    /// since 1970-01-01 UTC.
    pub id: u64,
    /// What the run does.
    pub purpose: Purpose,
    /// Why it is paused, if it is.
    #[serde(default)]
    pub pause: Option<Pause>,
    /// Whether the user has closed its results in the bar.
    #[serde(default)]
    pub dismissed: bool,
    /// The run that this one undoes.
    #[serde(default)]
    pub undoes: Option<u64>,
    /// Whether it was undone completely.
    #[serde(default)]
    pub undone: bool,
    /// The number of rows in each state when this was written.
    #[serde(default)]
    pub progress: Progress,
    /// Whether it can be undone, except for the changes in `not_restored`.
    #[serde(default)]
    pub can_undo: bool,
    /// The number of changes that undoing it leaves as they are; 0 if it cannot be undone.
    #[serde(default)]
    pub not_restored: usize,
}

impl Head {
    /// Returns the head of a new run.
    #[must_use]
    pub fn new(id: u64, purpose: Purpose) -> Self {
        Self {
            id,
            purpose,
            pause: None,
            dismissed: false,
            undoes: None,
            undone: false,
            progress: Progress::default(),
            can_undo: false,
            not_restored: 0,
        }
    }
}
