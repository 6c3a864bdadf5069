//! The sandbox over real HTTP, as the reference describes the API and `docs/sandbox.md` the rest.

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
