//! Nothing: the features in `Cargo.toml` are what this crate is for.
