//! Empty: the crate exists for the features in `Cargo.toml`.
