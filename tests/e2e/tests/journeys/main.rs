//! Journeys through the panel in a real browser, against the release build that the sandbox serves. `cargo xtask test journeys` runs them.

mod connect;
mod embed_code;
mod newcomer;
mod staying;
mod steps;
