//! The refusals of the API, and their answers.
//!
//! The reference leaves failures open. `docs/sandbox.md` documents the choice made here: what the *data* forbids gets
//! HTTP 200 with `status` 0 in the envelope; an error in the *request* gets its own HTTP status.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::{Map, Value};

use super::envelope::{self, Kind};

/// Why a call failed.
#[derive(Debug)]
pub(crate) enum Failure {
    /// There is no `api_token` header.
    TokenMissing,
    /// The `api_token` header has another token.
    TokenWrong,
    /// The path does not exist.
    UnknownPath,
    /// The path exists, but not with this method.
    WrongMethod,
    /// The query or the body is malformed.
    Unreadable(&'static str),
    /// The content type is neither JSON nor form encoding.
    BodyOfUnknownType,
    /// The body is over the limit.
    BodyTooLarge,
    /// Parameters are missing or invalid: one sentence for each.
    Fields(Vec<(&'static str, String)>),
    /// All of the parameters are missing of which at least one is required.
    NothingToChange(&'static [&'static str]),
    /// There is no operator or user with this e-mail address.
    UnknownOperator,
    /// There is no user with this e-mail address (endpoint 14).
    UnknownUser,
    /// There is no such domain.
    UnknownDomain,
    /// The operator exists, but is not on this domain.
    NotOnDomain,
    /// There is an operator with this e-mail address already.
    OperatorExists,
    /// There is a domain of this name already.
    DomainExists,
    /// The operator is on this domain already.
    AlreadyOnDomain,
    /// The organisation's admin cannot be deleted.
    AdminStays,
    /// The database failed.
    Database(rusqlite::Error),
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

impl Failure {
    fn http_status(&self) -> StatusCode {
        match self {
            Self::TokenMissing | Self::TokenWrong => StatusCode::UNAUTHORIZED,
            Self::UnknownPath => StatusCode::NOT_FOUND,
            Self::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::Unreadable(_) => StatusCode::BAD_REQUEST,
            Self::BodyOfUnknownType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Database(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Fields(_)
            | Self::NothingToChange(_)
            | Self::UnknownOperator
            | Self::UnknownUser
            | Self::UnknownDomain
            | Self::NotOnDomain
            | Self::OperatorExists
            | Self::DomainExists
            | Self::AlreadyOnDomain
            | Self::AdminStays => StatusCode::OK,
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::OperatorExists | Self::DomainExists | Self::AlreadyOnDomain => Kind::Warning,
            _ => Kind::Error,
        }
    }

    /// Returns a text, or an object with a text for each invalid field.
    fn message(&self) -> Value {
        let text = match self {
            Self::Fields(fields) => {
                let by_field = fields
                    .iter()
                    .map(|(field, text)| ((*field).to_owned(), Value::from(text.as_str())));
                return Value::Object(by_field.collect::<Map<_, _>>());
            }
            Self::NothingToChange(fields) => {
                return format!("At least one of {} is required", fields.join(", ")).into();
            }
            Self::Unreadable(text) => text,
            Self::TokenMissing => "The api_token header is missing",
            Self::TokenWrong => "Invalid api_token",
            Self::UnknownPath => "Not found",
            Self::WrongMethod => "Method not allowed",
            Self::BodyOfUnknownType => {
                "Content-Type must be application/json or application/x-www-form-urlencoded"
            }
            Self::BodyTooLarge => "The request is too large",
            Self::UnknownOperator => "Operator does not exist",
            Self::UnknownUser => "User does not exist",
            Self::UnknownDomain => "Domain does not exist",
            Self::NotOnDomain => "Operator does not exist on this domain",
            Self::OperatorExists => "Operator already exists",
            Self::DomainExists => "Domain already exists",
            Self::AlreadyOnDomain => "Operator already exists on this domain",
            Self::AdminStays => "The admin of the organisation can not be deleted",
            Self::Database(_) => "Something went wrong",
        };
        text.into()
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        if let Self::Database(error) = &self {
            eprintln!("the database failed: {error}");
        }
        envelope::failure(self.http_status(), self.kind(), self.message())
    }
}
