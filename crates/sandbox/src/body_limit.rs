//! The limit on the bodies of requests.

/// The largest body that a request may have, in bytes.
pub(crate) const BODY_LIMIT: usize = 1 << 20;
