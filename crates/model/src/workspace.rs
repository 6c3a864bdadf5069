//! The workspace: what the API cannot give back, kept in this browser. Known domains and their embed codes, for each organisation.
//!
//! Each known domain is one record under a key of its own, so that two tabs that add at once cannot overwrite each other, and one damaged
//! record cannot take the others along. What cannot be read is set aside under another key, never wiped.

mod addition;
mod aside;
mod disk;
#[cfg(test)]
mod disk_tests;
mod everything;
pub mod file;
pub mod import;
mod keys;
mod record;
mod rename;
mod store;
#[cfg(test)]
mod tabs;
#[cfg(test)]
mod tabs_tests;
#[cfg(test)]
pub(crate) mod test_support;

pub use addition::PendingAddition;
pub use aside::SetAside;
pub use disk::{DiskChange, Mirrored, Watcher};
pub use everything::{Everything, forget_everything};
pub use keys::OrganisationKey;
pub use record::{CodeOrigin, HeldCode, KnownDomain, RecordError};
pub use rename::PendingRename;
pub use store::{KeyValue, Listing, StoreError, Workspace};
