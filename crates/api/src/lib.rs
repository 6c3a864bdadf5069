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
//! - [`Flag`], [`Presence`] and their like: what a number means in its place, unknown values kept;
//! - [`ApiError`]: what can go wrong.

mod assignment;
mod complaint;
mod connection;
mod domain;
mod domain_name;
mod done;
mod email;
mod endpoint;
pub mod endpoints;
mod envelope;
mod error;
mod flag;
mod json;
mod name;
mod open;
mod operator;
mod organisation;
mod record;
mod request;
mod response;
mod retry_after;
mod secret;
mod status;
mod word;

pub use assignment::Assignment;
pub use complaint::Complaint;
pub use connection::{
    BaseUrl, BaseUrlError, BodyEncoding, Connection, HeaderName, HeaderNameError, Token,
    TokenError, UnknownBodyEncoding,
};
pub use domain::{AddedDomain, Domain, EmbedCode};
pub use domain_name::{DomainName, DomainNameError};
pub use done::Done;
pub use email::{Email, EmailError};
pub use endpoint::{Endpoint, Method, Parameter, ParameterValue};
pub use error::{ApiError, Severity, UnreadableReason};
pub use flag::Flag;
pub use name::PersonName;
pub use open::Open;
pub use operator::{AddedOperator, Operator};
pub use organisation::{Access, Addon, Organisation, Plan};
pub use request::{Request, request};
pub use response::{Answer, Response, decode, decode_in_slices};
pub use retry_after::RetryAfter;
pub use secret::Secret;
pub use status::{
    AccountStatus, AddonStatus, LiveChatStatus, Login, OrganisationStatus, Presence, Role,
};
