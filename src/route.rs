//! Every URL of the panel, both ways. No other file knows a path.
//!
//! The first segment names the organisation ([`Address`]), so that a link in a new tab, a bookmark and a link in an e-mail lead to the same
//! organisation again. [`Route::href`] puts the organisation of this tab in front: whatever shows links need not know it.

mod full_address;
mod organisation_segment;

use switchboard_api::{DomainName, Email};

pub use full_address::{Address, enter, organisation_in, safe_next};

/// One page of the panel, with what its path names behind the organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// `/`: the way in, which leads on to the organisation or to the connection.
    Home,
    /// `/connect`: who to connect as. Never behind an organisation.
    Connect,
    /// `/organisation`.
    Organisation,
    /// `/operators`: the list; its search lives in the query.
    Operators,
    /// `/operators/:email`: one operator.
    Operator(Email),
    /// `/domains`: the known domains.
    Domains,
    /// `/domains/new`.
    AddDomain,
    /// `/domains/:name`: one domain.
    Domain(DomainName),
    /// `/domains/:name/embed`: the embed code of one domain.
    Embed(DomainName),
    /// `/activity`: the calls of this session and the changes made in this browser.
    Activity,
    /// `/settings`.
    Settings,
    /// Anything else: the path that was asked for.
    NotFound(String),
}

/// The query parameter of `/connect` that says where to go once connected.
pub const NEXT: &str = "next";

/// The query parameter of a list that holds what is searched for.
pub const SEARCH: &str = "q";

/// The query parameter of `/domains/new` that prefills the domain.
pub const DOMAIN: &str = "domain";

impl Route {
    /// Reads the decoded segments of `path` behind the organisation. Never fails: what is no page is [`Route::NotFound`].
    fn parse(segments: &[&str], path: &str) -> Self {
        match segments {
            [] => Self::Home,
            ["connect"] => Self::Connect,
            ["organisation"] => Self::Organisation,
            ["operators"] => Self::Operators,
            ["operators", email] => match email.parse() {
                Ok(email) => Self::Operator(email),
                Err(_) => Self::NotFound(path.to_owned()),
            },
            ["domains"] => Self::Domains,
            ["domains", "new"] => Self::AddDomain,
            ["domains", name] => match name.parse() {
                Ok(name) => Self::Domain(name),
                Err(_) => Self::NotFound(path.to_owned()),
            },
            ["domains", name, "embed"] => match name.parse() {
                Ok(name) => Self::Embed(name),
                Err(_) => Self::NotFound(path.to_owned()),
            },
            ["activity"] => Self::Activity,
            ["settings"] => Self::Settings,
            _ => Self::NotFound(path.to_owned()),
        }
    }

    /// The path of this page in the organisation of this tab, as it goes into a link.
    #[must_use]
    pub fn href(&self) -> String {
        Address::here(self.clone()).href()
    }

    /// The path behind the organisation.
    fn path(&self) -> String {
        match self {
            Self::Home => "/".to_owned(),
            Self::Connect => "/connect".to_owned(),
            Self::Organisation => "/organisation".to_owned(),
            Self::Operators => "/operators".to_owned(),
            Self::Operator(email) => format!("/operators/{}", encode(email.as_str())),
            Self::Domains => "/domains".to_owned(),
            Self::AddDomain => "/domains/new".to_owned(),
            Self::Domain(name) => format!("/domains/{}", encode(name.as_str())),
            Self::Embed(name) => format!("/domains/{}/embed", encode(name.as_str())),
            Self::Activity => "/activity".to_owned(),
            Self::Settings => "/settings".to_owned(),
            Self::NotFound(path) => path.clone(),
        }
    }

    /// The path with one query parameter; the bare path when the value is empty.
    #[must_use]
    pub fn href_with(&self, parameter: &str, value: &str) -> String {
        self.href_with_all(&[(parameter, value)])
    }

    /// The path with query parameters; those whose value is empty are left out.
    #[must_use]
    pub fn href_with_all(&self, parameters: &[(&str, &str)]) -> String {
        let mut href = self.href();
        let given = parameters.iter().filter(|(_, value)| !value.is_empty());
        for (index, (name, value)) in given.enumerate() {
            href.push(if index == 0 { '?' } else { '&' });
            href.push_str(name);
            href.push('=');
            href.push_str(&encode(value));
        }
        href
    }

    /// Whether the page can be shown with no connection.
    #[must_use]
    pub fn is_public(&self) -> bool {
        matches!(self, Self::Connect | Self::NotFound(_))
    }

    /// The page of the main navigation that this one belongs to.
    #[must_use]
    pub fn section(&self) -> Option<Self> {
        match self {
            Self::Organisation => Some(Self::Organisation),
            Self::Operators | Self::Operator(_) => Some(Self::Operators),
            Self::Domains | Self::AddDomain | Self::Domain(_) | Self::Embed(_) => {
                Some(Self::Domains)
            }
            Self::Activity => Some(Self::Activity),
            Self::Settings => Some(Self::Settings),
            Self::Home | Self::Connect | Self::NotFound(_) => None,
        }
    }
}

/// Percent-encodes everything but RFC 3986's unreserved characters.
pub fn encode(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(byte))
            }
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// Undoes percent-encoding; what is no valid escape stays as it is.
fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escaped = (bytes[at] == b'%')
            .then(|| bytes.get(at + 1..at + 3))
            .flatten();
        match escaped
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok())
        {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests;
