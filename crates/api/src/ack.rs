//! The answer of a call that only says that it did its work.

use std::borrow::Cow;

use crate::json;

/// Acknowledges a change (endpoints 5 and 8–12, 14).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ack {
    /// The API's own words, such as "Record Updated Successfully"; empty when it said nothing.
    pub text: String,
}

impl Ack {
    /// Reads a text, or an object that holds nothing but one, as `{"operators": "…"}` of 11, 12 and
    /// 14. Whatever else comes is kept as it is written: that the call worked is said by the
    /// envelope, not here.
    pub(crate) fn from_json(json: &str) -> Self {
        Self {
            text: words(json).unwrap_or_else(|| json::plain(json).into_owned()),
        }
    }
}

/// The words of a message that is nothing but words.
pub(crate) fn words(json: &str) -> Option<String> {
    let text = json::text(json).or_else(|| match json::members(json)?.as_slice() {
        [(_, only)] => json::text(only),
        _ => None,
    });
    text.map(Cow::into_owned)
}
