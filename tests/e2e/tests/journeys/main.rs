//! Journeys through the panel in a real browser, against the release build that the sandbox serves. `cargo xtask test journeys` runs them.

mod accessibility;
mod appearance;
mod bad_answers;
mod checks;
mod connect;
mod domain;
mod domains;
mod embed_code;
mod hostile;
mod lost_answers;
mod navigation;
mod newcomer;
mod operator;
mod operators;
mod operators_bulk;
mod operators_import;
mod operators_import_run;
mod operators_list;
mod staying;
mod steps;
mod storage;
mod tour;
