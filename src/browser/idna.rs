//! Converts international host names with the browser's own URL parser, so that the bundle needs no tables.

/// Returns a host name in its ASCII form (`bücher.example` → `xn--bcher-kva.example`); `None` if it is no host.
#[must_use]
pub fn to_ascii(host: &str) -> Option<String> {
    if host.contains(['/', '?', '#', '@', '\\', ':']) {
        return None;
    }
    let url = web_sys::Url::new(&format!("http://{host}/")).ok()?;
    // Some browsers accept invalid characters and percent-encode them: "a b" becomes "a%20b".
    let is_host = |host: &String| !host.is_empty() && !host.contains('%');
    Some(url.hostname()).filter(is_host)
}
