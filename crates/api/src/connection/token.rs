//! The secret that goes with every call.

use std::fmt;
use std::str::FromStr;

/// An API token (ground rules, "authentication"): visible ASCII characters without white space
/// between them.
///
/// It is never shown by accident: `Debug` hides it and there is no `Display`.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

/// Why a text is not a token. The variants carry nothing of the text, which may be a secret all the
/// same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Nothing was typed.
    #[error("the token is empty")]
    Empty,
    /// A space or a line break stands inside: often two things were pasted.
    #[error("the token holds white space")]
    InnerWhitespace,
    /// A character that a request header cannot carry.
    #[error("the token holds a character that is not visible ASCII")]
    InvalidCharacter,
}

impl Token {
    /// What stands where there is no token any more.
    pub(super) fn none() -> Self {
        Self("none".to_owned())
    }

    /// The token itself, for the request and for the field in which a person asked to see it.
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
