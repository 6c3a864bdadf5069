//! A change as data: one of the nine writes (endpoints 2, 5, 6, 8 to 12, 14).

use std::fmt::Display;
use std::str::FromStr;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use switchboard_api::{DomainName, Email};

/// A change that a write makes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Change {
    /// Endpoint 2: adds an operator.
    AddOperator {
        /// The operator.
        #[serde(with = "text")]
        email: Email,
        /// Their name.
        name: String,
    },
    /// Endpoint 5: switches an operator on or off in the live chat addon.
    SwitchOperator {
        /// The operator.
        #[serde(with = "text")]
        email: Email,
        /// On or off.
        on: bool,
        /// The domains that they are assigned to at the same time.
        #[serde(with = "texts", default)]
        domains: Vec<DomainName>,
    },
    /// Endpoint 6: adds a domain.
    AddDomain {
        /// The domain.
        #[serde(with = "text")]
        domain: DomainName,
    },
    /// Endpoint 8: changes the settings of a domain.
    ChangeDomain {
        /// The domain, by its former name.
        #[serde(with = "text")]
        domain: DomainName,
        /// The new settings.
        to: DomainSettings,
    },
    /// Endpoint 9: deletes a domain.
    DeleteDomain {
        /// The domain.
        #[serde(with = "text")]
        domain: DomainName,
    },
    /// Endpoint 10: assigns an operator to a domain.
    AddAssignment {
        /// The domain.
        #[serde(with = "text")]
        domain: DomainName,
        /// The operator.
        #[serde(with = "text")]
        email: Email,
    },
    /// Endpoint 11: changes an operator's switches on a domain.
    ChangeAssignment {
        /// The domain.
        #[serde(with = "text")]
        domain: DomainName,
        /// The operator.
        #[serde(with = "text")]
        email: Email,
        /// The new switches.
        to: Switches,
    },
    /// Endpoint 12: removes an operator from a domain.
    RemoveAssignment {
        /// The domain.
        #[serde(with = "text")]
        domain: DomainName,
        /// The operator.
        #[serde(with = "text")]
        email: Email,
    },
    /// Endpoint 14: deletes a user.
    DeleteUser {
        /// The user.
        #[serde(with = "text")]
        email: Email,
    },
}

/// New settings of a domain (endpoint 8); `None` leaves a setting unchanged.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DomainSettings {
    /// The name.
    #[serde(with = "some_text", default, skip_serializing_if = "Option::is_none")]
    pub name: Option<DomainName>,
    /// Whether the domain is active.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
    /// The contact address.
    #[serde(with = "some_text", default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Email>,
}

/// New switches of an assignment (endpoint 11); `None` leaves a switch unchanged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Switches {
    /// Whether the operator is admin of the domain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub admin: Option<bool>,
    /// Whether the operator is shown online.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown_online: Option<bool>,
    /// Whether the operator gets messages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gets_messages: Option<bool>,
}

impl Change {
    /// Returns whether it removes something that a switch cannot restore: an account, a domain, or an operator's
    /// assignment. Such a change never starts by itself.
    #[must_use]
    pub fn is_destructive(&self) -> bool {
        match self {
            Self::DeleteUser { .. } | Self::DeleteDomain { .. } | Self::RemoveAssignment { .. } => {
                true
            }
            Self::AddOperator { .. }
            | Self::SwitchOperator { .. }
            | Self::AddDomain { .. }
            | Self::ChangeDomain { .. }
            | Self::AddAssignment { .. }
            | Self::ChangeAssignment { .. } => false,
        }
    }

    /// Returns the change that undoes it, if that follows from the change alone.
    #[must_use]
    pub fn inverse(&self) -> Option<Self> {
        match self {
            Self::SwitchOperator { email, on, domains } if domains.is_empty() => {
                Some(Self::SwitchOperator {
                    email: email.clone(),
                    on: !on,
                    domains: Vec::new(),
                })
            }
            Self::AddAssignment { domain, email } => Some(Self::RemoveAssignment {
                domain: domain.clone(),
                email: email.clone(),
            }),
            _ => None,
        }
    }

    /// Returns the operator that it is about, if any.
    #[must_use]
    pub fn operator(&self) -> Option<&Email> {
        match self {
            Self::AddOperator { email, .. }
            | Self::SwitchOperator { email, .. }
            | Self::DeleteUser { email } => Some(email),
            _ => self.assignment().map(|(_, email)| email),
        }
    }

    /// Returns the domain that has to exist for this change.
    #[must_use]
    pub fn domain(&self) -> Option<&DomainName> {
        match self {
            Self::ChangeDomain { domain, .. } | Self::DeleteDomain { domain } => Some(domain),
            _ => self.assignment().map(|(domain, _)| domain),
        }
    }

    /// Returns whether this newer change conflicts with undoing the older one: the same value was set again, or its
    /// object was added, deleted or renamed.
    #[must_use]
    pub fn supersedes(&self, older: &Self) -> bool {
        match self {
            Self::AddDomain { domain } | Self::DeleteDomain { domain } => {
                older.is_about_domain(domain)
            }
            Self::AddOperator { email, .. } | Self::DeleteUser { email } => {
                older.is_about_user(email)
            }
            Self::ChangeDomain { domain, to } => match &to.name {
                Some(name) => older.is_about_domain(domain) || older.is_about_domain(name),
                None => matches!(older, Self::ChangeDomain { domain: same, to: before }
                    if same == domain && to.overlaps(before)),
            },
            Self::SwitchOperator { email, domains, .. } => match older {
                Self::SwitchOperator { email: same, .. } => same == email,
                _ => older
                    .assignment()
                    .is_some_and(|(domain, same)| same == email && domains.contains(domain)),
            },
            Self::AddAssignment { domain, email } | Self::RemoveAssignment { domain, email } => {
                older.assignment() == Some((domain, email))
            }
            Self::ChangeAssignment { domain, email, to } => match older {
                Self::ChangeAssignment { to: before, .. } if !to.overlaps(*before) => false,
                // Removing the operator again also removes the switches set since, which is intended.
                Self::AddAssignment { .. } => false,
                _ => older.assignment() == Some((domain, email)),
            },
        }
    }

    fn is_about_domain(&self, name: &DomainName) -> bool {
        match self {
            Self::AddDomain { domain } | Self::DeleteDomain { domain } => domain == name,
            Self::ChangeDomain { domain, to } => domain == name || to.name.as_ref() == Some(name),
            Self::SwitchOperator { domains, .. } => domains.contains(name),
            _ => self.assignment().is_some_and(|(domain, _)| domain == name),
        }
    }

    fn is_about_user(&self, who: &Email) -> bool {
        match self {
            Self::AddOperator { email, .. }
            | Self::SwitchOperator { email, .. }
            | Self::DeleteUser { email } => email == who,
            _ => self.assignment().is_some_and(|(_, email)| email == who),
        }
    }

    /// Returns the domain and the operator of the assignment that it is about, if any.
    #[must_use]
    pub fn assignment(&self) -> Option<(&DomainName, &Email)> {
        match self {
            Self::AddAssignment { domain, email }
            | Self::ChangeAssignment { domain, email, .. }
            | Self::RemoveAssignment { domain, email } => Some((domain, email)),
            _ => None,
        }
    }
}

impl DomainSettings {
    fn overlaps(&self, other: &Self) -> bool {
        (self.name.is_some() && other.name.is_some())
            || (self.active.is_some() && other.active.is_some())
            || (self.email.is_some() && other.email.is_some())
    }
}

impl Switches {
    fn overlaps(self, other: Self) -> bool {
        (self.admin.is_some() && other.admin.is_some())
            || (self.shown_online.is_some() && other.shown_online.is_some())
            || (self.gets_messages.is_some() && other.gets_messages.is_some())
    }
}

/// Serializes a key of the API as text.
pub(crate) mod text {
    use super::*;

    pub fn serialize<T: Display, S: Serializer>(value: &T, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(value)
    }

    pub fn deserialize<'de, T, D>(from: D) -> Result<T, D::Error>
    where
        T: FromStr<Err: Display>,
        D: Deserializer<'de>,
    {
        String::deserialize(from)?.parse().map_err(Error::custom)
    }
}

/// Serializes an optional key of the API as text.
mod some_text {
    use super::*;

    pub fn serialize<T: Display, S: Serializer>(
        value: &Option<T>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        value.as_ref().map(ToString::to_string).serialize(to)
    }

    pub fn deserialize<'de, T, D>(from: D) -> Result<Option<T>, D::Error>
    where
        T: FromStr<Err: Display>,
        D: Deserializer<'de>,
    {
        let text = Option::<String>::deserialize(from)?;
        text.map(|text| text.parse().map_err(Error::custom))
            .transpose()
    }
}

/// Keys of the API as their texts.
pub(super) mod texts {
    use super::*;

    pub fn serialize<T: Display, S: Serializer>(values: &[T], to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(values.iter().map(ToString::to_string))
    }

    pub fn deserialize<'de, T, D>(from: D) -> Result<Vec<T>, D::Error>
    where
        T: FromStr<Err: Display>,
        D: Deserializer<'de>,
    {
        let texts = Vec::<String>::deserialize(from)?;
        let parsed = texts.iter().map(|text| text.parse().map_err(Error::custom));
        parsed.collect()
    }
}
