//! The workspace as a file, to move it to another browser. `docs/workspace-file.md` documents the format.
//!
//! The file contains the workspace and nothing else: no token can get into it, because no function here is given one.

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_json::error::Category;
use switchboard_api::{BaseUrl, DomainName, EmbedCode};

use super::keys::OrganisationKey;
use super::record::{HeldCode, KnownDomain, StoredOrigin};

/// The value of the field `format`, which distinguishes it from other JSON files.
const FORMAT: &str = "switchboard-workspace";

/// The version of the format that this code writes, and the newest that it reads.
const VERSION: u64 = 1;

/// The maximum size of a file in bytes: more than a browser stores for one page, so that every exported file can be
/// imported.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;

/// A workspace file that was read completely.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkspaceFile {
    /// The organisation that it was exported from.
    pub organisation: OrganisationKey,
    /// When it was exported, in milliseconds since 1970-01-01 UTC.
    pub exported_at: u64,
    /// The domains, with distinct names, in the order of the file.
    pub domains: Vec<KnownDomain>,
}

/// Why a file cannot be imported. Nothing of such a file is imported.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// It is larger than [`MAX_BYTES`].
    #[error("the file has {bytes} bytes, more than {MAX_BYTES}")]
    TooLarge {
        /// Its size.
        bytes: usize,
    },
    /// It is not JSON.
    #[error("the file is not JSON")]
    NotJson,
    /// It is truncated JSON.
    #[error("the file breaks off in the middle")]
    CutOff,
    /// It is JSON, but not a workspace.
    #[error("the file is not a Switchboard workspace")]
    NotAWorkspace,
    /// A later release wrote it in a format that this one does not know.
    #[error("the file has version {version}, newer than {VERSION}")]
    Newer {
        /// The version in the file.
        version: u64,
    },
    /// It is a workspace with a field that is missing, duplicate, or of the wrong type.
    #[error("the file is damaged at line {line}")]
    Damaged {
        /// The line, counted from 1.
        line: usize,
    },
    /// Its organisation is not a base URL.
    #[error("the file names no organisation: {0:?}")]
    NoOrganisation(String),
    /// One of its domains is not a domain name.
    #[error("the file names a domain that cannot be one: {0:?}")]
    NoDomain(String),
    /// The contact address of a domain is no e-mail address.
    #[error("the contact address of {0} in the file is not an e-mail address")]
    NoEmail(DomainName),
    /// It contains a domain twice, and it is unclear which one counts.
    #[error("the domain {0} stands in the file twice")]
    Twice(DomainName),
}

#[derive(Deserialize)]
struct Head {
    format: String,
    version: u64,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    format: String,
    version: u64,
    organisation: String,
    exported_at: u64,
    domains: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    known_since: u64,
    code_copied: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    embed: Option<EntryCode>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct EntryCode {
    link: String,
    socket_link: String,
    origin: StoredOrigin,
    received_at: u64,
}

/// Serializes the workspace of an organisation as a file. `exported_at` is in milliseconds since 1970-01-01 UTC.
#[must_use]
pub fn export(organisation: &OrganisationKey, domains: &[KnownDomain], exported_at: u64) -> String {
    let body = Body {
        format: FORMAT.to_owned(),
        version: VERSION,
        organisation: organisation.as_str().to_owned(),
        exported_at,
        domains: domains.iter().map(Entry::of).collect(),
    };
    // Cannot fail for these types: no map has keys that are not texts.
    serde_json::to_string_pretty(&body).unwrap_or_default() + "\n"
}

/// Returns the name of a file: the organisation's host and port, and the day,
/// `switchboard-acme.example-2026-11-23.json`.
/// `exported_at` is in milliseconds since 1970-01-01 UTC.
#[must_use]
pub fn file_name(organisation: &BaseUrl, exported_at: u64) -> String {
    dated_name("switchboard", organisation, exported_at, "json")
}

/// Returns the name of a file of an organisation, e.g. `operators-acme.example-2026-11-23.csv`: safe on every file
/// system. `exported_at` is in milliseconds since 1970-01-01 UTC.
#[must_use]
pub fn dated_name(what: &str, organisation: &BaseUrl, exported_at: u64, extension: &str) -> String {
    let host: String = organisation
        .authority()
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || matches!(c, '.' | '-') {
                c
            } else {
                '-'
            }
        })
        .collect();
    format!(
        "{what}-{}-{}.{extension}",
        host.trim_matches('-'),
        day(exported_at)
    )
}

/// Formats the day of a time in milliseconds since 1970-01-01 UTC, as `2026-11-23`. Correct for every number.
#[must_use]
pub fn day(moment: u64) -> String {
    // Days are counted from 0000-03-01, so that the leap day is the last day of a year (H. Hinnant,
    // "chrono-Compatible Low-Level Date Algorithms").
    let days = moment / 86_400_000 + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Parses a file completely or not at all.
///
/// # Errors
/// [`FileError`].
pub fn parse(text: &str) -> Result<WorkspaceFile, FileError> {
    if text.len() > MAX_BYTES {
        return Err(FileError::TooLarge { bytes: text.len() });
    }
    // Editors on Windows put a byte order mark before the text.
    let text = text.trim_start_matches('\u{FEFF}');
    if text.trim().is_empty() {
        return Err(FileError::NotJson);
    }
    serde_json::from_str::<IgnoredAny>(text)
        .map_err(|error| syntax(&error).unwrap_or(FileError::NotJson))?;
    let head: Head = serde_json::from_str(text)
        .map_err(|error| syntax(&error).unwrap_or(FileError::NotAWorkspace))?;
    if head.format != FORMAT || head.version == 0 {
        return Err(FileError::NotAWorkspace);
    }
    if head.version > VERSION {
        return Err(FileError::Newer {
            version: head.version,
        });
    }
    let body: Body = serde_json::from_str(text).map_err(|error| {
        syntax(&error).unwrap_or(FileError::Damaged {
            line: error.line().max(1),
        })
    })?;
    body.read()
}

/// Returns the JSON syntax error; `None` if only the values are other than expected.
fn syntax(error: &serde_json::Error) -> Option<FileError> {
    match error.classify() {
        Category::Eof => Some(FileError::CutOff),
        Category::Syntax | Category::Io => Some(FileError::NotJson),
        Category::Data => None,
    }
}

impl Body {
    fn read(self) -> Result<WorkspaceFile, FileError> {
        let Ok(base_url) = self.organisation.parse::<BaseUrl>() else {
            return Err(FileError::NoOrganisation(self.organisation));
        };
        let mut names = std::collections::BTreeSet::new();
        let mut domains = Vec::with_capacity(self.domains.len());
        for entry in self.domains {
            let known = entry.read()?;
            if !names.insert(known.name.clone()) {
                return Err(FileError::Twice(known.name));
            }
            domains.push(known);
        }
        Ok(WorkspaceFile {
            organisation: OrganisationKey::of(&base_url),
            exported_at: self.exported_at,
            domains,
        })
    }
}

impl Entry {
    fn of(known: &KnownDomain) -> Self {
        Self {
            name: known.name.as_str().to_owned(),
            email: known.email.as_ref().map(|email| email.as_str().to_owned()),
            known_since: known.known_since,
            code_copied: known.code_copied,
            embed: known.held.as_ref().map(|held| EntryCode {
                link: held.code.link.clone(),
                socket_link: held.code.socket_link.clone(),
                origin: held.origin.into(),
                received_at: held.received_at,
            }),
        }
    }

    fn read(self) -> Result<KnownDomain, FileError> {
        let Ok(name) = self.name.parse::<DomainName>() else {
            return Err(FileError::NoDomain(self.name));
        };
        let email = match self.email.map(|email| email.parse()).transpose() {
            Ok(email) => email,
            Err(_) => return Err(FileError::NoEmail(name)),
        };
        Ok(KnownDomain {
            name,
            email,
            known_since: self.known_since,
            code_copied: self.code_copied,
            operator_seen: false,
            held: self.embed.map(|embed| HeldCode {
                code: EmbedCode {
                    link: embed.link,
                    socket_link: embed.socket_link,
                },
                origin: embed.origin.into(),
                received_at: embed.received_at,
            }),
        })
    }
}

#[cfg(test)]
mod tests;
