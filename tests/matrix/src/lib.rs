//! The fault matrix as data: where each of the fourteen calls is made, the faults, and what the panel has to show
//! then.
//!
//! Two suites run it. The journeys (`tests/e2e/tests/matrix`) drive the built panel in a browser, over real
//! connections. The component tests (`tests/components/matrix`) mount the application with answers made in the page.
//! Each is a [`Stage`]; the tables, the steps and the assertions are the same.
//!
//! - [`faults`]: the faults, and the required outcome of each
//! - [`screens`]: the steps that make each call, and what the page shows on success
//! - [`plan`]: which cells run in a browser
//! - [`cell`]: one call under one fault
//! - [`snapshot`]: the page at one moment

pub mod cell;
pub mod faults;
pub mod plan;
pub mod screens;
pub mod snapshot;

pub use cell::{Cell, Stage};
pub use faults::{Effect, Fault, Outcome};
pub use screens::{Call, Screen, Step};
pub use snapshot::PageSnapshot;
