//! Parses addresses in attributes and scripts, as far as comparing them requires.

use std::fmt;

use super::MOST;

/// The maximum length of an address. No server accepts a longer one, and without a limit every `//` in a long text
/// would claim the rest of it.
const LONGEST: usize = 8 * 1024;

/// The scheme of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scheme {
    /// `http`.
    Http,
    /// `https`.
    Https,
    /// `ws`: a web socket.
    Ws,
    /// `wss`: a web socket over TLS.
    Wss,
}

impl Scheme {
    const ALL: [Self; 4] = [Self::Https, Self::Http, Self::Wss, Self::Ws];

    /// Returns the scheme as written, without its colon.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
            Self::Ws => "ws",
            Self::Wss => "wss",
        }
    }

    fn default_port(self) -> u16 {
        match self {
            Self::Http | Self::Ws => 80,
            Self::Https | Self::Wss => 443,
        }
    }

    /// Returns the scheme at the end of the text, if it is a separate word followed by its colon.
    fn ending(text: &str) -> Option<Self> {
        let before_colon = text.strip_suffix(':')?.as_bytes();
        Self::ALL.into_iter().find(|scheme| {
            let name = scheme.as_str();
            let Some(start) = before_colon.len().checked_sub(name.len()) else {
                return false;
            };
            before_colon[start..].eq_ignore_ascii_case(name.as_bytes())
                && !before_colon[..start]
                    .last()
                    .is_some_and(u8::is_ascii_alphanumeric)
        })
    }
}

impl fmt::Display for Scheme {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// A parsed address. Fragments are left out, because they are not sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    /// `None` for an address that uses the page's own scheme.
    pub(super) scheme: Option<Scheme>,
    /// In lower case; `None` for an address on the page's own host.
    pub(super) host: Option<String>,
    /// `None` for the scheme's default port.
    pub(super) port: Option<u16>,
    /// From its first `/`, or unchanged if there is no host.
    pub(super) path: String,
    /// The text between the `?` and the `#`.
    pub(super) query: String,
    /// Whether it has a user or a password. Browsers do not load such an address into a page.
    pub(super) has_credentials: bool,
}

impl Address {
    /// Parses an address whose character references are decoded. Returns `None` for one that loads nothing, such as
    /// `#top` and `data:`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        // Browsers remove these characters anywhere in an address.
        let cleaned: String = text
            .trim()
            .chars()
            .filter(|c| !matches!(c, '\t' | '\n' | '\r'))
            .collect();
        let without_fragment = cleaned.split('#').next().unwrap_or_default();
        if without_fragment.is_empty() {
            return None;
        }
        let (before_query, _) = split_query(without_fragment);
        let starts = |with: &str| {
            let start = before_query.get(..with.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(with))
        };
        let slashed;
        let without_fragment = if before_query.contains('\\')
            && ["http:", "https:", "//", r"\\"].into_iter().any(starts)
        {
            let query = &without_fragment[before_query.len()..];
            slashed = format!("{}{query}", before_query.replace('\\', "/"));
            slashed.as_str()
        } else {
            without_fragment
        };
        if let Some((before, rest)) = without_fragment.split_once("//") {
            let scheme = Scheme::ending(before);
            let starts_here = match scheme {
                Some(scheme) => before.len() == scheme.as_str().len() + 1,
                None => before.is_empty(),
            };
            if starts_here {
                return Self::after_slashes(scheme, rest);
            }
        }
        let has_other_scheme = without_fragment
            .split_once(':')
            .is_some_and(|(scheme, _)| !scheme.contains(['/', '?', '.']));
        if has_other_scheme {
            return None;
        }
        let (path, query) = split_query(without_fragment);
        Some(Self {
            scheme: None,
            host: None,
            port: None,
            path: path.to_owned(),
            query: query.to_owned(),
            has_credentials: false,
        })
    }

    fn after_slashes(scheme: Option<Scheme>, rest: &str) -> Option<Self> {
        let (authority, tail) =
            rest.split_at(rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len()));
        let (user, host_and_port) = authority.rsplit_once('@').unwrap_or(("", authority));
        let (host, port) = split_port(host_and_port);
        let host = host.trim_end_matches('.');
        if !is_host(host) {
            return None;
        }
        let (path, query) = split_query(tail);
        Some(Self {
            scheme,
            host: Some(host.to_lowercase()),
            port: port.filter(|port| match scheme {
                Some(scheme) => scheme.default_port() != *port,
                None => ![80, 443].contains(port),
            }),
            path: without_dots(path),
            query: query.to_owned(),
            has_credentials: !matches!(user, "" | ":"),
        })
    }

    /// Returns whether both name the same file, whatever their parameters and scheme: a site may have changed the
    /// scheme to its own.
    pub(super) fn same_file(&self, other: &Self) -> bool {
        !other.has_credentials
            && self.host == other.host
            && self.port == other.port
            && self.path == other.path
    }

    /// Returns whether the other address has every parameter of this one. A content management system adds some of
    /// its own, such as `ver=6.5`. Of several parameters with one name, servers mostly take the first.
    pub(super) fn parameters_are_in(&self, other: &Self) -> bool {
        fn parameters(address: &Address) -> impl Iterator<Item = &str> {
            let parameters = address.query.split('&');
            parameters.filter(|parameter| !parameter.is_empty())
        }
        let ours: Vec<&str> = parameters(self).take(MOST).collect();
        ours.iter().enumerate().all(|(at, parameter)| {
            let is_like = |other: &&str| name_of(other) == name_of(parameter);
            let before = ours[..at].iter().filter(|other| is_like(other)).count();
            parameters(other).filter(is_like).nth(before) == Some(parameter)
        })
    }

    /// Returns the text that a script must contain to load this address: all of it except the scheme.
    pub(super) fn needle(&self) -> String {
        let host = self.host.as_deref().unwrap_or_default();
        let port = self.port.map(|port| format!(":{port}")).unwrap_or_default();
        let mark = if self.query.is_empty() { "" } else { "?" };
        format!("{host}{port}{}{mark}{}", self.path, self.query)
    }
}

/// Returns the addresses with a host in a script or any other text: those with a scheme, and those of the form
/// `"//host…` in quotation marks.
pub(super) fn addresses_in(text: &str) -> Vec<Address> {
    let text = text.replace("\\/", "/");
    let mut found = Vec::new();
    let mut end = 0;
    for (at, _) in text.match_indices("//") {
        let before = &text[..at];
        let scheme = Scheme::ending(before);
        let is_quoted = before.ends_with(['"', '\'', '`', '(', '=']);
        if scheme.is_none() && !is_quoted {
            continue;
        }
        let start = at + 2;
        // Skip positions inside the previous address.
        if end < start {
            let ends = |c: char| c.is_whitespace() || "\"'`<>(){}|^,;".contains(c);
            end = text[start..]
                .find(ends)
                .map_or(text.len(), |length| start + length);
        }
        let rest = &text[start..end];
        if rest.len() > LONGEST {
            continue;
        }
        // Without a scheme it may be a comment, so a host must contain a dot.
        if let Some(address) = Address::after_slashes(scheme, rest)
            && (scheme.is_some()
                || address
                    .host
                    .as_deref()
                    .is_some_and(|host| host.contains('.')))
            && !is_cut_by_script(rest)
        {
            found.push(address);
            if found.len() == MOST {
                break;
            }
        }
    }
    found
}

/// Returns whether the script concatenates the host: `"https://cdn." + name`.
fn is_cut_by_script(rest: &str) -> bool {
    rest.ends_with('.') && !rest.contains('/')
}

/// Returns the name of a parameter.
fn name_of(parameter: &str) -> &str {
    parameter.split('=').next().unwrap_or(parameter)
}

/// Returns a path from its first `/` without segments of dots, as browsers request it.
fn without_dots(path: &str) -> String {
    let mut segments = Vec::new();
    let mut rest = path.split('/').skip(1).peekable();
    while let Some(segment) = rest.next() {
        let is_last = rest.peek().is_none();
        match segment {
            "." if is_last => segments.push(""),
            "." => {}
            ".." => {
                segments.pop();
                segments.extend(is_last.then_some(""));
            }
            segment => segments.push(segment),
        }
    }
    format!("/{}", segments.join("/"))
}

fn split_query(text: &str) -> (&str, &str) {
    let text = text.split('#').next().unwrap_or_default();
    text.split_once('?').unwrap_or((text, ""))
}

fn split_port(authority: &str) -> (&str, Option<u16>) {
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => match port.parse() {
            Ok(port) => (host, Some(port)),
            Err(_) if port.is_empty() => (host, None),
            Err(_) => (authority, None),
        },
        _ => (authority, None),
    }
}

fn is_host(host: &str) -> bool {
    let inside = host
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    match inside {
        Some(v6) => {
            v6.contains(':')
                && v6
                    .chars()
                    .all(|c| c.is_ascii_hexdigit() || ":.".contains(c))
        }
        None => {
            host.chars().any(char::is_alphanumeric)
                && !host.starts_with('.')
                && host
                    .chars()
                    .all(|c| c.is_alphanumeric() || "-._".contains(c))
        }
    }
}

#[cfg(test)]
mod tests;
