//! Operators: the people who chat (endpoints 2, 3, 4).

use crate::record::{Fields, Record};
use crate::{Email, LiveChatStatus, Login, PersonName, Presence, Tristate};

/// An operator (endpoints 3 and 4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator {
    /// Their name.
    pub name: PersonName,
    /// Their key in every call.
    pub email: Email,
    /// `status`: their presence.
    pub presence: Presence,
    /// `active`: whether they can log in.
    pub login: Login,
    /// `operator`: off for a user who is not an operator.
    pub is_operator: Tristate,
    /// Whether they are active in the live chat addon, the first of `addOns`; `None` if the answer lists none.
    pub live_chat: Option<LiveChatStatus>,
}

/// The API's answer about an operator who was just added (endpoint 2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddedOperator {
    /// Their name.
    pub name: PersonName,
    /// Their key in every call.
    pub email: Email,
}

/// One of an operator's `addOns`.
struct OperatorAddon {
    status: LiveChatStatus,
}

impl Record for Operator {
    const KIND: &'static str = "an operator";
    const FIELDS: &'static [&'static str] =
        &["name", "email", "status", "active", "operator", "addOns"];

    fn from_fields(fields: &Fields<'_>) -> Self {
        Self {
            name: fields.person_name("name"),
            email: fields.email("email"),
            presence: Presence::as_received(&fields.text("status")),
            login: Login::as_received(&fields.text("active")),
            is_operator: fields.flag("operator"),
            live_chat: fields
                .records::<OperatorAddon>("addOns")
                .into_iter()
                .next()
                .map(|addon| addon.status),
        }
    }
}

impl Record for AddedOperator {
    const KIND: &'static str = "an added operator";
    const FIELDS: &'static [&'static str] = &["name", "email"];

    fn from_fields(fields: &Fields<'_>) -> Self {
        Self {
            name: fields.person_name("name"),
            email: fields.email("email"),
        }
    }
}

impl Record for OperatorAddon {
    const KIND: &'static str = "an operator's addon";
    const FIELDS: &'static [&'static str] = &["status"];

    fn from_fields(fields: &Fields<'_>) -> Self {
        Self {
            status: LiveChatStatus::as_received(&fields.text("status")),
        }
    }
}
