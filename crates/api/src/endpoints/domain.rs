//! The calls about domains (endpoints 6–9). There is none that lists them.

use crate::record::record;
use crate::{Ack, AddedDomain, Domain, DomainName, Email, Endpoint, Method, Parameter};

/// Adds a domain and returns its embed code, which no other call does (endpoint 6). Not idempotent: after a lost
/// answer, look up with [`GetDomain`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddDomain {
    /// The new domain's key.
    pub domain: DomainName,
    /// The address of the domain.
    pub email: Email,
}

/// Reads one domain (endpoint 7).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetDomain {
    /// The domain's key.
    pub domain: DomainName,
}

/// Changes a domain (endpoint 8).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpdateDomain {
    /// The domain's key before a rename.
    pub domain: DomainName,
    /// The change.
    pub change: DomainChange,
}

/// Deletes a domain (endpoint 9).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeleteDomain {
    /// The domain's key.
    pub domain: DomainName,
}

/// A change of a domain (endpoint 8): at least one setting, as the API demands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DomainChange {
    new_domain: Option<DomainName>,
    status: Option<bool>,
    email: Option<Email>,
}

impl DomainChange {
    const NOTHING: Self = Self {
        new_domain: None,
        status: None,
        email: None,
    };

    /// Renames the domain, which changes its key.
    #[must_use]
    pub fn rename(new_domain: DomainName) -> Self {
        Self {
            new_domain: Some(new_domain),
            ..Self::NOTHING
        }
    }

    /// Makes the domain active or inactive.
    #[must_use]
    pub fn set_status(active: bool) -> Self {
        Self {
            status: Some(active),
            ..Self::NOTHING
        }
    }

    /// Changes the address of the domain.
    #[must_use]
    pub fn set_email(email: Email) -> Self {
        Self {
            email: Some(email),
            ..Self::NOTHING
        }
    }

    /// Combines two changes; if they set the same thing, the later one counts.
    #[must_use]
    pub fn and(self, later: Self) -> Self {
        Self {
            new_domain: later.new_domain.or(self.new_domain),
            status: later.status.or(self.status),
            email: later.email.or(self.email),
        }
    }

    /// Returns the new name, if it changes.
    #[must_use]
    pub fn new_domain(&self) -> Option<&DomainName> {
        self.new_domain.as_ref()
    }

    /// Returns the new status, if it changes.
    #[must_use]
    pub fn status(&self) -> Option<bool> {
        self.status
    }

    /// Returns the new address, if it changes.
    #[must_use]
    pub fn email(&self) -> Option<&Email> {
        self.email.as_ref()
    }
}

impl Endpoint for AddDomain {
    type Payload = AddedDomain;

    const NAME: &'static str = "domain/add";
    const NUMBER: u8 = 6;
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "auth/addon/live_chat/domain/add";

    fn parameters(&self) -> Vec<Parameter> {
        vec![
            Parameter::text("domain", &self.domain),
            Parameter::text("email", &self.email),
        ]
    }

    fn decode(message: &str) -> Result<AddedDomain, String> {
        record(message)
    }
}

impl Endpoint for GetDomain {
    type Payload = Domain;

    const NAME: &'static str = "domain/get";
    const NUMBER: u8 = 7;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "auth/addon/live_chat/domain/get";

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::text("domain", &self.domain)]
    }

    fn decode(message: &str) -> Result<Domain, String> {
        record(message)
    }
}

impl Endpoint for UpdateDomain {
    type Payload = Ack;

    const NAME: &'static str = "domain/update";
    const NUMBER: u8 = 8;
    const METHOD: Method = Method::Put;
    const PATH: &'static str = "auth/addon/live_chat/domain/update";

    fn parameters(&self) -> Vec<Parameter> {
        let mut parameters = vec![Parameter::text("domain", &self.domain)];
        parameters.extend(
            self.change
                .new_domain
                .as_ref()
                .map(|name| Parameter::text("new_domain", name)),
        );
        parameters.extend(Parameter::bool("status", self.change.status));
        parameters.extend(
            self.change
                .email
                .as_ref()
                .map(|email| Parameter::text("email", email)),
        );
        parameters
    }

    fn decode(message: &str) -> Result<Ack, String> {
        Ok(Ack::from_json(message))
    }
}

impl Endpoint for DeleteDomain {
    type Payload = Ack;

    const NAME: &'static str = "domain/delete";
    const NUMBER: u8 = 9;
    const METHOD: Method = Method::Delete;
    const PATH: &'static str = "auth/addon/live_chat/domain/delete";

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::text("domain", &self.domain)]
    }

    fn decode(message: &str) -> Result<Ack, String> {
        Ok(Ack::from_json(message))
    }
}
