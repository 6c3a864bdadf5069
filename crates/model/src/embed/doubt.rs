//! Reasons why two pasted texts may not be the embed code of a domain. None of them blocks saving, because both
//! snippets are opaque.

use switchboard_api::{BaseUrl, DomainName, EmbedCode};

use super::finding::Part;
use super::named::names;
use super::source::{hosts, unexpected_hosts};

/// A reason to check the pasted code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// The part is empty.
    Missing {
        /// The part.
        part: Part,
    },
    /// The text contains neither markup nor an address.
    NoCode {
        /// The part.
        part: Part,
    },
    /// Both texts are the same.
    Same,
    /// They load from hosts that are not the connection's ([`unexpected_hosts`]).
    OtherHosts {
        /// The hosts, each once.
        hosts: Vec<String>,
    },
    /// Neither names the domain, so they may belong to another one.
    DomainNotNamed,
}

/// Returns the reasons to doubt that these texts are the code of this domain; none if both are empty.
#[must_use]
pub fn doubts(code: &EmbedCode, domain: &DomainName, base_url: &BaseUrl) -> Vec<Doubt> {
    let parts = [
        (Part::Link, &code.link),
        (Part::SocketLink, &code.socket_link),
    ];
    let mut doubts = Vec::new();
    if parts.iter().all(|(_, text)| text.trim().is_empty()) {
        return doubts;
    }
    for (part, text) in parts {
        if text.trim().is_empty() {
            doubts.push(Doubt::Missing { part });
        } else if !text.contains('<') && hosts(&alone(text)).is_empty() {
            doubts.push(Doubt::NoCode { part });
        }
    }
    if code.link.trim() == code.socket_link.trim() {
        doubts.push(Doubt::Same);
    }
    let hosts = unexpected_hosts(code, base_url);
    if !hosts.is_empty() {
        doubts.push(Doubt::OtherHosts { hosts });
    }
    if !parts.into_iter().any(|(_, text)| names(text, domain)) {
        doubts.push(Doubt::DomainNotNamed);
    }
    doubts
}

/// Returns one snippet as a code of its own.
fn alone(snippet: &str) -> EmbedCode {
    EmbedCode {
        link: snippet.to_owned(),
        socket_link: String::new(),
    }
}
