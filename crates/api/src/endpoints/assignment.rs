//! The calls about operators on a domain (endpoints 10–13).

use crate::record::{records, records_in_slices};
use crate::{Ack, Assignment, DomainName, Email, Endpoint, Method, Parameter};

/// Assigns an operator to a domain (endpoint 10). Not idempotent: after a lost answer, look up with
/// [`ListAssignments`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddAssignment {
    /// The domain's key.
    pub domain: DomainName,
    /// The operator's key.
    pub email: Email,
}

/// Changes an operator's switches on a domain (endpoint 11).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpdateAssignment {
    /// The domain's key.
    pub domain: DomainName,
    /// The operator's key.
    pub email: Email,
    /// The change.
    pub change: AssignmentChange,
}

/// Removes an operator from a domain (endpoint 12).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemoveAssignment {
    /// The domain's key.
    pub domain: DomainName,
    /// The operator's key.
    pub email: Email,
}

/// Reads the operators on a domain (endpoint 13).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListAssignments {
    /// The domain's key.
    pub domain: DomainName,
}

/// A change of an assignment (endpoint 11): at least one switch, as the API demands. The names are those of the
/// request, which differ from those of [`Assignment`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AssignmentChange {
    is_admin: Option<bool>,
    online_status: Option<bool>,
    active: Option<bool>,
}

impl AssignmentChange {
    const NOTHING: Self = Self {
        is_admin: None,
        online_status: None,
        active: None,
    };

    /// Makes the operator an admin of the domain, or not; read back as [`Assignment::is_admin`].
    #[must_use]
    pub const fn set_is_admin(is_admin: bool) -> Self {
        Self {
            is_admin: Some(is_admin),
            ..Self::NOTHING
        }
    }

    /// Shows the operator online or offline to visitors; read back as [`Assignment::shown_online`].
    #[must_use]
    pub const fn set_online_status(online: bool) -> Self {
        Self {
            online_status: Some(online),
            ..Self::NOTHING
        }
    }

    /// Sets whether the operator gets messages; read back as [`Assignment::gets_messages`].
    #[must_use]
    pub const fn set_active(active: bool) -> Self {
        Self {
            active: Some(active),
            ..Self::NOTHING
        }
    }

    /// Combines two changes; if they set the same switch, the later one counts.
    #[must_use]
    pub fn and(self, later: Self) -> Self {
        Self {
            is_admin: later.is_admin.or(self.is_admin),
            online_status: later.online_status.or(self.online_status),
            active: later.active.or(self.active),
        }
    }

    /// Returns the new value of `is_admin`, if it changes.
    #[must_use]
    pub const fn is_admin(self) -> Option<bool> {
        self.is_admin
    }

    /// Returns the new value of `online_status`, if it changes.
    #[must_use]
    pub const fn online_status(self) -> Option<bool> {
        self.online_status
    }

    /// Returns the new value of `active`, if it changes.
    #[must_use]
    pub const fn active(self) -> Option<bool> {
        self.active
    }
}

impl Endpoint for AddAssignment {
    type Payload = Ack;

    const NAME: &'static str = "domain/operator/add";
    const NUMBER: u8 = 10;
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "auth/addon/live_chat/domain/operator/add";

    fn parameters(&self) -> Vec<Parameter> {
        vec![
            Parameter::text("domain", &self.domain),
            Parameter::text("email", &self.email),
        ]
    }

    fn decode(message: &str) -> Result<Ack, String> {
        Ok(Ack::from_json(message))
    }
}

impl Endpoint for UpdateAssignment {
    type Payload = Ack;

    const NAME: &'static str = "domain/operator/update";
    const NUMBER: u8 = 11;
    const METHOD: Method = Method::Put;
    const PATH: &'static str = "auth/addon/live_chat/domain/operator/update";

    fn parameters(&self) -> Vec<Parameter> {
        let mut parameters = vec![
            Parameter::text("domain", &self.domain),
            Parameter::text("email", &self.email),
        ];
        parameters.extend(Parameter::bool("is_admin", self.change.is_admin));
        parameters.extend(Parameter::bool("online_status", self.change.online_status));
        parameters.extend(Parameter::bool("active", self.change.active));
        parameters
    }

    fn decode(message: &str) -> Result<Ack, String> {
        Ok(Ack::from_json(message))
    }
}

impl Endpoint for RemoveAssignment {
    type Payload = Ack;

    const NAME: &'static str = "domain/operator/remove";
    const NUMBER: u8 = 12;
    const METHOD: Method = Method::Put;
    const PATH: &'static str = "auth/addon/live_chat/domain/operator/remove";

    fn parameters(&self) -> Vec<Parameter> {
        vec![
            Parameter::text("domain", &self.domain),
            Parameter::text("email", &self.email),
        ]
    }

    fn decode(message: &str) -> Result<Ack, String> {
        Ok(Ack::from_json(message))
    }
}

impl Endpoint for ListAssignments {
    type Payload = Vec<Assignment>;

    const NAME: &'static str = "domain/operator/list";
    const NUMBER: u8 = 13;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "auth/addon/live_chat/domain/operator/list";
    const IS_LIST: bool = true;

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::text("domain", &self.domain)]
    }

    fn decode(message: &str) -> Result<Vec<Assignment>, String> {
        records(message)
    }

    async fn decode_in_slices(
        message: &str,
        pause: &impl AsyncFn(),
    ) -> Result<Vec<Assignment>, String> {
        records_in_slices(message, pause).await
    }
}
