//! Plans and executes the import of a workspace file: merges both sides, and loses neither.
//!
//! What is known here stays, and the file fills the gaps. If the file has another code than this browser, the one
//! here stays, unless the user chose the file's code for that domain ([`Choices`]). The times in a file decide
//! nothing. An import can be undone ([`super::undo`]).

use std::collections::BTreeMap;

use switchboard_api::{DomainName, EmbedCode};

use super::file::WorkspaceFile;
use super::keys::OrganisationKey;
use super::listing::Listing;
use super::record::{CodeOrigin, HeldCode, KnownDomain};
use super::store::{KeyValue, StoreError, Workspace};
use super::undo::{ImportUndo, UndoStep};

/// The domains whose stored code the file's code replaces. Each comes with the stored code that was on the screen
/// when the user chose: no other code is replaced.
pub type Choices = BTreeMap<DomainName, EmbedCode>;

/// Which of two codes stays in the workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stays {
    /// The one in this browser.
    Here,
    /// The one in the file.
    File,
}

/// What an import changes for one domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportChange {
    /// It was not known here.
    New {
        /// Whether the file contains its embed code.
        with_code: bool,
    },
    /// It was known here without its code, which the file contains.
    AddsCode,
    /// The file has another code than this browser.
    OtherCode {
        /// Which code stays: the one here, unless the user chose the file's.
        stays: Stays,
        /// The code in this browser, before the import.
        here: HeldCode,
        /// The code in the file.
        file: HeldCode,
    },
    /// Its code stays; the file adds its contact address, the time since when it is known, or that its code was
    /// copied.
    Details,
    /// The file contains nothing new.
    Unchanged,
}

/// What an import does with one domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportStep {
    /// The domain.
    pub name: DomainName,
    /// The change.
    pub change: ImportChange,
}

/// The number of domains by kind of change. Every domain of the file is counted once, and those with a code again in
/// `codes`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImportCounts {
    /// Domains that were not known here.
    pub new: usize,
    /// Domains that were known here and are changed.
    pub changed: usize,
    /// Domains that stay as they are.
    pub unchanged: usize,
    /// Codes that the import adds to the workspace.
    pub codes: usize,
    /// Codes of the file that are not used, because this browser has another one. Their domains are counted above,
    /// too.
    pub not_used: usize,
}

/// The plan of an import, domain by domain, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportPlan {
    /// One step for each domain of the file.
    pub steps: Vec<ImportStep>,
}

/// What an import did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The executed steps, planned against the workspace as it was at that moment.
    pub done: ImportPlan,
    /// Why it stopped before its end. The executed steps stay; importing again continues from there.
    pub stopped: Option<StoreError>,
    /// What undoes it.
    pub undo: ImportUndo,
}

impl ImportPlan {
    /// Counts the domains by kind of change.
    #[must_use]
    pub fn counts(&self) -> ImportCounts {
        let mut counts = ImportCounts::default();
        for step in &self.steps {
            match &step.change {
                ImportChange::New { .. } => counts.new += 1,
                ImportChange::Unchanged => counts.unchanged += 1,
                ImportChange::OtherCode {
                    stays: Stays::Here, ..
                } => {
                    counts.unchanged += 1;
                    counts.not_used += 1;
                }
                _ => counts.changed += 1,
            }
            if step.change.brings_a_code() {
                counts.codes += 1;
            }
        }
        counts
    }
}

impl ImportChange {
    /// Returns whether the file's code is added to the workspace.
    #[must_use]
    pub fn brings_a_code(&self) -> bool {
        matches!(
            self,
            Self::New { with_code: true }
                | Self::AddsCode
                | Self::OtherCode {
                    stays: Stays::File,
                    ..
                }
        )
    }
}

/// Plans the import of a file. Changes nothing. `now` is in milliseconds since 1970-01-01 UTC.
#[must_use]
pub fn plan(file: &WorkspaceFile, listing: &Listing, choices: &Choices, now: u64) -> ImportPlan {
    let steps = file
        .domains
        .iter()
        .map(|entry| {
            // Both are sorted by name: a search from the start for each would freeze the page on a large file.
            let place = listing
                .domains
                .binary_search_by(|known| known.name.cmp(&entry.name));
            let before = place.ok().and_then(|place| listing.domains.get(place));
            let incoming = incoming(entry, file.exported_at.min(now));
            step(entry, meet(incoming, before, choices.get(&entry.name)).0)
        })
        .collect();
    ImportPlan { steps }
}

/// Imports a file into the workspace of an organisation. The caller checks whether that is the file's own
/// organisation. `now` is in milliseconds since 1970-01-01 UTC.
pub fn import<S: KeyValue>(
    workspace: &Workspace<S>,
    organisation: &OrganisationKey,
    file: &WorkspaceFile,
    choices: &Choices,
    now: u64,
) -> Imported {
    let mut imported = Imported {
        done: ImportPlan::default(),
        stopped: None,
        undo: ImportUndo::default(),
    };
    for entry in &file.domains {
        let incoming = incoming(entry, file.exported_at.min(now));
        match import_one(workspace, organisation, incoming, choices.get(&entry.name)) {
            Ok((change, undo)) => {
                imported.done.steps.push(step(entry, change));
                imported.undo.steps.extend(undo);
            }
            Err(error) => {
                imported.stopped = Some(error);
                break;
            }
        }
    }
    imported
}

fn import_one<S: KeyValue>(
    workspace: &Workspace<S>,
    organisation: &OrganisationKey,
    incoming: KnownDomain,
    choice: Option<&EmbedCode>,
) -> Result<(ImportChange, Option<UndoStep>), StoreError> {
    // Read again, because another tab may have changed it since the preview.
    let before = workspace.find(organisation, &incoming.name)?;
    let file = incoming.held.clone();
    let (change, after) = meet(incoming, before.as_ref(), choice);
    if before.as_ref() == Some(&after) {
        return Ok((change, None));
    }
    let kept = match choice {
        Some(shown) if change.brings_a_code() => {
            workspace.keep_chosen(organisation, after, shown)?
        }
        _ => workspace.remember(organisation, after)?,
    };
    let change = match (file, &kept.held) {
        // Another tab has received a code since.
        (Some(file), Some(held)) if change.brings_a_code() && held.code != file.code => {
            ImportChange::OtherCode {
                stays: Stays::Here,
                here: held.clone(),
                file,
            }
        }
        _ => change,
    };
    let after = kept;
    Ok((change, Some(UndoStep { before, after })))
}

/// Returns a domain of the file in a form that can be merged. `latest` is the time of its export or, if earlier, of
/// its import: later times in the file are wrong, and are limited to it.
fn incoming(entry: &KnownDomain, latest: u64) -> KnownDomain {
    KnownDomain {
        held: entry
            .held
            .clone()
            .filter(|held| !held.code.link.is_empty() || !held.code.socket_link.is_empty())
            .map(|held| HeldCode {
                origin: CodeOrigin::Imported,
                received_at: held.received_at.min(latest),
                ..held
            }),
        known_since: entry.known_since.min(latest),
        ..entry.clone()
    }
}

/// Merges one domain of a file with what is known of it. Returns the change, and the resulting record. `choice` is
/// the code here that the file's may replace.
fn meet(
    incoming: KnownDomain,
    before: Option<&KnownDomain>,
    choice: Option<&EmbedCode>,
) -> (ImportChange, KnownDomain) {
    let Some(before) = before else {
        let with_code = incoming.held.is_some();
        return (ImportChange::New { with_code }, incoming);
    };
    let (code, held) = match (&before.held, &incoming.held) {
        (Some(here), Some(file)) if here.code != file.code => {
            let is_chosen = choice == Some(&here.code);
            let (stays, held) = if is_chosen {
                let chosen = HeldCode {
                    origin: CodeOrigin::Chosen,
                    ..file.clone()
                };
                (Stays::File, chosen.dated_after(Some(here)))
            } else {
                (Stays::Here, here.clone())
            };
            let (here, file) = (here.clone(), file.clone());
            let change = ImportChange::OtherCode { stays, here, file };
            (Some(change), Some(held))
        }
        // The same code is not new, whatever its origin and time.
        (Some(here), _) => (None, Some(here.clone())),
        (None, Some(file)) => (Some(ImportChange::AddsCode), Some(file.clone())),
        (None, None) => (None, None),
    };
    // What is known here counts as the newer side, so its contact address stays.
    let merged = incoming.merged_with(before.clone());
    let after = KnownDomain { held, ..merged };
    let change = code.unwrap_or(if after == *before {
        ImportChange::Unchanged
    } else {
        ImportChange::Details
    });
    (change, after)
}

fn step(entry: &KnownDomain, change: ImportChange) -> ImportStep {
    ImportStep {
        name: entry.name.clone(),
        change,
    }
}

#[cfg(test)]
mod tests;
