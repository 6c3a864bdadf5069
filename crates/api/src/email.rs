//! E-mail addresses: the key of an operator in every call.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

/// An e-mail address: the key of an operator (3, 4) and the contact of a domain (6).
///
/// Parsing trims what a user typed and checks only the obvious: the server decides whether an address exists. An
/// address from the API is kept unchanged.
///
/// Two addresses are equal if their texts differ only in the case of ASCII letters; order and hash agree with that.
/// The text keeps its case. Only the API can send an empty address, which identifies no one: check
/// [`Email::is_given`] before concluding anything from two equal addresses.
#[derive(Clone, Debug)]
pub struct Email(String);

/// Why a text is not an e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EmailError {
    /// The text is empty.
    #[error("the e-mail address is empty")]
    Empty,
    /// There is no `@`.
    #[error("the e-mail address has no @")]
    MissingAt,
    /// There is nothing before the `@`.
    #[error("the e-mail address has nothing before the @")]
    MissingLocalPart,
    /// There is nothing after the `@`.
    #[error("the e-mail address has nothing after the @")]
    MissingDomain,
    /// There is white space or a control character inside.
    #[error("the e-mail address holds white space")]
    Whitespace,
    /// There is a second `@`: often two addresses.
    #[error("the e-mail address has more than one @")]
    MoreThanOneAt,
}

impl Email {
    /// Returns the address as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns whether the address is not empty. The API may send an empty one, or none.
    #[must_use]
    pub fn is_given(&self) -> bool {
        !self.0.trim().is_empty()
    }

    /// Returns the bytes that equality, order and hash compare.
    fn folded(&self) -> impl Iterator<Item = u8> {
        self.0.bytes().map(|byte| byte.to_ascii_lowercase())
    }

    /// Returns an address that the API sent, however unusual: the panel must still show such an operator and act on
    /// them.
    pub(crate) fn as_received(text: String) -> Self {
        Self(text)
    }
}

impl PartialEq for Email {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

impl Eq for Email {}

impl PartialOrd for Email {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Email {
    fn cmp(&self, other: &Self) -> Ordering {
        self.folded().cmp(other.folded())
    }
}

impl Hash for Email {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // In chunks: a hasher is slow for single bytes, and a list may contain 100,000 addresses.
        let mut piece = [0; 32];
        for bytes in self.0.as_bytes().chunks(piece.len()) {
            let piece = &mut piece[..bytes.len()];
            piece.copy_from_slice(bytes);
            piece.make_ascii_lowercase();
            state.write(piece);
        }
        // Terminates the text, so that two consecutive addresses hash differently from their concatenation.
        state.write_u8(0xff);
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
