//! What many journeys have in common.

/// The demo's organisation.
pub const ORGANISATION: &str = "Acme Outfitters";
