//! Assignments: an operator on a domain (endpoint 13, and inside 7).

use crate::record::{Fields, Record};
use crate::{Email, PersonName, Tristate};

/// An operator on a domain (endpoint 13).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The operator's name.
    pub name: PersonName,
    /// `isAdmin`; set by `is_admin` of endpoint 11.
    pub is_admin: Tristate,
    /// `chatStatus`: shown online to visitors; set by `online_status` of endpoint 11.
    pub shown_online: Tristate,
    /// `active`: gets messages; set by `active` of endpoint 11.
    pub gets_messages: Tristate,
    /// `userId`, 24 hexadecimal digits, unchanged.
    pub user_id: String,
    /// The operator's key in every call.
    pub email: Email,
}

impl Record for Assignment {
    const KIND: &'static str = "an operator of a domain";
    const FIELDS: &'static [&'static str] =
        &["name", "isAdmin", "chatStatus", "active", "userId", "email"];

    fn from_fields(fields: &Fields<'_>) -> Self {
        Self {
            name: fields.person_name("name"),
            is_admin: fields.flag("isAdmin"),
            shown_online: fields.flag("chatStatus"),
            gets_messages: fields.flag("active"),
            user_id: fields.text("userId").into_owned(),
            email: fields.email("email"),
        }
    }
}
