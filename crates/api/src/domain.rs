//! Domains: the websites that carry the chat (endpoints 6 and 7).

use crate::record::{Fields, Record};
use crate::{Assignment, DomainName, Email, Tristate};

/// The API's answer about a domain that was just added (endpoint 6). No other call returns the embed code again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddedDomain {
    /// The domain's key in every call.
    pub name: DomainName,
    /// The address of the domain.
    pub email: Email,
    /// The code for its website.
    pub embed: EmbedCode,
}

/// The code that puts the chat on a website (endpoint 6). Both texts are opaque and kept unchanged; a missing one is
/// empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct EmbedCode {
    /// `link`: "use this code at web page".
    pub link: String,
    /// `socketLink`: likewise.
    pub socket_link: String,
}

/// A domain (endpoint 7).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Domain {
    /// Its key in every call.
    pub name: DomainName,
    /// Its address.
    pub email: Email,
    /// On when it is active.
    pub status: Tristate,
    /// `addonUniqueName`: the addon that it belongs to, such as `live_chat`.
    pub addon_unique_name: String,
    /// The operators on it. The reference leaves their shape open: it is read as that of endpoint 13, and other
    /// elements are ignored.
    pub operators: Vec<Assignment>,
    /// The number of operators on it, if the answer is unambiguous: it has `operators`, and each element could be
    /// read. `None` otherwise: endpoint 13 has to be called.
    pub operator_count: Option<usize>,
}

impl Record for AddedDomain {
    const KIND: &'static str = "an added domain";
    const FIELDS: &'static [&'static str] = &["name", "email", "link", "socketLink"];

    fn from_fields(fields: &Fields<'_>) -> Self {
        Self {
            name: DomainName::as_received(fields.only_text("name")),
            email: fields.email("email"),
            embed: EmbedCode {
                link: fields.only_text("link"),
                socket_link: fields.only_text("socketLink"),
            },
        }
    }
}

impl Record for Domain {
    const KIND: &'static str = "a domain";
    const FIELDS: &'static [&'static str] =
        &["name", "email", "status", "addonUniqueName", "operators"];

    fn from_fields(fields: &Fields<'_>) -> Self {
        let operators = fields.records("operators");
        let elements = fields.elements::<Assignment>("operators");
        Self {
            name: fields.domain_name("name"),
            email: fields.email("email"),
            status: fields.flag("status"),
            addon_unique_name: fields.text("addonUniqueName").into_owned(),
            operator_count: elements
                .map(|elements| elements.len())
                .filter(|count| *count == operators.len()),
            operators,
        }
    }
}
