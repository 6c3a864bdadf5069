//! What a run is for: the code behind its title.

use serde::{Deserialize, Serialize};

/// What a run is for. Stored as data; it becomes a sentence when it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Purpose {
    /// Operators are added, perhaps with their domains.
    Import {
        /// How many.
        operators: usize,
    },
    /// The addon is switched on.
    Activate {
        /// For how many.
        operators: usize,
    },
    /// The addon is switched off.
    Deactivate {
        /// For how many.
        operators: usize,
    },
    /// Operators are put on domains.
    PutOn {
        /// How many.
        operators: usize,
        /// On how many.
        domains: usize,
    },
    /// Operators are taken off domains.
    TakeOff {
        /// How many.
        operators: usize,
        /// Of how many.
        domains: usize,
    },
    /// Users are deleted.
    DeleteUsers {
        /// How many.
        users: usize,
    },
    /// Domains are deleted.
    DeleteDomains {
        /// How many.
        domains: usize,
    },
    /// Domains are looked up.
    LookUp {
        /// How many.
        domains: usize,
    },
    /// Several kinds of changes.
    Changes {
        /// How many.
        rows: usize,
    },
    /// Another run is taken back.
    Undo {
        /// What that one was for.
        of: Box<Purpose>,
    },
}
