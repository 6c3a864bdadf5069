//! Calls that are never answered.
