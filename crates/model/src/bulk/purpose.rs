//! The purpose of a run, from which its title is worded.

use serde::{Deserialize, Serialize};

/// The purpose of a run. Stored as data, and worded when it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Purpose {
    /// Adds operators, optionally with their domains.
    Import {
        /// The number of operators.
        operators: usize,
    },
    /// Switches the addon on.
    Activate {
        /// The number of operators.
        operators: usize,
    },
    /// Switches the addon off.
    Deactivate {
        /// The number of operators.
        operators: usize,
    },
    /// Assigns operators to domains.
    PutOn {
        /// The number of operators.
        operators: usize,
        /// The number of domains.
        domains: usize,
    },
    /// Removes operators from domains.
    TakeOff {
        /// The number of operators.
        operators: usize,
        /// The number of domains.
        domains: usize,
    },
    /// Deletes users.
    DeleteUsers {
        /// The number of users.
        users: usize,
    },
    /// Deletes domains.
    DeleteDomains {
        /// The number of domains.
        domains: usize,
    },
    /// Looks domains up.
    LookUp {
        /// The number of domains.
        domains: usize,
    },
    /// Makes several kinds of changes.
    Changes {
        /// The number of changes.
        rows: usize,
    },
    /// Undoes another run.
    Undo {
        /// The purpose of that run.
        of: Box<Purpose>,
    },
}
