//! Domain names: the key of a domain in every call.

use std::fmt;
use std::str::FromStr;

/// The name of a domain (6–13): labels of lower-case letters, digits and hyphens, separated by dots.
///
/// Parsing accepts only this form and changes nothing. `switchboard-model` normalises what users type, and reports
/// what it changed. A name from the API is kept unchanged.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DomainName(String);

/// Why a text is not the normal form of a domain name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DomainNameError {
    /// The text is empty.
    #[error("the domain name is empty")]
    Empty,
    /// A character other than `a`–`z`, `0`–`9`, `-` and `.`. This also detects upper case, a scheme, a port and a
    /// path.
    #[error("the domain name holds the character {0:?}")]
    InvalidCharacter(char),
    /// Two dots in a row, or one at the start or the end.
    #[error("the domain name has an empty part")]
    EmptyLabel,
    /// A label starts or ends with a hyphen.
    #[error("the part {0:?} of the domain name starts or ends with a hyphen")]
    HyphenAtEdge(String),
    /// A label of more than 63 characters.
    #[error("the part {0:?} of the domain name is longer than 63 characters")]
    LabelTooLong(String),
    /// More than 253 characters in all.
    #[error("the domain name has {0} characters, more than 253")]
    TooLong(usize),
}

impl DomainName {
    /// Returns the name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns a name that the API sent, however unusual.
    pub(crate) fn as_received(text: String) -> Self {
        Self(text)
    }
}

impl FromStr for DomainName {
    type Err = DomainNameError;

    fn from_str(name: &str) -> Result<Self, DomainNameError> {
        if name.is_empty() {
            return Err(DomainNameError::Empty);
        }
        if let Some(odd) = name
            .chars()
            .find(|c| !matches!(c, 'a'..='z' | '0'..='9' | '-' | '.'))
        {
            return Err(DomainNameError::InvalidCharacter(odd));
        }
        for label in name.split('.') {
            if label.is_empty() {
                return Err(DomainNameError::EmptyLabel);
            }
            if label.starts_with('-') || label.ends_with('-') {
                return Err(DomainNameError::HyphenAtEdge(label.to_owned()));
            }
            if label.len() > 63 {
                return Err(DomainNameError::LabelTooLong(label.to_owned()));
            }
        }
        if name.len() > 253 {
            return Err(DomainNameError::TooLong(name.len()));
        }
        Ok(Self(name.to_owned()))
    }
}

impl fmt::Display for DomainName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
