//! The messages that a browser wrote to its console.

use crate::ports;

/// The messages so far, and the announced errors.
#[derive(Debug, Default)]
pub(crate) struct ConsoleLog {
    pub(crate) lines: Vec<String>,
    pub(crate) errors: Vec<String>,
    pub(crate) announced: Vec<String>,
}

impl ConsoleLog {
    /// Returns whether an error was not announced.
    pub(crate) fn is_unexpected(&self, error: &str) -> bool {
        let is_announced = self.announced.iter().any(|words| error.contains(words));
        !is_announced && !ports::is_of_an_ended_server(error)
    }
}
