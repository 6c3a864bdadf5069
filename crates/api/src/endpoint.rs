//! The common trait of the fourteen calls.

/// One call of the API as a value: its fields are the parameters. See [`crate::request`] and
/// [`crate::decode`].
pub trait Endpoint {
    /// The type of `message` when the call worked.
    type Payload: 'static;

    /// A short name for display and logs: the path without its common prefix, such as `domain/add`.
    const NAME: &'static str;
    /// The number in the API reference, 1 to 14.
    const NUMBER: u8;
    /// The HTTP method.
    const METHOD: Method;
    /// The path below the base URL, without a leading slash.
    const PATH: &'static str;

    /// Returns the parameters: in the query of a read, in the body of a write.
    fn parameters(&self) -> Vec<Parameter>;

    /// Whether the payload is a list, which may be long enough for [`Self::decode_in_slices`].
    const IS_LIST: bool = false;

    /// Decodes the payload from the JSON of the answer's `message`.
    ///
    /// # Errors
    /// A description of what was expected, if the message has another shape.
    fn decode(message: &str) -> Result<Self::Payload, String>;

    /// Does the same as [`Self::decode`] in time slices, if the payload is a list.
    ///
    /// # Errors
    /// As [`Self::decode`].
    fn decode_in_slices(
        message: &str,
        pause: &impl AsyncFn(),
    ) -> impl Future<Output = Result<Self::Payload, String>> {
        let _ = pause;
        std::future::ready(Self::decode(message))
    }
}

/// The HTTP methods that the API uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// Reads.
    Get,
    /// Adds; must not be sent twice.
    Post,
    /// Changes.
    Put,
    /// Deletes.
    Delete,
}

impl Method {
    /// Returns the method as written in HTTP.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }

    /// Returns whether the call changes nothing, so that it may be cancelled or sent again.
    #[must_use]
    pub const fn is_read(self) -> bool {
        matches!(self, Self::Get)
    }
}

/// One parameter of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// The name in the reference.
    pub name: &'static str,
    /// Its value.
    pub value: ParameterValue,
}

/// The value of a parameter. Its encoding depends on its place in the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParameterValue {
    /// A text.
    Text(String),
    /// A number, for the only status that is 0 or 1 (endpoint 5).
    Number(u8),
    /// True or false.
    Bool(bool),
    /// A list of texts.
    List(Vec<String>),
}

impl Parameter {
    /// Creates a text parameter.
    pub(crate) fn text(name: &'static str, value: impl ToString) -> Self {
        Self {
            name,
            value: ParameterValue::Text(value.to_string()),
        }
    }

    /// Creates a boolean parameter, if there is a value to send.
    pub(crate) fn bool(name: &'static str, value: Option<bool>) -> Option<Self> {
        value.map(|value| Self {
            name,
            value: ParameterValue::Bool(value),
        })
    }
}

impl ParameterValue {
    /// Returns the value for a query or a form.
    ///
    /// The reference leaves open how a form encodes a list. It shows `[test.com, webkul.com]` (endpoint 5), which is
    /// the encoding here.
    pub(crate) fn as_form(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Bool(bool) => bool.to_string(),
            Self::List(texts) => format!("[{}]", texts.join(", ")),
        }
    }

    /// Returns the value for a JSON body. A list is an array, our interpretation of the same open question.
    pub(crate) fn as_json(&self) -> String {
        match self {
            Self::Text(text) => json_text(text),
            Self::Number(number) => number.to_string(),
            Self::Bool(bool) => bool.to_string(),
            Self::List(texts) => format!(
                "[{}]",
                texts
                    .iter()
                    .map(|text| json_text(text))
                    .collect::<Vec<_>>()
                    .join(",")
            ),
        }
    }
}

fn json_text(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
