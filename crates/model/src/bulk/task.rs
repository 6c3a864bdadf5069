//! What a row of a bulk run does.

use serde::{Deserialize, Serialize};
use switchboard_api::DomainName;

use crate::journal::Change;

/// One call of a bulk run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Task {
    /// A write.
    Change(Change),
    /// Endpoint 7: is there such a domain? It is known in this browser from then on.
    LookUp {
        /// Which.
        #[serde(with = "crate::journal::text")]
        domain: DomainName,
    },
}

impl From<Change> for Task {
    fn from(change: Change) -> Self {
        Self::Change(change)
    }
}
