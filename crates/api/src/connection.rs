//! Whom to call and how: the settings that every request is built with.
//!
//! One file for each setting. What is stored of them, and where, is the caller's affair.

mod base_url;
mod body_encoding;
mod header_name;
mod pasted;
mod token;

pub use base_url::{BaseUrl, BaseUrlError};
pub use body_encoding::{BodyEncoding, UnknownBodyEncoding};
pub use header_name::{HeaderName, HeaderNameError};
pub use pasted::PrefixedToken;
pub use token::{Token, TokenError};

/// An organisation's API and the right to call it (ground rules, "base URL" and "authentication").
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    /// What every path is appended to.
    pub base_url: BaseUrl,
    /// The secret that goes with every call.
    pub token: Token,
    /// The request header that carries the token; `api_token` unless somebody chose otherwise.
    pub token_header: HeaderName,
    /// How the parameters of `POST`, `PUT` and `DELETE` calls are written; JSON unless somebody
    /// chose otherwise.
    pub body_encoding: BodyEncoding,
}

impl Connection {
    /// A connection with the usual header name and body encoding.
    #[must_use]
    pub fn new(base_url: BaseUrl, token: Token) -> Self {
        Self {
            base_url,
            token,
            token_header: HeaderName::default(),
            body_encoding: BodyEncoding::default(),
        }
    }

    /// Takes the token out, where the connection has ended and its address is still needed. Nothing may be called with it any more.
    pub fn forget_token(&mut self) {
        self.token = Token::none();
    }
}
