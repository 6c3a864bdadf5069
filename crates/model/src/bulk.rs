//! Bulk runs: lists of calls with one purpose, a few at a time, with a result for each row.
//!
//! A pure state machine. [`Run`] is one list, [`Queue`] schedules the runs, [`RunStore`] stores them. The panel
//! executes what the queue schedules and reports the outcomes. The outcome of every row is always known, or known to
//! be unknown.

mod answers;
mod breaker;
mod head;
mod kept;
mod legacy;
mod planned;
mod purpose;
mod queue;
mod reason;
mod row;
mod run;
mod store;
mod task;

pub use answers::{Answers, Look, Verdict, verdict};
pub use breaker::{Breaker, Reached};
pub use head::{Head, Pause};
pub use kept::{KeptRun, RunError};
pub use planned::Planned;
pub use purpose::Purpose;
pub use queue::{Queue, RunState};
pub use reason::Reason;
pub use row::{Inverse, Outcome, Progress, RowState};
pub use run::Run;
pub use store::{Loaded, RunStore};
pub use task::Task;
