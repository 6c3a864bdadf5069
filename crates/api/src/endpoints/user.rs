//! The call about users, operators or not (endpoint 14).

use crate::{Ack, Email, Endpoint, Method, Parameter};

/// Deletes an operator or another user from the organisation (endpoint 14).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeleteUser {
    /// The user's key.
    pub email: Email,
}

impl Endpoint for DeleteUser {
    type Payload = Ack;

    const NAME: &'static str = "user/delete";
    const NUMBER: u8 = 14;
    const METHOD: Method = Method::Delete;
    const PATH: &'static str = "auth/user/delete";

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::text("email", &self.email)]
    }

    fn decode(message: &str) -> Result<Ack, String> {
        Ok(Ack::from_json(message))
    }
}
