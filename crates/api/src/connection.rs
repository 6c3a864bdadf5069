//! The settings that every request is built with.
//!
//! One file for each setting. The caller decides what to store of them, and where.

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

/// An organisation's API with the credentials to call it (ground rules, "base URL" and "authentication").
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    /// The URL that every path is appended to.
    pub base_url: BaseUrl,
    /// The secret that every call sends.
    pub token: Token,
    /// The request header that carries the token; `api_token` by default.
    pub token_header: HeaderName,
    /// The encoding of the parameters of `POST`, `PUT` and `DELETE` calls; JSON by default.
    pub body_encoding: BodyEncoding,
}

impl Connection {
    /// Creates a connection with the default header name and body encoding.
    #[must_use]
    pub fn new(base_url: BaseUrl, token: Token) -> Self {
        Self {
            base_url,
            token,
            token_header: HeaderName::default(),
            body_encoding: BodyEncoding::default(),
        }
    }

    /// Removes the token after the connection has ended, while its address is still needed. No call may be made with
    /// it any more.
    pub fn forget_token(&mut self) {
        self.token = Token::none();
    }
}
