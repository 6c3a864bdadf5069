//! The journal: the changes that were made in this browser, kept across reloads so that they can be looked up and undone.
//!
//! Each entry is one record under a key of its own, so that several tabs write at once and none is lost. A run is an entry, too: what is
//! kept of it ([`crate::bulk::RunStore`]) is what the journal shows. It holds names and addresses,
//! never a token. What undoes a change is written down as data at the moment of the change, when what was there before is still known.

mod change;
mod entry;
pub mod export;
mod local;
mod runs;
mod store;
mod undo;

pub(crate) use change::text;
pub use change::{Change, DomainSettings, Switches};
pub use entry::{Entry, Seen, old_value, renamed_to, undoable};
pub use local::{CodeFacts, LocalChange, LocalEntry};
pub use runs::{RunEntry, Undoable, undoable_among};
pub(crate) use store::removed_up_to;
pub use store::{Journal, Recorded};
pub use undo::{Look, Present, Verdict, compare};
