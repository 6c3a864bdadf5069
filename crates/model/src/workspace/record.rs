//! One known domain, stored as a JSON object with its own version.

use serde::{Deserialize, Serialize};
use switchboard_api::{DomainName, Email, EmbedCode};

/// The version of the record's format that this code writes.
const VERSION: u32 = 1;

/// How an embed code came into this browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CodeOrigin {
    /// In the answer to endpoint 6, domain/add: the only call that returns it.
    Added,
    /// The user pasted it.
    Pasted,
    /// From a workspace file, where no code was stored. It never replaces a code of another origin, whatever the
    /// times say.
    Imported,
    /// From a workspace file, chosen by the user over the stored code. An imported code that an earlier release
    /// stored counts as chosen.
    Chosen,
}

/// An origin as written in records and files.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum StoredOrigin {
    Added,
    Pasted,
    Imported,
}

impl From<CodeOrigin> for StoredOrigin {
    fn from(origin: CodeOrigin) -> Self {
        match origin {
            CodeOrigin::Added => Self::Added,
            CodeOrigin::Pasted => Self::Pasted,
            CodeOrigin::Imported | CodeOrigin::Chosen => Self::Imported,
        }
    }
}

impl From<StoredOrigin> for CodeOrigin {
    fn from(origin: StoredOrigin) -> Self {
        match origin {
            StoredOrigin::Added => Self::Added,
            StoredOrigin::Pasted => Self::Pasted,
            StoredOrigin::Imported => Self::Imported,
        }
    }
}

/// An embed code with its origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldCode {
    /// The two snippets, unchanged.
    pub code: EmbedCode,
    /// The origin.
    pub origin: CodeOrigin,
    /// When it came, in milliseconds since 1970-01-01 UTC.
    pub received_at: u64,
}

impl HeldCode {
    /// Returns whether this code stays when records with different codes are merged. Codes that only filled a gap
    /// lose to all others; among the others the later one wins.
    fn outranks(&self, other: &Self) -> bool {
        let rank = |held: &Self| (held.origin != CodeOrigin::Imported, held.received_at);
        rank(self) > rank(other)
    }

    /// Marks this code as chosen by the user. An imported code would otherwise lose to one of any other origin.
    #[must_use]
    pub fn chosen(self) -> Self {
        let origin = match self.origin {
            CodeOrigin::Imported => CodeOrigin::Chosen,
            origin => origin,
        };
        Self { origin, ..self }
    }

    /// Dates this code so that it outranks the stored one.
    pub(super) fn dated_after(self, before: Option<&Self>) -> Self {
        match before {
            Some(before) if before.code != self.code && before.origin != CodeOrigin::Imported => {
                Self {
                    received_at: self.received_at.max(before.received_at.saturating_add(1)),
                    ..self
                }
            }
            _ => self,
        }
    }
}

/// A domain that this browser knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownDomain {
    /// The domain's name: its key in every call.
    pub name: DomainName,
    /// The contact address, if known (endpoints 6 and 7).
    pub email: Option<Email>,
    /// Its embed code, if this browser has it.
    pub held: Option<HeldCode>,
    /// Whether its code was ever copied in this browser.
    pub code_copied: bool,
    /// Whether an answer of the API ever named an operator on it (endpoints 7 and 13). A note of this browser, which
    /// no file contains.
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
    /// It has the key of another domain's record, so it is unclear whose code it contains.
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
    origin: StoredOrigin,
    /// For imported codes: whether the user chose it. Missing in records of earlier releases, in which the later code
    /// won.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    chosen: Option<bool>,
    #[serde(default)]
    received_at: u64,
}

impl StoredCode {
    fn of(held: &HeldCode) -> Self {
        Self {
            link: held.code.link.clone(),
            socket_link: held.code.socket_link.clone(),
            origin: held.origin.into(),
            chosen: match held.origin {
                CodeOrigin::Imported => Some(false),
                CodeOrigin::Chosen => Some(true),
                CodeOrigin::Added | CodeOrigin::Pasted => None,
            },
            received_at: held.received_at,
        }
    }

    fn read(self) -> HeldCode {
        let origin = match (self.origin, self.chosen) {
            (StoredOrigin::Imported, None | Some(true)) => CodeOrigin::Chosen,
            (origin, _) => origin.into(),
        };
        HeldCode {
            code: EmbedCode {
                link: self.link,
                socket_link: self.socket_link,
            },
            origin,
            received_at: self.received_at,
        }
    }
}

impl KnownDomain {
    /// Creates a domain without a code.
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

    /// Serializes the record.
    #[must_use]
    pub fn to_text(&self) -> String {
        let stored = Stored {
            version: VERSION,
            name: self.name.as_str().to_owned(),
            email: self.email.as_ref().map(|email| email.as_str().to_owned()),
            known_since: self.known_since,
            code_copied: self.code_copied,
            operator_seen: self.operator_seen,
            embed: self.held.as_ref().map(StoredCode::of),
        };
        serde_json::to_string(&stored).unwrap_or_default()
    }

    /// Parses a record.
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
            held: stored.embed.map(StoredCode::read),
        })
    }

    /// Merges two records of one domain: keeps the newer contact address and the older date, and **never loses a code
    /// to a record without one**. Of two codes the one received later stays, but an imported code that the user did
    /// not choose stays only if there is no other.
    #[must_use]
    pub fn merged_with(self, newer: Self) -> Self {
        let held = match (self.held, newer.held) {
            (Some(old), Some(new)) if old.outranks(&new) => Some(old),
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
