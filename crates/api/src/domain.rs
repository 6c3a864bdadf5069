//! Domains: the websites that carry the chat (endpoints 6 and 7).

use crate::record::{Fields, Record};
use crate::{Assignment, DomainName, Email, Tristate};

/// What the API says of a domain that was just added (endpoint 6). No other call gives the embed
/// code again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddedDomain {
    /// The domain's key in every call.
    pub name: DomainName,
    /// The address of the domain.
    pub email: Email,
    /// What goes on its website.
    pub embed: EmbedCode,
}

/// The code that puts the chat on a website (endpoint 6). Both texts are opaque and kept exactly as
/// they came; one that did not come is empty.
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
    /// The operators on it. The reference leaves their shape open: it is read as that of endpoint
    /// 13, and what is not of it is left out.
    pub operators: Vec<Assignment>,
    /// How many operators are on it, where the answer says so beyond doubt: `operators` came, and each
    /// of its elements could be read. None otherwise: endpoint 13 has to be asked.
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
