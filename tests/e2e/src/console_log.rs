//! What a browser wrote to its console.

use crate::ports;

/// Holds what the console said so far, and what it may say.
#[derive(Debug, Default)]
pub(crate) struct ConsoleLog {
    pub(crate) lines: Vec<String>,
    pub(crate) errors: Vec<String>,
    pub(crate) announced: Vec<String>,
}

impl ConsoleLog {
    /// Returns whether no journey announced an error.
    pub(crate) fn is_unexpected(&self, error: &str) -> bool {
        let is_announced = self.announced.iter().any(|words| error.contains(words));
        !is_announced && !ports::is_of_an_ended_server(error)
    }
}
