//! Collects the API's messages from refusals of any shape.

use std::fmt;

use serde_json::value::RawValue;

use crate::json;

/// One message of a refusal (ground rules, "failure").
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The parameter that it is about, if the API names one.
    pub field: Option<String>,
    /// The API's message.
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

/// Names that wrap field errors without being about a field; `operators` contains the texts of endpoints 11, 12 and
/// 14.
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

/// Names of parameters and of the token's header. Messages nested under one are about it, whatever the names in
/// between.
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

/// The maximum nesting depth of a message; deeper values are kept as written. This also limits the cost of a hostile
/// answer.
const DEPTH: usize = 8;

/// The maximum number of field errors kept. The raw answer contains all of them.
const MOST: usize = 100;

/// Returns the field errors in a message of any shape: a text, an object of texts or lists of texts by field, a list,
/// nested or not. Returns none if it is not JSON.
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

/// Returns the parameter that a member of this name is about, inside of what is about `outer`.
fn about<'a>(outer: Option<&'a str>, name: &'a str) -> Option<&'a str> {
    let says_nothing = WRAPPERS.contains(&name) || name.bytes().all(|b| b.is_ascii_digit());
    if says_nothing || outer.is_some_and(|outer| PARAMETERS.contains(&outer)) {
        outer
    } else {
        Some(name)
    }
}
