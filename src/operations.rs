//! What the panel does for the user: one change, a run of many, an undo. Nothing here draws.

pub mod addition;
pub mod bulk;
pub mod change;
pub mod plan;
pub mod present;
pub mod remember;
pub mod rename;
pub mod submit;
pub mod try_connect;
pub mod undo;
