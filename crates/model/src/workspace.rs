//! The workspace: what the API cannot return again, stored in this browser. It contains the known domains and their
//! embed codes, for each organisation.
//!
//! Each known domain is a record with its own key. So two tabs that add at once cannot overwrite each other, and a
//! damaged record does not affect the others. An unreadable record goes into quarantine under another key, where only
//! the user deletes it.

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
pub use quarantine::{Quarantined, RestoredRecord};
pub use record::{CodeOrigin, HeldCode, KnownDomain, RecordError};
pub use rename::PendingRename;
pub use store::{KeyValue, StoreError, Workspace};
pub use undo::{ImportUndo, ImportUndone, undo_import};
