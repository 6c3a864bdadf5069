//! The answer of a call that only acknowledges a change.

use std::borrow::Cow;

use crate::json;

/// Acknowledges a change (endpoints 5 and 8–12, 14).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ack {
    /// The API's message, such as "Record Updated Successfully"; empty if there was none.
    pub text: String,
}

impl Ack {
    /// Reads a text, or an object with a single text, such as `{"operators": "…"}` of 11, 12 and 14. Keeps any other
    /// value as written, because the envelope says whether the call worked.
    pub(crate) fn from_json(json: &str) -> Self {
        Self {
            text: words(json).unwrap_or_else(|| json::plain(json).into_owned()),
        }
    }
}

/// Returns the text of a message that is a single text.
pub(crate) fn words(json: &str) -> Option<String> {
    let text = json::text(json).or_else(|| match json::members(json)?.as_slice() {
        [(_, only)] => json::text(only),
        _ => None,
    });
    text.map(Cow::into_owned)
}
