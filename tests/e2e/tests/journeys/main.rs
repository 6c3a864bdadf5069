//! Journeys through the panel in a real browser, against the release build that the sandbox serves. `cargo xtask test journeys` runs them.

mod accessibility;
mod appearance;
mod bad_answers;
mod checks;
mod connect;
mod domain;
mod domains;
mod embed_check;
mod embed_code;
mod embed_elsewhere;
mod embed_hand_over;
mod hostile;
mod import_list;
mod known_domains;
mod known_domains_asked;
mod lost_answers;
mod navigation;
mod newcomer;
mod operator;
mod operators;
mod staying;
mod steps;
mod storage;
mod tour;
