//! Journeys through the panel in a real browser, against the release build that the sandbox serves. `cargo xtask test journeys` runs them.

mod accessibility;
mod activity;
mod appearance;
mod bad_answers;
mod changes;
mod checks;
mod connect;
mod domain;
mod domains;
mod embed_code;
mod endpoints;
mod hostile;
mod keyboard;
mod lost_answers;
mod navigation;
mod newcomer;
mod operator;
mod operators;
mod page_calls;
mod settings;
mod settings_workspace;
mod shell;
mod staying;
mod steps;
mod storage;
mod tour;
