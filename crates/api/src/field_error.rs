//! What the API complains of, whichever shape it says it in.

use std::fmt;

use serde_json::value::RawValue;

use crate::json;

/// One thing that the API says against a call (ground rules, "failure").
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The parameter that it is about, when the API names one.
    pub field: Option<String>,
    /// The API's words.
    pub text: String,
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.field {
            Some(field) => write!(f, "{field}: {}", self.text),
            None => f.write_str(&self.text),
        }
    }
}

/// Names that hold field errors and are about nothing themselves; `operators` holds the texts of
/// endpoints 11, 12 and 14.
const WRAPPERS: [&str; 8] = [
    "message",
    "messages",
    "msg",
    "error",
    "errors",
    "detail",
    "details",
    "operators",
];

/// Names of parameters and of the token's header. What is nested under one is about it, whatever
/// the names in between.
const PARAMETERS: [&str; 9] = [
    "email",
    "name",
    "domain",
    "new_domain",
    "status",
    "is_admin",
    "online_status",
    "active",
    "api_token",
];

/// So deep is a message followed; what lies deeper is kept as it is written. It also bounds what a
/// hostile answer can make us do.
const DEPTH: usize = 8;

/// The most field errors that are kept. The raw answer contains all of them.
const MOST: usize = 100;

/// The field errors in a message of any shape: a text, an object of texts or lists of texts by field,
/// a list, nested or not. Nothing in what is not JSON.
pub(crate) fn field_errors(message: &str) -> Vec<FieldError> {
    let mut field_errors = Vec::new();
    if let Ok(value) = serde_json::from_str::<&RawValue>(message) {
        collect(value.get(), None, 0, &mut field_errors);
    }
    field_errors
}

fn collect(json: &str, field: Option<&str>, depth: usize, field_errors: &mut Vec<FieldError>) {
    if field_errors.len() == MOST {
        return;
    }
    if depth < DEPTH {
        if let Some(elements) = json::elements(json) {
            return elements
                .iter()
                .for_each(|element| collect(element, field, depth + 1, field_errors));
        }
        if let Some(members) = json::members(json) {
            for (name, value) in members {
                collect(value, about(field, &name), depth + 1, field_errors);
            }
            return;
        }
    }
    let text = json::plain(json).trim().to_owned();
    if !text.is_empty() {
        field_errors.push(FieldError {
            field: field.map(str::to_owned),
            text,
        });
    }
}

/// What a member of this name is about, inside of what is about `outer`.
fn about<'a>(outer: Option<&'a str>, name: &'a str) -> Option<&'a str> {
    let says_nothing = WRAPPERS.contains(&name) || name.bytes().all(|b| b.is_ascii_digit());
    if says_nothing || outer.is_some_and(|outer| PARAMETERS.contains(&outer)) {
        outer
    } else {
        Some(name)
    }
}
