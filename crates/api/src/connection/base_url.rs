//! The URL that every path of the API is appended to.

use std::fmt;
use std::str::FromStr;

/// The base URL of an organisation's API (ground rules, "base URL"): `http` or `https`, a host, optionally a port and
/// a path prefix.
///
/// Scheme and host are lower-cased, the scheme's default port is dropped, and the text always ends with one `/`. A
/// host in another script is kept as typed: the browser converts it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BaseUrl {
    text: String,
    /// The range of the host in `text`; a host with a colon keeps its brackets.
    host: (usize, usize),
    /// The end of the origin in `text`.
    origin: usize,
}

/// Why a text is not a base URL.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BaseUrlError {
    /// The text is empty.
    #[error("the base URL is empty")]
    Empty,
    /// The scheme is missing; with it, the rest is valid.
    #[error("the base URL has no scheme; did you mean {suggestion}?")]
    MissingScheme {
        /// The complete base URL.
        suggestion: String,
    },
    /// A scheme other than `http` and `https`.
    #[error("the scheme {0} is not supported, only http and https")]
    UnsupportedScheme(String),
    /// There is no host between the scheme and the path.
    #[error("the base URL names no host")]
    MissingHost,
    /// There is a user name or password before the host.
    #[error("the base URL holds a user name or password")]
    HasCredentials,
    /// There is a `?` or a `#`.
    #[error("the base URL holds a query or a fragment")]
    HasQueryOrFragment,
    /// White space, a control character, or one that cannot be part of a host.
    #[error("the base URL holds the character {0:?}")]
    InvalidCharacter(char),
    /// The text after the host's colon is not a number from 1 to 65535.
    #[error("the port is not a number from 1 to 65535")]
    InvalidPort,
}

impl BaseUrl {
    /// Returns the whole URL; it always ends with `/`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the URL of a path below this one, whether or not the path starts with `/`.
    #[must_use]
    pub fn join(&self, path: &str) -> String {
        format!("{}{}", self.text, path.trim_start_matches('/'))
    }

    /// Returns scheme, host and port without a slash at the end, as the browser compares them.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.text[..self.origin]
    }

    /// Returns the host with its port; leaves out the scheme's default port.
    #[must_use]
    pub fn authority(&self) -> &str {
        &self.text[self.host.0..self.origin]
    }

    /// Adds a missing scheme to a typed address: `http://` for this machine ([`Self::is_local`]), else `https://`. Returns `None` for a
    /// text that has a scheme already, or that is no base URL even with one.
    #[must_use]
    pub fn completed(typed: &str) -> Option<Self> {
        match typed.parse::<Self>() {
            Err(BaseUrlError::MissingScheme { suggestion }) => suggestion.parse().ok(),
            _ => None,
        }
    }

    /// Returns whether the host is this machine by a name to which a page may send a token over plain `http`
    /// (`connect-src` in `deploy/headers.txt`, which cannot name an IPv6 address).
    #[must_use]
    pub fn is_local(&self) -> bool {
        is_local(self.host())
    }

    /// Returns the host alone; an IPv6 address keeps its brackets.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.text[self.host.0..self.host.1]
    }
}

impl FromStr for BaseUrl {
    type Err = BaseUrlError;

    fn from_str(typed: &str) -> Result<Self, BaseUrlError> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(BaseUrlError::Empty);
        }
        let (scheme, rest) = split_scheme(typed)?;
        let (before_query, query) = rest.split_at(rest.find(['?', '#']).unwrap_or(rest.len()));
        let (authority, path) =
            before_query.split_at(before_query.find('/').unwrap_or(before_query.len()));
        if authority.contains('@') {
            return Err(BaseUrlError::HasCredentials);
        }
        let (host, port) = split_port(authority)?;
        check_host(host)?;
        if let Some(odd) = path.chars().find(|c| is_blank(*c) || *c == '\\') {
            return Err(BaseUrlError::InvalidCharacter(odd));
        }
        if !query.is_empty() {
            return Err(BaseUrlError::HasQueryOrFragment);
        }
        let port = match (scheme, port) {
            (_, None) | ("http", Some(80)) | ("https", Some(443)) => String::new(),
            (_, Some(port)) => format!(":{port}"),
        };
        let host_start = scheme.len() + "://".len();
        let origin = format!("{scheme}://{}{port}", host.to_ascii_lowercase());
        Ok(Self {
            host: (host_start, host_start + host.len()),
            origin: origin.len(),
            text: format!("{origin}{}/", path.trim_end_matches('/')),
        })
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Returns the scheme in lower case and the text after `://`.
fn split_scheme(typed: &str) -> Result<(&'static str, &str), BaseUrlError> {
    if let Some((scheme, rest)) = typed.split_once("://") {
        if is_scheme(scheme) {
            return match scheme.to_ascii_lowercase().as_str() {
                "http" => Ok(("http", rest)),
                "https" => Ok(("https", rest)),
                _ => Err(BaseUrlError::UnsupportedScheme(scheme.to_owned())),
            };
        }
        if scheme.is_empty() {
            return Err(missing_scheme("https", rest));
        }
    }
    match typed.split_once(':') {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("http") => {
            Err(missing_scheme("http", rest))
        }
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("https") => {
            Err(missing_scheme("https", rest))
        }
        // "localhost:8080" is a host with its port; "mailto:ada" is another scheme.
        Some((scheme, rest))
            if is_scheme(scheme)
                && !scheme.contains('.')
                && !rest.starts_with(|c: char| c.is_ascii_digit()) =>
        {
            Err(BaseUrlError::UnsupportedScheme(scheme.to_owned()))
        }
        _ => Err(missing_scheme(
            if is_local(host_of(typed.trim_start_matches('/'))) {
                "http"
            } else {
                "https"
            },
            typed,
        )),
    }
}

/// Returns the error that suggests `rest` with a scheme, or the other error in `rest` if it has one.
fn missing_scheme(scheme: &str, rest: &str) -> BaseUrlError {
    match BaseUrl::from_str(&format!("{scheme}://{}", rest.trim_start_matches('/'))) {
        Ok(suggestion) => BaseUrlError::MissingScheme {
            suggestion: suggestion.text,
        },
        Err(error) => error,
    }
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

/// Returns the host at the start of a text without a scheme.
fn host_of(text: &str) -> &str {
    text.split(['/', '?', '#', ':']).next().unwrap_or_default()
}

fn is_local(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || host == "127.0.0.1"
}

fn split_port(authority: &str) -> Result<(&str, Option<u16>), BaseUrlError> {
    let after_brackets = match authority.rfind(']') {
        Some(closing) => closing + 1,
        // An unclosed bracket is not an error of the port.
        None if authority.starts_with('[') => return Ok((authority, None)),
        None => 0,
    };
    let Some(colon) = authority[after_brackets..]
        .find(':')
        .map(|at| at + after_brackets)
    else {
        return Ok((authority, None));
    };
    let (host, digits) = (&authority[..colon], &authority[colon + 1..]);
    match digits.parse() {
        // `parse` alone would accept "+80".
        Ok(port) if port != 0 && digits.bytes().all(|b| b.is_ascii_digit()) => {
            Ok((host, Some(port)))
        }
        _ => Err(BaseUrlError::InvalidPort),
    }
}

fn check_host(host: &str) -> Result<(), BaseUrlError> {
    if host.chars().all(|c| c == '.') {
        return Err(BaseUrlError::MissingHost);
    }
    let odd = match host
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
    {
        Some("") => return Err(BaseUrlError::MissingHost),
        Some(address) => address
            .chars()
            .find(|c| !(c.is_ascii_hexdigit() || *c == ':' || *c == '.')),
        None => host
            .chars()
            .find(|c| is_blank(*c) || "\"%<>[\\]^`{|}".contains(*c)),
    };
    odd.map_or(Ok(()), |odd| Err(BaseUrlError::InvalidCharacter(odd)))
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}
