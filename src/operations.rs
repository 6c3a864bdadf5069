//! The operations of the panel: single changes, bulk runs and undo. Nothing here renders.

pub mod addition;
pub mod bulk;
pub mod change;
pub mod plan;
pub mod present;
pub mod remember;
pub mod rename;
pub mod submit;
pub mod try_connect;
mod turn;
pub mod undo;
