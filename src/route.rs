//! The URLs of the panel, parsed and formatted. No other file knows a path.
//!
//! The first segment names the organisation ([`Address`]), so that a link in a new tab, a bookmark and a link in an
//! e-mail lead to the same organisation again. [`Route::href`] prepends the organisation of this tab, so that callers
//! need not know it.

mod full_address;
mod organisation_segment;

use switchboard_api::{DomainName, Email};

use crate::browser::idna::to_ascii;
pub use full_address::{Address, enter, organisation_in, safe_next};

/// One page of the panel, with what its path names after the organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// `/`: the entry, which redirects to the organisation or to the connection.
    Home,
    /// `/connect`: the choice of the connection. Never below an organisation.
    Connect,
    /// `/organisation`.
    Organisation,
    /// `/operators`: the list; its search is in the query.
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
    /// Any other path.
    NotFound(String),
}

/// The query parameter of `/connect` that says where to go once connected.
pub const NEXT: &str = "next";

/// The query parameter of a list that contains its search text.
pub const SEARCH: &str = "q";

/// The query parameter of `/domains/new` that prefills the domain.
pub const DOMAIN: &str = "domain";

impl Route {
    /// Parses the decoded segments of `path` after the organisation. Never fails: any other path is
    /// [`Route::NotFound`].
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
            ["domains", name] => match domain_of(name) {
                Some(name) => Self::Domain(name),
                None => Self::NotFound(path.to_owned()),
            },
            ["domains", name, "embed"] => match domain_of(name) {
                Some(name) => Self::Embed(name),
                None => Self::NotFound(path.to_owned()),
            },
            ["activity"] => Self::Activity,
            ["settings"] => Self::Settings,
            _ => Self::NotFound(path.to_owned()),
        }
    }

    /// Returns the path of this page in the organisation of this tab, for use in a link.
    #[must_use]
    pub fn href(&self) -> String {
        Address::here(self.clone()).href()
    }

    /// Returns the path after the organisation.
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

    /// Returns the path with one query parameter, or without it if the value is empty.
    #[must_use]
    pub fn href_with(&self, parameter: &str, value: &str) -> String {
        self.href_with_all(&[(parameter, value)])
    }

    /// Returns the path with query parameters; leaves out those whose value is empty.
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

    /// Returns whether the page can be shown without a connection.
    #[must_use]
    pub fn is_public(&self) -> bool {
        matches!(self, Self::Connect | Self::NotFound(_))
    }

    /// Returns the page of the main navigation that this one belongs to.
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

/// Returns the domain that a segment names: people type an address in upper case or with umlauts.
fn domain_of(segment: &str) -> Option<DomainName> {
    let name = match segment.is_ascii() {
        true => segment.to_ascii_lowercase(),
        false => to_ascii(segment)?,
    };
    name.parse().ok()
}

/// Percent-encodes everything except RFC 3986's unreserved characters.
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

/// Decodes percent-encoding; leaves an invalid escape unchanged.
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
