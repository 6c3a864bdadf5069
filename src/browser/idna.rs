//! International domain names. The browser's own URL parser knows their rules, so that the tables need not be in the bundle.

use switchboard_api::DomainName;
use switchboard_model::unicode_domain::unicode_form;

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

/// Returns a domain name as people read it (`xn--bcher-kva.example` → `bücher.example`): for whatever is shown, never for a call, a file or
/// an address. A name that could be taken for another one stays in ASCII.
#[must_use]
pub fn readable(name: &DomainName) -> String {
    unicode(name).unwrap_or_else(|| name.to_string())
}

/// Returns the Unicode form of a name; `None` where it is shown in ASCII.
#[must_use]
pub fn unicode(name: &DomainName) -> Option<String> {
    unicode_form(name.as_str(), to_ascii)
}

/// Returns the ASCII form of a name that is shown in another one, as the detail beside it.
#[must_use]
pub fn ascii_detail(name: &DomainName) -> Option<String> {
    unicode(name).map(|_| name.to_string())
}
