//! The ChatWhizz Live Chat External API as types.
//!
//! This crate does no I/O. A caller builds an endpoint value and turns it into a [`Request`] with [`request`]. It
//! sends that by any means, and passes the [`Response`] to [`decode`], which returns the typed payload or a typed
//! [`ApiError`]. Every path, field name and quirk of the API is known here and nowhere else.
//!
//! - [`Connection`]: the API's address and credentials;
//! - [`endpoints`]: the fourteen calls, which implement [`Endpoint`];
//! - [`Organisation`], [`Operator`], [`Domain`], [`Assignment`]: the API's answers;
//! - [`Email`], [`DomainName`]: the keys of the calls, parsed once;
//! - [`Tristate`], [`Presence`] and similar types: the meaning of a number in its field, with unknown values kept;
//! - [`ApiError`]: the errors.

mod ack;
mod assignment;
mod connection;
mod decode;
mod domain;
mod domain_name;
mod email;
mod endpoint;
pub mod endpoints;
mod envelope;
mod error;
mod field_error;
mod json;
mod loose_scalar;
mod name;
mod operator;
mod organisation;
mod record;
mod refusal;
mod request;
mod response;
mod retry_after;
mod secret;
mod status;
mod tristate;
mod untyped_json;

pub use ack::Ack;
pub use assignment::Assignment;
pub use connection::{
    BaseUrl, BaseUrlError, BodyEncoding, Connection, HeaderName, HeaderNameError, PrefixedToken,
    Token, TokenError, UnknownBodyEncoding,
};
pub use decode::{Answer, decode, decode_in_slices};
pub use domain::{AddedDomain, Domain, EmbedCode};
pub use domain_name::{DomainName, DomainNameError};
pub use email::{Email, EmailError};
pub use endpoint::{Endpoint, Method, Parameter, ParameterValue};
pub use error::{ApiError, Severity, UnreadableReason};
pub use field_error::FieldError;
pub use name::PersonName;
pub use operator::{AddedOperator, Operator};
pub use organisation::{Access, Addon, Organisation, Plan};
pub use refusal::{Absence, Sought};
pub use request::{Request, request};
pub use response::Response;
pub use retry_after::RetryAfter;
pub use secret::Secret;
pub use status::{
    AccountStatus, AddonStatus, LiveChatStatus, Login, OrganisationStatus, Presence, Role,
};
pub use tristate::Tristate;
pub use untyped_json::UntypedJson;
