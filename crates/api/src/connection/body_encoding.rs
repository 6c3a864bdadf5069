//! The encoding of the parameters in the body of a write.

use std::fmt;
use std::str::FromStr;

/// The encoding of the body of a `POST`, `PUT` or `DELETE` call.
///
/// The reference leaves it open (ground rules, "body parameters"): JSON is our interpretation, form encoding the
/// fallback.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum BodyEncoding {
    /// `application/json`.
    #[default]
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
}

/// A text that names no body encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the body encoding is neither json nor form")]
pub struct UnknownBodyEncoding;

impl BodyEncoding {
    /// Returns the encoding's name: `json` or `form`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Form => "form",
        }
    }

    /// Returns the value of the request's `Content-Type`.
    pub(crate) const fn content_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Form => "application/x-www-form-urlencoded",
        }
    }
}

impl FromStr for BodyEncoding {
    type Err = UnknownBodyEncoding;

    fn from_str(name: &str) -> Result<Self, UnknownBodyEncoding> {
        match name {
            "json" => Ok(Self::Json),
            "form" => Ok(Self::Form),
            _ => Err(UnknownBodyEncoding),
        }
    }
}

impl fmt::Display for BodyEncoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
