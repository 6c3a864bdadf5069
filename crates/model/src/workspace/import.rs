//! What a workspace file would change, and the import itself: both sides are merged, and neither is lost.
//!
//! What is known here stays, and the file fills the gaps. Where the file holds another code than this browser, the one here stays, unless a person
//! chose the file's code for that domain ([`Choices`]). The times in a file decide nothing. What an import changed can be undone ([`super::undo`]).

use std::collections::BTreeMap;

use switchboard_api::{DomainName, EmbedCode};

use super::file::WorkspaceFile;
use super::keys::OrganisationKey;
use super::listing::Listing;
use super::record::{CodeOrigin, HeldCode, KnownDomain};
use super::store::{KeyValue, StoreError, Workspace};
use super::undo::{ImportUndo, UndoStep};

/// The domains whose held code the file's code replaces. Each comes with the held code that was on the screen when the choice was made: no
/// other code is replaced.
pub type Choices = BTreeMap<DomainName, EmbedCode>;

/// Which of two codes stays in the workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stays {
    /// The one that this browser held.
    Here,
    /// The one in the file.
    File,
}

/// What an import means for one domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportChange {
    /// It was not known here.
    New {
        /// Whether its embed code comes with it.
        with_code: bool,
    },
    /// It was known here without its code, which the file holds.
    AddsCode,
    /// The file holds another code than this browser.
    OtherCode {
        /// Which of the two stays: the one here, unless the file's was chosen.
        stays: Stays,
        /// The one that this browser holds, before the import.
        here: HeldCode,
        /// The one in the file.
        file: HeldCode,
    },
    /// Its code stays as it is; something else is filled in: the contact address, since when it is known, whether its code was copied.
    Details,
    /// The file says nothing new.
    Unchanged,
}

/// What an import does with one domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportStep {
    /// The domain.
    pub name: DomainName,
    /// What changes.
    pub change: ImportChange,
}

/// How many domains an import changes in which way. Every domain of the file is counted once, and those with a code again in `codes`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImportCounts {
    /// Domains that were not known here.
    pub new: usize,
    /// Domains that were known here and are changed.
    pub changed: usize,
    /// Domains that stay as they are.
    pub unchanged: usize,
    /// Codes of the file that come into the workspace.
    pub codes: usize,
    /// Codes of the file that do not, because another one is held here. Their domains are counted above, too.
    pub not_used: usize,
}

/// What an import would do, domain by domain, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportPlan {
    /// One step a domain of the file.
    pub steps: Vec<ImportStep>,
}

/// What an import did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The steps that were done: those of the plan, seen against the workspace as it was at that moment.
    pub done: ImportPlan,
    /// Why it stopped before its end. What was done stays done; importing once more goes on from there.
    pub stopped: Option<StoreError>,
    /// What takes it back.
    pub undo: ImportUndo,
}

impl ImportPlan {
    /// How many domains are changed in which way.
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
    /// Whether the file's code comes into the workspace.
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

/// What importing a file would change in a workspace. Touches nothing. `now` is in milliseconds since 1970-01-01 UTC.
#[must_use]
pub fn plan(file: &WorkspaceFile, listing: &Listing, choices: &Choices, now: u64) -> ImportPlan {
    let steps = file
        .domains
        .iter()
        .map(|entry| {
            // They are sorted by name: a search from the start for each would freeze the page on a large file.
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

/// Imports a file into the workspace of an organisation. Whether that is the file's own organisation is the caller's question. `now` is in
/// milliseconds since 1970-01-01 UTC.
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
    // Read again, not taken from the preview: another tab may have been at work since.
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
        // Another tab has received a code meanwhile.
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

/// What a file says of a domain, as it may be merged. `latest` is the time of its export or, if earlier, of its import: what it dates later,
/// in error or on purpose, came then at the latest.
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

/// One domain of a file meets what is known of it: what changes, and the record afterwards. `choice` is the code here that the file's may
/// replace.
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
        // The same code again says nothing new, however and whenever it came.
        (Some(here), _) => (None, Some(here.clone())),
        (None, Some(file)) => (Some(ImportChange::AddsCode), Some(file.clone())),
        (None, None) => (None, None),
    };
    // What is known here counts as the newer side: its contact address stays.
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
