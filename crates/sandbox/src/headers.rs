//! The security headers of `deploy/headers.txt`, which every server of the panel sends.

use axum::http::{HeaderName, HeaderValue, header};

/// The headers that `deploy/` defines for every server of the panel, one on each line.
const SHARED: &str = include_str!("../../../deploy/headers.txt");

/// The directive for reports of violations. `report-uri` sends at once; with `report-to`, engines that support it
/// would wait up to a minute, and ignore `report-uri`.
const REPORTS: &str = "; report-uri /sandbox/violations";

/// Returns name and value of each header.
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
