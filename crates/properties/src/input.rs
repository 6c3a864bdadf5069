//! Bytes taken apart.

use std::borrow::Cow;

/// Parts the inputs of one call. A text may hold any other character, and a seed with it is still a text.
pub const PART: char = '\u{1E}';

/// The bytes as text; what is no UTF-8 is replaced.
pub fn text(data: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(data)
}

/// The texts of `N` parts; those that are not there are empty, and the last one holds whatever follows.
pub fn parts<const N: usize>(text: &str) -> [&str; N] {
    let mut parts = text.splitn(N, PART);
    std::array::from_fn(|_| parts.next().unwrap_or_default())
}

/// Conversion from other scripts as browsers do it.
pub fn to_ascii(name: &str) -> Option<String> {
    idna::domain_to_ascii(name).ok()
}
