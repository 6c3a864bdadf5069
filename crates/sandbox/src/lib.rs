//! The sandbox: the ChatWhizz Live Chat External API served from SQLite, with the panel beside it, so that everything can be run,
//! shown and tested without an account.
//!
//! It is written from the API reference alone and shares no types with `switchboard-api`, so that a mistake in one is caught by
//! the other. `docs/sandbox.md` tells how to use it.
//!
//! - `sandbox`: starting and stopping
//! - `server`: what stands at which path; `serving`, `connection`: who is listened to, and for how long
//! - `api`: the fourteen endpoints
//! - `store`: the database
//! - `demo`, `seed`: what is in it
//! - `widget`: the embed codes and what they load
//! - `panel`: the built panel
//! - `control`, `call_log`, `violations`: the `/sandbox` calls

mod api;
mod body_limit;
mod call_log;
mod connection;
mod control;
mod demo;
mod faults;
mod headers;
mod panel;
mod sandbox;
mod seed;
mod server;
mod serving;
mod state;
mod store;
mod violations;
mod widget;

pub use sandbox::{Limits, Options, Sandbox, StartError};
pub use store::{Database, OpenError};
