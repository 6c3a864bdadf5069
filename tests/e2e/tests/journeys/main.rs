//! Journeys through the panel in a real browser, against the release build that the sandbox serves. `cargo xtask test journeys` runs them.

mod accessibility;
mod bad_answers;
mod checks;
mod connect;
mod domains;
mod embed_code;
mod hostile;
mod lost_answers;
mod navigation;
mod newcomer;
mod operators;
mod screens;
mod staying;
mod steps;
mod storage;
mod tour;
