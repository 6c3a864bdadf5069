//! The sandbox: the ChatWhizz Live Chat External API served from SQLite, with the panel beside it, so that everything
//! can be run, shown and tested without an account.
//!
//! It is written from the API reference alone and shares no types with `switchboard-api`, so that each can reveal
//! mistakes in the other. `docs/sandbox.md` describes its use.
//!
//! - `sandbox`: starts and stops it
//! - `server`: the routes; `serving`, `connection`: connections, timeouts and outages
//! - `api`: the fourteen endpoints
//! - `store`: the database
//! - `demo`, `seed`: its content
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
