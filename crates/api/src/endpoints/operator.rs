//! The calls about operators (endpoints 2–5).

use crate::endpoint::ParameterValue;
use crate::record::{record, records, records_in_slices};
use crate::{Ack, AddedOperator, DomainName, Email, Endpoint, Method, Operator, Parameter};

/// Adds an operator (endpoint 2). Not idempotent: after a lost answer, look up with [`GetOperator`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddOperator {
    /// The new operator's key.
    pub email: Email,
    /// Their name as one text.
    pub name: String,
}

/// Reads one operator (endpoint 3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetOperator {
    /// The operator's key.
    pub email: Email,
}

/// Reads all operators (endpoint 4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListOperators;

/// Switches an operator on or off in the live chat addon alone, without effect on presence or login (endpoint 5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpdateOperator {
    /// The operator's key.
    pub email: Email,
    /// On or off.
    pub change: LiveChatChange,
}

/// A change of an operator in the live chat addon (endpoint 5, `status` and `domain`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LiveChatChange {
    /// `status` 1: active.
    Activate {
        /// The domains to assign them to; empty to leave that to the API.
        domains: Vec<DomainName>,
    },
    /// `status` 0: inactive.
    Deactivate,
}

impl Endpoint for AddOperator {
    type Payload = AddedOperator;

    const NAME: &'static str = "operator/add";
    const NUMBER: u8 = 2;
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "auth/addon/live_chat/operator/add";

    fn parameters(&self) -> Vec<Parameter> {
        vec![
            Parameter::text("email", &self.email),
            Parameter::text("name", &self.name),
        ]
    }

    fn decode(message: &str) -> Result<AddedOperator, String> {
        record(message)
    }
}

impl Endpoint for GetOperator {
    type Payload = Operator;

    const NAME: &'static str = "operator/get";
    const NUMBER: u8 = 3;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "auth/addon/live_chat/operator/get";

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::text("email", &self.email)]
    }

    fn decode(message: &str) -> Result<Operator, String> {
        record(message)
    }
}

impl Endpoint for ListOperators {
    type Payload = Vec<Operator>;

    const NAME: &'static str = "operator/list";
    const NUMBER: u8 = 4;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "auth/addon/live_chat/operator/list";
    const IS_LIST: bool = true;

    fn parameters(&self) -> Vec<Parameter> {
        Vec::new()
    }

    fn decode(message: &str) -> Result<Vec<Operator>, String> {
        records(message)
    }

    async fn decode_in_slices(
        message: &str,
        pause: &impl AsyncFn(),
    ) -> Result<Vec<Operator>, String> {
        records_in_slices(message, pause).await
    }
}

impl Endpoint for UpdateOperator {
    type Payload = Ack;

    const NAME: &'static str = "operator/update";
    const NUMBER: u8 = 5;
    const METHOD: Method = Method::Put;
    const PATH: &'static str = "auth/addon/live_chat/operator/update";

    fn parameters(&self) -> Vec<Parameter> {
        let (status, domains) = match &self.change {
            LiveChatChange::Activate { domains } => (1, domains.as_slice()),
            LiveChatChange::Deactivate => (0, [].as_slice()),
        };
        let mut parameters = vec![
            Parameter::text("email", &self.email),
            Parameter {
                name: "status",
                value: ParameterValue::Number(status),
            },
        ];
        if !domains.is_empty() {
            let names = domains.iter().map(ToString::to_string).collect();
            parameters.push(Parameter {
                name: "domain",
                value: ParameterValue::List(names),
            });
        }
        parameters
    }

    fn decode(message: &str) -> Result<Ack, String> {
        Ok(Ack::from_json(message))
    }
}
