//! E-mail addresses: the key of an operator in every call.

use std::fmt;
use std::str::FromStr;

/// An e-mail address: the key of an operator (3, 4) and the contact of a domain (6).
///
/// Parsing what a person typed trims it and is lenient beyond the obvious: whether an address
/// exists is the server's affair. An address that the API sent is taken as it came. Two addresses
/// are equal when their texts are.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Email(String);

/// Why a text is not an e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EmailError {
    /// Nothing was typed.
    #[error("the e-mail address is empty")]
    Empty,
    /// There is no `@`.
    #[error("the e-mail address has no @")]
    MissingAt,
    /// Nothing stands before the `@`.
    #[error("the e-mail address has nothing before the @")]
    MissingLocalPart,
    /// Nothing stands after the `@`.
    #[error("the e-mail address has nothing after the @")]
    MissingDomain,
    /// White space or a control character stands inside.
    #[error("the e-mail address holds white space")]
    Whitespace,
    /// There is a second `@`: often two addresses.
    #[error("the e-mail address has more than one @")]
    MoreThanOneAt,
}

impl Email {
    /// The address as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What the API sent, however odd: an operator with an odd address is still to be seen and
    /// acted on.
    pub(crate) fn as_received(text: String) -> Self {
        Self(text)
    }
}

impl FromStr for Email {
    type Err = EmailError;

    fn from_str(typed: &str) -> Result<Self, EmailError> {
        let address = typed.trim();
        if address.is_empty() {
            return Err(EmailError::Empty);
        }
        let (local, domain) = address.split_once('@').ok_or(EmailError::MissingAt)?;
        if domain.contains('@') {
            Err(EmailError::MoreThanOneAt)
        } else if local.is_empty() {
            Err(EmailError::MissingLocalPart)
        } else if domain.is_empty() {
            Err(EmailError::MissingDomain)
        } else if address.contains(|c: char| c.is_whitespace() || c.is_control()) {
            Err(EmailError::Whitespace)
        } else {
            Ok(Self(address.to_owned()))
        }
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
