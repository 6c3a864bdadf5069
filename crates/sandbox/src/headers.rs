//! The headers that keep a page within bounds: those of `deploy/headers.txt`, which every way to serve the panel shares.

use axum::http::{HeaderName, HeaderValue, header};

/// What `deploy/` gives to every server of the panel, a header a line.
const SHARED: &str = include_str!("../../../deploy/headers.txt");

/// Where browsers report what the policy forbade. Reports go out at once by `report-uri`; with `report-to`, engines that know it would
/// wait up to a minute, and leave this one out.
const REPORTS: &str = "; report-uri /sandbox/violations";

/// Name and value of each header.
pub(crate) fn shared() -> impl Iterator<Item = (HeaderName, HeaderValue)> {
    SHARED.lines().filter_map(|line| {
        let (name, value) = line.split_once(": ")?;
        let name: HeaderName = name.parse().ok()?;
        let value = if name == header::CONTENT_SECURITY_POLICY {
            format!("{value}{REPORTS}")
        } else {
            value.to_owned()
        };
        Some((name, value.parse().ok()?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_of_the_shared_headers_is_passed_over() {
        assert_eq!(shared().count(), SHARED.lines().count());
        assert!(shared().any(|(name, _)| name == header::CONTENT_SECURITY_POLICY));
    }
}
