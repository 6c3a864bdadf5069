//! The call about the organisation (endpoint 1).

use crate::record::record;
use crate::{Endpoint, Method, Organisation, Parameter};

/// Reads the organisation (endpoint 1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetOrganisation;

impl Endpoint for GetOrganisation {
    type Payload = Organisation;

    const NAME: &'static str = "organisation";
    const NUMBER: u8 = 1;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "auth/organisation";

    fn parameters(&self) -> Vec<Parameter> {
        Vec::new()
    }

    fn decode(message: &str) -> Result<Organisation, String> {
        record(message)
    }
}
