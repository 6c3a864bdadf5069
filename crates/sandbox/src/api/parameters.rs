//! Reads a call's parameters: from the query for GET, else from a JSON or form body. Fields are read one by one, so
//! that one answer can list everything that is wrong.

use axum::{
    Form,
    body::Bytes,
    extract::{FromRequest, Query, Request, rejection::BytesRejection},
    http::{Method, StatusCode, header},
};
use serde_json::{Map, Value};

use super::{failure::Failure, fields};

type Pairs = Vec<(String, String)>;

/// The parameters of one call, and the errors found so far.
#[derive(Debug)]
pub(super) struct Parameters {
    values: Map<String, Value>,
    complaints: Vec<(&'static str, String)>,
}

impl Parameters {
    /// Reads a required parameter with `parse`. Returns `None` after recording an error.
    pub(super) fn required<T>(
        &mut self,
        name: &'static str,
        parse: fn(&Value) -> Option<T>,
    ) -> Option<T> {
        if self.given(name).is_none() {
            self.complaints
                .push((name, format!("{} is required", fields::label(name))));
        }
        self.optional(name, parse)
    }

    /// Reads an optional parameter. Returns `None` if it is missing, null or blank, and after recording that `parse`
    /// refused it.
    pub(super) fn optional<T>(
        &mut self,
        name: &'static str,
        parse: fn(&Value) -> Option<T>,
    ) -> Option<T> {
        let parsed = parse(self.given(name)?);
        if parsed.is_none() {
            self.complaints
                .push((name, format!("{} is not valid", fields::label(name))));
        }
        parsed
    }

    /// Returns `whole`, or the recorded errors.
    pub(super) fn finish<T>(self, whole: Option<T>) -> Result<T, Failure> {
        match whole {
            Some(whole) if self.complaints.is_empty() => Ok(whole),
            _ => Err(Failure::Fields(self.complaints)),
        }
    }

    fn given(&self, name: &str) -> Option<&Value> {
        self.values.get(name).filter(|value| match value {
            Value::Null => false,
            Value::String(text) => !text.trim().is_empty(),
            _ => true,
        })
    }
}

impl From<Map<String, Value>> for Parameters {
    fn from(values: Map<String, Value>) -> Self {
        Self {
            values,
            complaints: Vec::new(),
        }
    }
}

impl From<Pairs> for Parameters {
    fn from(pairs: Pairs) -> Self {
        pairs
            .into_iter()
            .map(|(name, value)| (name, Value::String(value)))
            .collect::<Map<_, _>>()
            .into()
    }
}

impl<S: Send + Sync> FromRequest<S> for Parameters {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        if matches!(*request.method(), Method::GET | Method::HEAD) {
            let query = Query::<Pairs>::try_from_uri(request.uri());
            return query
                .map(|Query(pairs)| pairs.into())
                .map_err(|_| Failure::Unreadable("The query is not valid"));
        }
        let content_type = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok());
        match content_type
            .map(|value| {
                value
                    .split(';')
                    .next()
                    .unwrap_or_default()
                    .trim()
                    .to_ascii_lowercase()
            })
            .as_deref()
        {
            Some("application/x-www-form-urlencoded") => {
                match Form::<Pairs>::from_request(request, state).await {
                    Ok(Form(pairs)) => Ok(pairs.into()),
                    Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                        Err(Failure::BodyTooLarge)
                    }
                    Err(_) => Err(Failure::Unreadable("The body is not valid form encoding")),
                }
            }
            Some("application/json") | None => {
                let body = Bytes::from_request(request, state).await.map_err(unread)?;
                if body.is_empty() {
                    return Ok(Map::new().into());
                }
                let values: Map<String, Value> = serde_json::from_slice(&body)
                    .map_err(|_| Failure::Unreadable("The body is not a valid JSON object"))?;
                Ok(values.into())
            }
            Some(_) => Err(Failure::BodyOfUnknownType),
        }
    }
}

fn unread(rejection: BytesRejection) -> Failure {
    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
        Failure::BodyTooLarge
    } else {
        Failure::Unreadable("The body could not be read")
    }
}
