//! What is kept of a run beside its rows: short, and written only when the run starts, pauses, ends, or is dismissed.

use serde::{Deserialize, Serialize};

use super::purpose::Purpose;
use super::row::Progress;

/// Why a run starts nothing new.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Pause {
    /// The user pressed Pause.
    User,
    /// The page was reloaded or closed in its middle.
    Interrupted,
    /// The browser says that it is offline.
    Offline,
    /// Three calls in a row were lost.
    Unreachable,
    /// The API did not accept the token.
    Token,
    /// The API does not allow this with this token.
    Forbidden,
    /// The API asks for fewer calls.
    RateLimited,
    /// All that is left waits for rows whose outcome is unknown.
    Unknown,
    /// A reason that this release does not know.
    #[serde(other)]
    Other,
}

/// What is kept of a run beside its rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Head {
    /// Tells the run from every other one of this browser, and sorts them: the time of its start, in milliseconds since 1970-01-01 UTC.
    pub id: u64,
    /// What it is for.
    pub purpose: Purpose,
    /// Why it starts nothing new, if it does not.
    #[serde(default)]
    pub pause: Option<Pause>,
    /// Whether its results were dismissed from the bar.
    #[serde(default)]
    pub dismissed: bool,
    /// The run that this one takes back.
    #[serde(default)]
    pub undoes: Option<u64>,
    /// Whether it was taken back, wholly.
    #[serde(default)]
    pub undone: bool,
    /// How many rows were in which state when this was written.
    #[serde(default)]
    pub progress: Progress,
    /// Whether every change that it made can be taken back.
    #[serde(default)]
    pub can_undo: bool,
}

impl Head {
    /// The head of a new run.
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
        }
    }
}
