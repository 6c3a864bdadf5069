//! The request header that carries the token.

use std::fmt;
use std::str::FromStr;

/// The name of a request header, a token of RFC 9110. The default is `api_token` (ground rules, "authentication").
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct HeaderName(String);

/// Why a text is not the name of a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HeaderNameError {
    /// The text is empty.
    #[error("the header's name is empty")]
    Empty,
    /// A character that RFC 9110 does not allow in the name of a header.
    #[error("the header's name holds the character {0:?}")]
    InvalidCharacter(char),
}

impl HeaderName {
    /// Returns the name as typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for HeaderName {
    fn default() -> Self {
        Self("api_token".to_owned())
    }
}

impl FromStr for HeaderName {
    type Err = HeaderNameError;

    fn from_str(typed: &str) -> Result<Self, HeaderNameError> {
        let name = typed.trim();
        if name.is_empty() {
            return Err(HeaderNameError::Empty);
        }
        match name
            .chars()
            .find(|c| !(c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(*c)))
        {
            Some(odd) => Err(HeaderNameError::InvalidCharacter(odd)),
            None => Ok(Self(name.to_owned())),
        }
    }
}

impl fmt::Display for HeaderName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
