//! The ChatWhizz Live Chat External API as values.
//!
//! This crate does no I/O. A caller builds an endpoint value, turns it into a [`Request`] with
//! [`request`], sends that however it likes, and hands the [`Response`] to [`decode`], which gives
//! the typed payload or a typed [`ApiError`]. Every path, field name and quirk of the API is known
//! here and nowhere else.
//!
//! - [`Connection`]: whom to call and how;
//! - [`endpoints`]: the fourteen calls; [`Endpoint`] is what they have in common;
//! - [`Organisation`], [`Operator`], [`Domain`], [`Assignment`]: what the API answers;
//! - [`Email`], [`DomainName`]: the keys of the calls, parsed once;
//! - [`Tristate`], [`Presence`] and their like: what a number means in its place, unknown values kept;
//! - [`ApiError`]: what can go wrong.

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
