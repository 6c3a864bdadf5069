//! The organisation and its parts (endpoint 1).

use crate::record::{Fields, Record};
use crate::{
    AccountStatus, AddonStatus, Email, OrganisationStatus, Role, Secret, Tristate, UntypedJson,
};

/// The organisation (endpoint 1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// Active, blocked, or with an incomplete payment.
    pub status: OrganisationStatus,
    /// `dummyDomain`: on for a dummy account, off for a live one.
    pub dummy: Tristate,
    /// Its name.
    pub name: String,
    /// Its own address.
    pub email: Email,
    /// The accounts that may manage it.
    pub access: Vec<Access>,
    /// Its plans.
    pub plan: Vec<Plan>,
    /// Its addons.
    pub addon: Vec<Addon>,
}

/// An account that may manage the organisation (endpoint 1, `access[]`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    /// Admin, or staff.
    pub role: Role,
    /// Blocked or active; given for staff only.
    pub status: AccountStatus,
    /// The permissions of staff.
    pub permission: UntypedJson,
    /// The account holder's name as one text.
    pub name: String,
    /// The account holder's address.
    pub email: Email,
}

/// A plan of the organisation (endpoint 1, `plan[]`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Its name.
    pub name: String,
    /// Its price; the reference names no currency.
    pub price: UntypedJson,
    /// What it contains.
    pub features: UntypedJson,
    /// The PayPal subscription; empty if there is none.
    pub subscription_id: String,
}

/// An addon of the organisation (endpoint 1, `addon[]`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addon {
    /// Its name.
    pub name: String,
    /// `uniqueName`, its identifier in the API, such as `live_chat`.
    pub unique_name: String,
    /// The PayPal subscription; empty if there is none.
    pub subscription_id: String,
    /// Active or inactive.
    pub status: AddonStatus,
    /// Its own plan.
    pub plan: UntypedJson,
    /// `uvdeskConfig`, of the uvdesk addon only.
    pub uvdesk_config: UntypedJson,
    /// `schedulerConfig`, of the scheduler addon only.
    pub scheduler_config: UntypedJson,
    /// `accessToken`, of the seller buyer addon only.
    pub access_token: Option<Secret>,
    /// `refreshToken`, of the seller buyer addon only.
    pub refresh_token: Option<Secret>,
}

impl Record for Organisation {
    const KIND: &'static str = "an organisation";
    const FIELDS: &'static [&'static str] = &[
        "status",
        "dummyDomain",
        "name",
        "email",
        "access",
        "plan",
        "addon",
    ];

    fn from_fields(fields: &Fields<'_>) -> Self {
        Self {
            status: OrganisationStatus::as_received(&fields.text("status")),
            dummy: fields.flag("dummyDomain"),
            name: fields.text("name").into_owned(),
            email: fields.email("email"),
            access: fields.records("access"),
            plan: fields.records("plan"),
            addon: fields.records("addon"),
        }
    }
}

impl Record for Access {
    const KIND: &'static str = "an account";
    const FIELDS: &'static [&'static str] = &["role", "status", "permission", "name", "email"];

    fn from_fields(fields: &Fields<'_>) -> Self {
        Self {
            role: Role::as_received(&fields.text("role")),
            status: AccountStatus::as_received(&fields.text("status")),
            permission: fields.open("permission"),
            // The sample has one text. A name in two parts is accepted too.
            name: fields.person_name("name").display(),
            email: fields.email("email"),
        }
    }
}

impl Record for Plan {
    const KIND: &'static str = "a plan";
    const FIELDS: &'static [&'static str] = &["name", "price", "features", "subscriptionID"];

    fn from_fields(fields: &Fields<'_>) -> Self {
        Self {
            name: fields.text("name").into_owned(),
            price: fields.open("price"),
            features: fields.open("features"),
            subscription_id: fields.text("subscriptionID").into_owned(),
        }
    }
}

impl Record for Addon {
    const KIND: &'static str = "an addon";
    const FIELDS: &'static [&'static str] = &[
        "name",
        "uniqueName",
        "subscriptionID",
        "status",
        "plan",
        "uvdeskConfig",
        "schedulerConfig",
        "accessToken",
        "refreshToken",
    ];

    fn from_fields(fields: &Fields<'_>) -> Self {
        Self {
            name: fields.text("name").into_owned(),
            unique_name: fields.text("uniqueName").into_owned(),
            subscription_id: fields.text("subscriptionID").into_owned(),
            status: AddonStatus::as_received(&fields.text("status")),
            plan: fields.open("plan"),
            uvdesk_config: fields.open("uvdeskConfig"),
            scheduler_config: fields.open("schedulerConfig"),
            access_token: fields.secret("accessToken"),
            refresh_token: fields.secret("refreshToken"),
        }
    }
}
