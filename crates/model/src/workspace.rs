//! The workspace: what the API cannot give back, kept in this browser. Known domains and their embed codes, for each organisation.
//!
//! Each known domain is one record under a key of its own, so that two tabs that add at once cannot overwrite each other, and one damaged
//! record cannot take the others along. What cannot be read is in quarantine under another key, never wiped.

mod addition;
mod disk;
mod epoch;
mod everything;
pub mod file;
pub mod import;
mod keys;
mod listing;
mod quarantine;
mod record;
mod rename;
mod store;
#[cfg(test)]
mod tabs;
#[cfg(test)]
pub(crate) mod test_support;
mod undo;

pub use addition::PendingAddition;
pub use disk::{DiskChange, Replicated, Watcher};
pub use epoch::{Epoch, Guarded, begin_forgetting, forget_everything, remove_all};
pub use everything::Everything;
pub use keys::{OrganisationKey, fingerprint};
pub use listing::Listing;
pub use quarantine::Quarantined;
pub use record::{CodeOrigin, HeldCode, KnownDomain, RecordError};
pub use rename::PendingRename;
pub use store::{KeyValue, StoreError, Workspace};
pub use undo::{ImportUndo, ImportUndone, undo_import};
