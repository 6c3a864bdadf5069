//! Computes the integrity metadata by which a page and the service worker identify a file.

use base64::Engine;
use sha2::{Digest, Sha384};

/// Returns the value of an `integrity` attribute for a file with this text.
#[must_use]
pub fn integrity(text: &str) -> String {
    let hash = Sha384::digest(text.as_bytes());
    let hash = base64::engine::general_purpose::STANDARD.encode(hash);
    format!("sha384-{hash}")
}
