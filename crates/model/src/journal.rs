//! The journal: the changes that were made in this browser, stored across reloads so that they can be reviewed and
//! undone.
//!
//! Each entry is a record with its own key, so that several tabs can write at once and none is lost. A run is an
//! entry too: the journal shows its stored form ([`crate::bulk::RunStore`]). The journal contains names and
//! addresses, never a token. The inverse of a change is recorded as data when the change is made, while the former
//! state is still known.

mod change;
mod entry;
mod runs;
mod store;
mod undo;

pub(crate) use change::text;
pub use change::{Change, DomainSettings, Switches};
pub use entry::{Entry, Seen, renamed_to, undoable};
pub use runs::{RunEntry, Undoable, undoable_among};
pub use store::Journal;
pub use undo::{Look, Present, Verdict, compare};
