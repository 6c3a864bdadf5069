//! Journeys through the panel in a real browser, against the release build that the sandbox serves. `cargo xtask test journeys` runs them.

mod bad_answers;
mod connect;
mod domains;
mod embed_code;
mod hostile;
mod lost_answers;
mod navigation;
mod newcomer;
mod operators;
mod staying;
mod steps;
mod storage;
