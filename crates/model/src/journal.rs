//! The journal: the changes that were made in this browser, stored across reloads so that they can be reviewed and
//! undone.
//!
//! Each entry is a record with its own key, so that several tabs can write at once and none is lost. A run is an
//! entry too: the journal shows its stored form ([`crate::bulk::RunStore`]). The journal contains names and
//! addresses, never a token. The inverse of a change is recorded as data when the change is made, while the former
//! state is still known.

mod change;
mod entry;
pub mod export;
mod local;
mod runs;
mod store;
mod undo;

pub(crate) use change::text;
pub use change::{Change, DomainSettings, Switches};
pub use entry::{Entry, Seen, former_name, is_superseded, old_value, renamed_to, undoable};
pub use local::{CodeFacts, LocalChange, LocalEntry};
pub use runs::{RunEntry, Undoable, undoable_among};
pub(crate) use store::removed_up_to;
pub use store::{Journal, Recorded};
pub use undo::{Look, Present, Verdict, compare};
