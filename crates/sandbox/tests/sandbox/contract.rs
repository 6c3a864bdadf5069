//! Tests the sandbox through `switchboard-api` over real HTTP. Each was written from the reference alone, so each
//! reveals mistakes in the other. Covers every endpoint, in both encodings, with success and refusal.

mod assignments;
mod domains;
mod operators;
mod requests;
mod transport;
