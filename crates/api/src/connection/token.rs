//! The secret that every call sends.

use std::fmt;
use std::str::FromStr;

/// An API token (ground rules, "authentication"): visible ASCII characters without white space.
///
/// It cannot be shown accidentally: `Debug` hides it and there is no `Display`.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

/// Why a text is not a token. The variants contain nothing of the text, which may be a secret nevertheless.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// The text is empty.
    #[error("the token is empty")]
    Empty,
    /// There is a space or a line break inside: often two things were pasted.
    #[error("the token holds white space")]
    InnerWhitespace,
    /// A character that a request header cannot carry.
    #[error("the token holds a character that is not visible ASCII")]
    InvalidCharacter,
}

impl Token {
    /// Returns the placeholder for a removed token.
    pub(super) fn none() -> Self {
        Self("none".to_owned())
    }

    /// Returns the token itself, for the request and for the field in which the user asked to see it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl FromStr for Token {
    type Err = TokenError;

    fn from_str(typed: &str) -> Result<Self, TokenError> {
        let token = typed.trim();
        if token.is_empty() {
            Err(TokenError::Empty)
        } else if token.contains(char::is_whitespace) {
            Err(TokenError::InnerWhitespace)
        } else if !token.bytes().all(|b| b.is_ascii_graphic()) {
            Err(TokenError::InvalidCharacter)
        } else {
            Ok(Self(token.to_owned()))
        }
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}
