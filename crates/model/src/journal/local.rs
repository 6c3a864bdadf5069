//! What happened to this browser's workspace alone, as entries of the journal: no call of the API says any of it.
//!
//! They lie among the entries of changes, under keys of the same form. A release that does not know them passes over them. They are never
//! undone from the journal. No embed code is in them: of a code they say where it came from, and when.

use serde::{Deserialize, Serialize};
use switchboard_api::DomainName;

use super::change::{text, texts};
use crate::workspace::import::{ImportChange, ImportPlan, ImportStep, Stays};
use crate::workspace::{CodeOrigin, HeldCode, Quarantined};

/// The version of the entry's format that this code writes.
const VERSION: u32 = 1;

/// How many bytes the names of domains in one entry may take together.
const NAMES: usize = 2_000;

/// How many characters of a file's name are kept.
const FILE_NAME: usize = 200;

/// A change of the workspace of this browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum LocalChange {
    /// A workspace file was imported.
    ImportWorkspace {
        /// What the file was called.
        file: String,
        /// How many domains became known.
        new: usize,
        /// How many known domains were changed.
        changed: usize,
        /// How many embed codes came with it.
        codes: usize,
        /// How many of them replaced another one.
        replaced: usize,
        /// The domains whose code was replaced, as many as there is room for.
        #[serde(with = "texts", default)]
        domains: Vec<DomainName>,
    },
    /// An import was undone.
    UndoImport {
        /// What the file was called.
        file: String,
        /// How many domains are as they were before it.
        restored: usize,
    },
    /// A domain left the list of known domains.
    ForgetDomain {
        /// Which.
        #[serde(with = "text")]
        domain: DomainName,
        /// Its embed code, which went with it.
        #[serde(default)]
        code: Option<CodeFacts>,
    },
    /// A forgotten domain is in the list again.
    RestoreDomain {
        /// Which.
        #[serde(with = "text")]
        domain: DomainName,
        /// Its embed code, which is back with it.
        #[serde(default)]
        code: Option<CodeFacts>,
    },
    /// The embed code of a domain was replaced.
    ReplaceCode {
        /// Which.
        #[serde(with = "text")]
        domain: DomainName,
        /// The code that was kept before.
        old: CodeFacts,
        /// The code that is kept now.
        new: CodeFacts,
    },
    /// A record that was set aside was deleted. It may have contained an embed code.
    DeleteRecord {
        /// What it was about, according to its key.
        record: String,
    },
}

/// What is recorded of an embed code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CodeFacts {
    /// How it came into this browser.
    pub origin: CodeOrigin,
    /// When it came, in milliseconds since 1970-01-01 UTC; 0 where that is not known.
    pub received_at: u64,
}

impl From<&HeldCode> for CodeFacts {
    fn from(held: &HeldCode) -> Self {
        Self {
            origin: held.origin,
            received_at: held.received_at,
        }
    }
}

impl LocalChange {
    /// Returns what is recorded of an import; nothing when it changed nothing.
    #[must_use]
    pub fn of_import(file: &str, done: &ImportPlan) -> Option<Self> {
        let counts = done.counts();
        if counts.new + counts.changed == 0 {
            return None;
        }
        let is_replaced = |step: &&ImportStep| {
            matches!(
                step.change,
                ImportChange::OtherCode {
                    stays: Stays::File,
                    ..
                }
            )
        };
        let replaced = done.steps.iter().filter(is_replaced);
        let mut room = NAMES;
        let domains = replaced.clone().map_while(|step| {
            room = room.checked_sub(step.name.as_str().len())?;
            Some(step.name.clone())
        });
        Some(Self::ImportWorkspace {
            file: shortened(file),
            new: counts.new,
            changed: counts.changed,
            codes: counts.codes,
            domains: domains.collect(),
            replaced: replaced.count(),
        })
    }

    /// Returns what is recorded of an import that was undone.
    #[must_use]
    pub fn of_undone_import(file: &str, restored: usize) -> Self {
        let file = shortened(file);
        Self::UndoImport { file, restored }
    }

    /// Returns what is recorded when a code is kept in place of `old`; nothing when it is the same code.
    #[must_use]
    pub fn of_code(domain: &DomainName, old: &HeldCode, new: &HeldCode) -> Option<Self> {
        (old.code != new.code).then(|| Self::ReplaceCode {
            domain: domain.clone(),
            old: old.into(),
            new: new.into(),
        })
    }

    /// Returns what is recorded when a record that was set aside is deleted.
    #[must_use]
    pub fn of_deleted_record(record: &Quarantined) -> Self {
        Self::DeleteRecord {
            record: shortened(record.about()),
        }
    }
}

fn shortened(file: &str) -> String {
    file.chars().take(FILE_NAME).collect()
}

/// An entry of the journal about the workspace of this browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LocalEntry {
    version: u32,
    /// When it happened, in milliseconds since 1970-01-01 UTC.
    pub at: u64,
    /// Distinguishes entries that two tabs wrote in the same millisecond.
    pub salt: u32,
    /// What happened.
    pub local: LocalChange,
}

impl LocalEntry {
    /// An entry of this release.
    #[must_use]
    pub fn new(at: u64, salt: u32, local: LocalChange) -> Self {
        Self {
            version: VERSION,
            at,
            salt,
            local,
        }
    }

    /// Returns the entry as text.
    #[must_use]
    pub fn to_text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads an entry; nothing when the text is none of a version that this code knows.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let entry: Self = serde_json::from_str(text).ok()?;
        (entry.version == VERSION).then_some(entry)
    }
}

#[cfg(test)]
mod tests;
