//! Tests the sandbox over real HTTP, as described by the reference and `docs/sandbox.md`.

mod assignments;
mod client;
mod contract;
mod control;
mod domains;
mod faults;
mod guard;
mod kill;
mod limits;
mod operators;
mod organisation;
mod panel;
mod persistence;
mod program;
mod requests;
mod token;
mod traversal;
mod violations;
mod widget;
