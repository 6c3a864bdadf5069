//! The sandbox through `switchboard-api` over real HTTP: each was written from the reference alone, so what one has wrong the
//! other tells. Every endpoint, in both encodings, when it works and when it is refused.

mod assignments;
mod domains;
mod operators;
mod requests;
mod transport;
