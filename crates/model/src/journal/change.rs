//! A change as data: one of the nine writing calls (endpoints 2, 5, 6, 8 to 12, 14).

use std::fmt::Display;
use std::str::FromStr;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use switchboard_api::{DomainName, Email};

/// What a write changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Change {
    /// Endpoint 2: a new operator.
    AddOperator {
        /// Who.
        #[serde(with = "text")]
        email: Email,
        /// Their name.
        name: String,
    },
    /// Endpoint 5: an operator in the live chat addon.
    SwitchOperator {
        /// Who.
        #[serde(with = "text")]
        email: Email,
        /// On or off.
        on: bool,
        /// The domains that they are put on with it.
        #[serde(with = "texts", default)]
        domains: Vec<DomainName>,
    },
    /// Endpoint 6: a new domain.
    AddDomain {
        /// Which.
        #[serde(with = "text")]
        domain: DomainName,
    },
    /// Endpoint 8: the settings of a domain.
    ChangeDomain {
        /// Which, by its name before.
        #[serde(with = "text")]
        domain: DomainName,
        /// What is set.
        to: DomainSettings,
    },
    /// Endpoint 9: a domain is gone.
    DeleteDomain {
        /// Which.
        #[serde(with = "text")]
        domain: DomainName,
    },
    /// Endpoint 10: an operator is put on a domain.
    AddAssignment {
        /// Where.
        #[serde(with = "text")]
        domain: DomainName,
        /// Who.
        #[serde(with = "text")]
        email: Email,
    },
    /// Endpoint 11: what an operator is on a domain.
    ChangeAssignment {
        /// Where.
        #[serde(with = "text")]
        domain: DomainName,
        /// Who.
        #[serde(with = "text")]
        email: Email,
        /// What is set.
        to: Switches,
    },
    /// Endpoint 12: an operator is taken off a domain.
    RemoveAssignment {
        /// Where.
        #[serde(with = "text")]
        domain: DomainName,
        /// Who.
        #[serde(with = "text")]
        email: Email,
    },
    /// Endpoint 14: a user is gone.
    DeleteUser {
        /// Who.
        #[serde(with = "text")]
        email: Email,
    },
}

/// What is set of a domain (endpoint 8); nothing stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DomainSettings {
    /// Its name.
    #[serde(with = "some_text", default, skip_serializing_if = "Option::is_none")]
    pub name: Option<DomainName>,
    /// Active or not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
    /// Its contact address.
    #[serde(with = "some_text", default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Email>,
}

/// What is set of an assignment (endpoint 11); nothing stays as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Switches {
    /// Admin of the domain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub admin: Option<bool>,
    /// Shown online.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown_online: Option<bool>,
    /// Gets messages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gets_messages: Option<bool>,
}

impl Change {
    /// Whether it takes something away that no press of a switch brings back: an account, a domain, or somebody off a domain. Such a change
    /// never starts by itself.
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

    /// The change that takes it back, where it was not so before and nothing else is needed to know it.
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

    /// The operator that it is about, if it is about one.
    #[must_use]
    pub fn operator(&self) -> Option<&Email> {
        match self {
            Self::AddOperator { email, .. }
            | Self::SwitchOperator { email, .. }
            | Self::DeleteUser { email } => Some(email),
            _ => self.assignment().map(|(_, email)| email),
        }
    }

    /// Whether this, made later, took away what undoing the older one would go back from: the same value was set again, or whom or
    /// what it was about came, went, or has another name.
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
                // What the switches were set to goes with who is taken off again: that is meant.
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

    /// The domain and the operator on it that it is about, if it is about such.
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

/// A key of the API as its text.
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

/// Perhaps a key of the API, as its text.
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
