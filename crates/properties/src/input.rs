//! Splits bytes into inputs.

use std::borrow::Cow;

/// Separates the inputs of one call. A text may contain any other character, and a seed with the separator is still a
/// text.
pub const PART: char = '\u{1E}';

/// Returns the bytes as text, with invalid UTF-8 replaced.
pub fn text(data: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(data)
}

/// Returns the texts of `N` parts. Missing ones are empty, and the last one contains the rest.
pub fn parts<const N: usize>(text: &str) -> [&str; N] {
    let mut parts = text.splitn(N, PART);
    std::array::from_fn(|_| parts.next().unwrap_or_default())
}

/// Converts names from other scripts as browsers do.
pub fn to_ascii(name: &str) -> Option<String> {
    idna::domain_to_ascii(name).ok()
}
