//! The API base URL of an organisation as one segment of a path, and back.
//!
//! | base URL | segment |
//! | --- | --- |
//! | `https://acme.chatwhizz.com/` | `acme.chatwhizz.com` |
//! | `http://127.0.0.1:8080/` | `127.0.0.1:8080` |
//! | `https://api.example/tools/chat/` | `api.example~tools~chat` |
//! | `http://192.168.1.5/` | `http:192.168.1.5` |
//! | `https://chat/` | `https:chat` |
//!
//! The scheme is left out if [`BaseUrl`] itself suggests it: `http` on this machine, `https` everywhere else. `~`
//! replaces a slash. Every ASCII character that is neither a letter, a digit, nor one of `-._:[]` becomes `!` with
//! its code in hexadecimal. A server, a proxy or the router may decode or re-encode percent escapes in transit, and
//! this form survives that.

use switchboard_api::{BaseUrl, BaseUrlError};

/// The prefixes of the names of the panel's own files. `deploy/_headers` recognises the files by them and lets
/// browsers cache them for a year. No page may have such a path, so an organisation with such a host keeps its scheme
/// in the segment.
const FILES: [&str; 6] = [
    "chunk_",
    "favicon-",
    "first-",
    "main-",
    "split_",
    "switchboard-",
];

/// Returns the segment for a base URL, not yet percent-encoded.
pub(super) fn to_segment(base_url: &BaseUrl) -> String {
    let (scheme, rest) = base_url
        .as_str()
        .split_once("://")
        .unwrap_or(("https", base_url.as_str()));
    let rest = rest.trim_end_matches('/');
    let names_itself = suggested(rest).as_ref() == Some(base_url)
        && looks_like_a_host(rest)
        && !FILES.iter().any(|file| rest.starts_with(file));
    let segment = escape(rest);
    if names_itself {
        segment
    } else {
        format!("{scheme}:{segment}")
    }
}

/// Parses a percent-decoded segment. Returns `None` if it names no organisation: the name of a page has neither dot
/// nor colon.
pub(super) fn from_segment(segment: &str) -> Option<BaseUrl> {
    let text = unescape(segment)?;
    let explicit = ["http", "https"].into_iter().find_map(|scheme| {
        let rest = text.strip_prefix(scheme)?.strip_prefix(':')?;
        format!("{scheme}://{rest}").parse().ok()
    });
    if explicit.is_some() || !looks_like_a_host(&text) {
        return explicit;
    }
    suggested(&text)
}

/// Returns the base URL if the segment has no scheme.
fn suggested(rest: &str) -> Option<BaseUrl> {
    match rest.parse::<BaseUrl>() {
        Err(BaseUrlError::MissingScheme { suggestion }) => suggestion.parse().ok(),
        Ok(_) | Err(_) => None,
    }
}

/// Returns whether host and port cannot be mistaken for the name of a page.
fn looks_like_a_host(rest: &str) -> bool {
    let authority = rest.split('/').next().unwrap_or_default();
    authority.contains(['.', ':'])
}

fn escape(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '/' => out.push('~'),
            '-' | '.' | '_' | ':' | '[' | ']' => out.push(letter),
            _ if letter.is_ascii_alphanumeric() || !letter.is_ascii() => out.push(letter),
            _ => {
                let _ = write!(out, "!{:02X}", u32::from(letter));
            }
        }
    }
    out
}

/// Replaces the `!` escapes. Returns `None` if a `!` is not followed by the code of an ASCII character.
fn unescape(segment: &str) -> Option<String> {
    let mut pieces = segment.split('!');
    let mut out = pieces.next()?.replace('~', "/");
    for piece in pieces {
        let code = u8::from_str_radix(piece.get(..2)?, 16).ok()?;
        if !code.is_ascii() {
            return None;
        }
        out.push(char::from(code));
        out.push_str(&piece[2..].replace('~', "/"));
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base_url(text: &str) -> BaseUrl {
        text.parse().expect("a base URL of the test")
    }

    #[test]
    fn base_url_survives_a_round_trip_as_segment() {
        for (url, segment) in [
            ("https://acme.chatwhizz.com/", "acme.chatwhizz.com"),
            (
                "https://acme.chatwhizz.com:8443/",
                "acme.chatwhizz.com:8443",
            ),
            ("http://acme.chatwhizz.com/", "http:acme.chatwhizz.com"),
            ("http://127.0.0.1:8080/", "127.0.0.1:8080"),
            ("https://127.0.0.1:8080/", "https:127.0.0.1:8080"),
            ("http://localhost:8080/", "localhost:8080"),
            ("http://localhost/", "http:localhost"),
            ("http://[::1]:8080/", "http:[::1]:8080"),
            ("https://[2001:db8::1]/", "[2001:db8::1]"),
            ("https://chat/", "https:chat"),
            ("https://chat:8443/", "chat:8443"),
            ("https://operators/", "https:operators"),
            ("https://http:8080/", "https:http:8080"),
            ("http://https:8080/", "http:https:8080"),
            ("https://api.example/tools/chat/", "api.example~tools~chat"),
            ("https://chat/v1.0/", "https:chat~v1.0"),
            ("https://api.example//a//b/", "api.example~~a~~b"),
            ("https://api.example/~ada/", "api.example~!7Eada"),
            ("https://api.example/a%20b!/", "api.example~a!2520b!21"),
            ("https://api.example/a://b/", "api.example~a:~~b"),
            ("https://bücher.example/ü/", "bücher.example~ü"),
            ("https://a!b~c.example/", "a!21b!7Ec.example"),
            ("https://main-street.example/", "https:main-street.example"),
        ] {
            let url = base_url(url);
            assert_eq!(to_segment(&url), segment, "{url}");
            assert_eq!(from_segment(segment), Some(url), "{segment}");
        }
    }

    #[test]
    fn no_two_organisations_share_a_segment() {
        let hosts = [
            "a.example",
            "http",
            "https",
            "localhost",
            "a~b",
            "operators",
        ];
        let ports = ["", ":80", ":443", ":8080"];
        let paths = ["", "/a", "/a~b", "/a/b", "/!7E", "//", "/http:"];
        let mut seen = std::collections::BTreeMap::new();
        for scheme in ["http", "https"] {
            for host in hosts {
                for port in ports {
                    for path in paths {
                        let url = base_url(&format!("{scheme}://{host}{port}{path}"));
                        let segment = to_segment(&url);
                        assert_eq!(from_segment(&segment).as_ref(), Some(&url), "{segment}");
                        let other = seen.insert(segment.clone(), url.clone());
                        assert!(other.is_none_or(|other| other == url), "{segment}");
                    }
                }
            }
        }
    }

    #[test]
    fn segment_without_organisation_is_refused() {
        for segment in [
            "",
            "operators",
            "nowhere",
            "!",
            "a.example!",
            "a.example!G1",
            "a.example!FF",
            "..",
            "a b.example",
            "ada@acme.example",
            "ftp:acme.example",
            "http:",
            "a.example:0",
        ] {
            assert_eq!(from_segment(segment), None, "{segment}");
        }
    }

    #[test]
    fn page_path_never_looks_like_a_cached_file() {
        let headers = include_str!("../../deploy/_headers");
        let kept = headers
            .lines()
            .filter_map(|line| line.strip_prefix('/')?.strip_suffix('*'))
            .filter(|prefix| !prefix.is_empty());
        for prefix in kept {
            assert!(FILES.contains(&prefix), "{prefix}");
            let url = base_url(&format!("https://{prefix}street.example/"));
            assert!(!to_segment(&url).starts_with(prefix), "{url}");
        }
    }
}
