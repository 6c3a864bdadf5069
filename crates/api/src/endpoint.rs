//! What the fourteen calls have in common.

/// One call of the API as a value: its fields are the parameters. See [`crate::request`] and
/// [`crate::decode`].
pub trait Endpoint {
    /// What `message` holds when the call worked.
    type Payload;

    /// A short name for people and logs: the path without what all share, such as `domain/add`.
    const NAME: &'static str;
    /// The number in the API reference, 1 to 14.
    const NUMBER: u8;
    /// The HTTP method.
    const METHOD: Method;
    /// The path below the base URL, without a slash in front.
    const PATH: &'static str;

    /// What is sent: in the query of a read, in the body of a write.
    fn parameters(&self) -> Vec<Parameter>;

    /// Whether the payload is a list, which may be long: worth reading with pauses.
    const IS_LIST: bool = false;

    /// Reads the payload from the JSON of the answer's `message`.
    ///
    /// # Errors
    /// Says what was expected instead, when the message is of another shape.
    fn decode(message: &str) -> Result<Self::Payload, String>;

    /// As [`Self::decode`], with pauses where the payload is a list that may be long.
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
    /// Adds; not to be sent twice.
    Post,
    /// Changes.
    Put,
    /// Deletes.
    Delete,
}

impl Method {
    /// The method as HTTP writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }

    /// Whether the call changes nothing, so that it may be cancelled or sent again.
    #[must_use]
    pub const fn is_read(self) -> bool {
        matches!(self, Self::Get)
    }
}

/// One parameter of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// The name that the reference gives it.
    pub name: &'static str,
    /// Its value.
    pub value: ParameterValue,
}

/// The value of a parameter; how it is written depends on where it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParameterValue {
    /// A text.
    Text(String),
    /// A number, for the one status that is 0 or 1 (endpoint 5).
    Number(u8),
    /// True or false.
    Bool(bool),
    /// A list of texts.
    List(Vec<String>),
}

impl Parameter {
    /// A parameter whose value is a text.
    pub(crate) fn text(name: &'static str, value: impl ToString) -> Self {
        Self {
            name,
            value: ParameterValue::Text(value.to_string()),
        }
    }

    /// A parameter that is true or false, when there is one to send.
    pub(crate) fn bool(name: &'static str, value: Option<bool>) -> Option<Self> {
        value.map(|value| Self {
            name,
            value: ParameterValue::Bool(value),
        })
    }
}

impl ParameterValue {
    /// The value in a query or a form.
    ///
    /// How a form carries a list is open: the reference shows `[test.com, webkul.com]` (endpoint
    /// 5), and that is how it is written here.
    pub(crate) fn as_form(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Bool(bool) => bool.to_string(),
            Self::List(texts) => format!("[{}]", texts.join(", ")),
        }
    }

    /// The value in a JSON body; a list is an array, our reading of the same open point.
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
