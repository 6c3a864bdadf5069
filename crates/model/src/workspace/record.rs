//! One known domain as it is kept: a JSON object with a version of its own.

use serde::{Deserialize, Serialize};
use switchboard_api::{DomainName, Email, EmbedCode};

use super::keys::Place;

/// The version of the record's format that this code writes.
const VERSION: u32 = 1;

/// How an embed code came into this browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CodeOrigin {
    /// It was in the answer to endpoint 6, domain/add: the only call that ever returns it.
    Added,
    /// A person pasted it from elsewhere.
    Pasted,
    /// It came with a workspace file.
    Imported,
}

/// An embed code with where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldCode {
    /// The two snippets, exactly as they came.
    pub code: EmbedCode,
    /// How they came.
    pub origin: CodeOrigin,
    /// When they came, in milliseconds since 1970-01-01 UTC.
    pub received_at: u64,
}

/// A domain that this browser knows of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownDomain {
    /// The domain's name: its key in every call.
    pub name: DomainName,
    /// The contact address, where it is known (endpoints 6 and 7).
    pub email: Option<Email>,
    /// Its embed code, where this browser holds it.
    pub held: Option<HeldCode>,
    /// Whether its code was ever copied in this browser.
    pub code_copied: bool,
    /// Whether an answer of the API ever named an operator on it (endpoints 7 and 13). This browser's own note: no file carries it.
    pub operator_seen: bool,
    /// Since when the domain is known here, in milliseconds since 1970-01-01 UTC.
    pub known_since: u64,
}

/// Why a record could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// Not JSON, or JSON of another shape.
    #[error("the record is damaged: {0}")]
    Damaged(String),
    /// Written by a later release of the panel.
    #[error("the record has version {0}, which is newer than this panel")]
    Newer(u32),
    /// The domain's name inside is not a domain name.
    #[error("the record names no domain: {0:?}")]
    NoDomain(String),
    /// It lies where the record of another domain does: whose code it holds, nobody knows.
    #[error("the record is about another domain: {0:?}")]
    OtherDomain(String),
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Stored {
    version: u32,
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    #[serde(default)]
    known_since: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    embed: Option<StoredCode>,
    #[serde(default)]
    code_copied: bool,
    #[serde(default)]
    operator_seen: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct StoredCode {
    link: String,
    socket_link: String,
    origin: CodeOrigin,
    #[serde(default)]
    received_at: u64,
}

impl KnownDomain {
    /// A domain with no code held.
    #[must_use]
    pub fn new(name: DomainName, email: Option<Email>, known_since: u64) -> Self {
        Self {
            name,
            email,
            held: None,
            code_copied: false,
            operator_seen: false,
            known_since,
        }
    }

    /// The record as text.
    #[must_use]
    pub fn to_text(&self) -> String {
        let stored = Stored {
            version: VERSION,
            name: self.name.as_str().to_owned(),
            email: self.email.as_ref().map(|email| email.as_str().to_owned()),
            known_since: self.known_since,
            code_copied: self.code_copied,
            operator_seen: self.operator_seen,
            embed: self.held.as_ref().map(|held| StoredCode {
                link: held.code.link.clone(),
                socket_link: held.code.socket_link.clone(),
                origin: held.origin,
                received_at: held.received_at,
            }),
        };
        serde_json::to_string(&stored).unwrap_or_default()
    }

    /// Reads a record.
    ///
    /// # Errors
    /// [`RecordError`] when the text is not a record of a version that this code knows.
    pub fn from_text(text: &str) -> Result<Self, RecordError> {
        #[derive(Deserialize)]
        struct Versioned {
            version: u32,
        }
        let damaged = |error: serde_json::Error| RecordError::Damaged(error.to_string());
        let Versioned { version } = serde_json::from_str(text).map_err(damaged)?;
        if version > VERSION {
            return Err(RecordError::Newer(version));
        }
        let stored: Stored = serde_json::from_str(text).map_err(damaged)?;
        let Ok(name) = stored.name.parse() else {
            return Err(RecordError::NoDomain(stored.name));
        };
        Ok(Self {
            name,
            email: stored.email.and_then(|email| email.parse().ok()),
            known_since: stored.known_since,
            code_copied: stored.code_copied,
            operator_seen: stored.operator_seen,
            held: stored.embed.map(|embed| HeldCode {
                code: EmbedCode {
                    link: embed.link,
                    socket_link: embed.socket_link,
                },
                origin: embed.origin,
                received_at: embed.received_at,
            }),
        })
    }

    /// Reads what lies at a domain's place: its record, and no other domain's.
    ///
    /// # Errors
    /// As [`Self::from_text`], and [`RecordError::OtherDomain`].
    pub(super) fn at(place: &Place, text: &str) -> Result<Self, RecordError> {
        let known = Self::from_text(text)?;
        if known.name.as_str() == place.domain() {
            Ok(known)
        } else {
            Err(RecordError::OtherDomain(known.name.as_str().to_owned()))
        }
    }

    /// What is known when two records of one domain meet: the newer contact address, the older date, and **a held code is never lost to
    /// a record that has none**. Of two codes the one received later stays.
    #[must_use]
    pub fn merged_with(self, newer: Self) -> Self {
        let held = match (self.held, newer.held) {
            (Some(old), Some(new)) if old.received_at > new.received_at => Some(old),
            (old, new) => new.or(old),
        };
        Self {
            name: newer.name,
            email: newer.email.or(self.email),
            held,
            code_copied: self.code_copied || newer.code_copied,
            operator_seen: self.operator_seen || newer.operator_seen,
            known_since: match (self.known_since, newer.known_since) {
                (0, since) | (since, 0) => since,
                (one, other) => one.min(other),
            },
        }
    }
}
