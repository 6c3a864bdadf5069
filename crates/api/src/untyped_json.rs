//! Values whose shape the reference does not define.

use serde_json::Value;

/// A value of any shape (endpoint 1: `price`, `features`, `permission`, an addon's `plan` and configs), kept for
/// display.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UntypedJson(pub Value);

impl UntypedJson {
    /// Returns whether there is nothing to show.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines().is_empty()
    }

    /// Returns the value as readable lines: a text unchanged, the elements of an array, the members of an object as
    /// `key: value`. Joins the keys of nested members with dots. Null and empty texts give no line.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        push_lines(&self.0, "", &mut lines);
        lines
    }

    /// Reads a value; keeps one that is nested too deeply or contains too large a number as text.
    pub(crate) fn from_json(json: &str) -> Self {
        Self(serde_json::from_str(json).unwrap_or_else(|_| Value::String(json.to_owned())))
    }
}

fn push_lines(value: &Value, path: &str, lines: &mut Vec<String>) {
    let leaf = match value {
        Value::Null => return,
        Value::Array(elements) => {
            return elements
                .iter()
                .for_each(|element| push_lines(element, path, lines));
        }
        Value::Object(members) => {
            for (key, value) in members {
                let path = if path.is_empty() {
                    key.clone()
                } else {
                    format!("{path}.{key}")
                };
                push_lines(value, &path, lines);
            }
            return;
        }
        Value::String(text) => text.trim().to_owned(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
    };
    if leaf.is_empty() {
        return;
    }
    lines.push(if path.is_empty() {
        leaf
    } else {
        format!("{path}: {leaf}")
    });
}
