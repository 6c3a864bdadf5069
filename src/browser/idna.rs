//! The browser's own URL parser, which knows the rules for international host names: so that their tables need not be in the bundle.

/// A host name in its ASCII form (`bücher.example` → `xn--bcher-kva.example`). None when it is no host.
#[must_use]
pub fn to_ascii(host: &str) -> Option<String> {
    if host.contains(['/', '?', '#', '@', '\\', ':']) {
        return None;
    }
    let url = web_sys::Url::new(&format!("http://{host}/")).ok()?;
    // Some browsers let through what no host name holds, percent-encoded: "a b" becomes "a%20b".
    let is_host = |host: &String| !host.is_empty() && !host.contains('%');
    Some(url.hostname()).filter(is_host)
}
