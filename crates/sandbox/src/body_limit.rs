//! The size limit for request bodies.

/// The maximum size of a request body, in bytes.
pub(crate) const BODY_LIMIT: usize = 1 << 20;
