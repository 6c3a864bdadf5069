//! What a workspace file would change, and the import itself: both sides are merged, and neither is lost.
//!
//! What is known here stays, and the file fills the gaps. Of two different codes for one domain the one received later stays in the workspace;
//! the other is handed back, to be told and offered.

use switchboard_api::DomainName;

use super::file::WorkspaceFile;
use super::keys::OrganisationKey;
use super::record::{CodeOrigin, HeldCode, KnownDomain};
use super::store::{KeyValue, Listing, StoreError, Workspace};

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
    /// The file holds another code than this browser. The one received later stays.
    OtherCode {
        /// Which that is.
        stays: Stays,
        /// The one that does not.
        other: HeldCode,
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
    /// Domains of which the file says nothing new, or only an older code.
    pub unchanged: usize,
    /// Codes of the file that come into the workspace.
    pub codes: usize,
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
}

impl ImportPlan {
    /// How many domains are changed in which way.
    #[must_use]
    pub fn counts(&self) -> ImportCounts {
        let mut counts = ImportCounts::default();
        for step in &self.steps {
            match &step.change {
                ImportChange::New { .. } => counts.new += 1,
                ImportChange::Unchanged
                | ImportChange::OtherCode {
                    stays: Stays::Here, ..
                } => counts.unchanged += 1,
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

/// What importing a file would change in a workspace. Touches nothing.
#[must_use]
pub fn plan(file: &WorkspaceFile, listing: &Listing) -> ImportPlan {
    let steps = file
        .domains
        .iter()
        .map(|entry| {
            // They are sorted by name: a search from the start for each would freeze the page on a large file.
            let place = listing
                .domains
                .binary_search_by(|known| known.name.cmp(&entry.name));
            let before = place.ok().and_then(|place| listing.domains.get(place));
            meet(entry, before).0
        })
        .collect();
    ImportPlan { steps }
}

/// Imports a file into the workspace of an organisation. Whether that is the file's own organisation is the caller's question.
pub fn import<S: KeyValue>(
    workspace: &Workspace<S>,
    organisation: &OrganisationKey,
    file: &WorkspaceFile,
) -> Imported {
    let mut done = ImportPlan::default();
    for entry in &file.domains {
        match import_one(workspace, organisation, entry) {
            Ok(step) => done.steps.push(step),
            Err(error) => {
                return Imported {
                    done,
                    stopped: Some(error),
                };
            }
        }
    }
    Imported {
        done,
        stopped: None,
    }
}

fn import_one<S: KeyValue>(
    workspace: &Workspace<S>,
    organisation: &OrganisationKey,
    entry: &KnownDomain,
) -> Result<ImportStep, StoreError> {
    // Read again, not taken from the preview: another tab may have been at work since.
    let before = workspace.find(organisation, &entry.name)?;
    let (step, after) = meet(entry, before.as_ref());
    if before.as_ref() != Some(&after) {
        workspace.remember(organisation, after)?;
    }
    Ok(step)
}

/// One domain of a file meets what is known of it: what changes, and the record afterwards.
fn meet(entry: &KnownDomain, before: Option<&KnownDomain>) -> (ImportStep, KnownDomain) {
    let incoming = KnownDomain {
        held: entry
            .held
            .clone()
            .filter(|held| !held.code.link.is_empty() || !held.code.socket_link.is_empty())
            .map(|held| HeldCode {
                origin: CodeOrigin::Imported,
                ..held
            }),
        ..entry.clone()
    };
    let Some(before) = before else {
        let change = ImportChange::New {
            with_code: incoming.held.is_some(),
        };
        return (step(entry, change), incoming);
    };
    let (code, incoming) = match (&before.held, &incoming.held) {
        (None, Some(_)) => (Some(ImportChange::AddsCode), incoming),
        (Some(here), Some(there)) if here.code != there.code => {
            let (stays, other) = if there.received_at > here.received_at {
                (Stays::File, here.clone())
            } else {
                (Stays::Here, there.clone())
            };
            (Some(ImportChange::OtherCode { stays, other }), incoming)
        }
        // The same code again says nothing new, however and whenever it came.
        (Some(_), Some(_)) => (
            None,
            KnownDomain {
                held: None,
                ..incoming
            },
        ),
        (_, None) => (None, incoming),
    };
    // What is known here counts as the newer side: its contact address stays, and its code unless the file's came later.
    let after = incoming.merged_with(before.clone());
    let change = code.unwrap_or(if after == *before {
        ImportChange::Unchanged
    } else {
        ImportChange::Details
    });
    (step(entry, change), after)
}

fn step(entry: &KnownDomain, change: ImportChange) -> ImportStep {
    ImportStep {
        name: entry.name.clone(),
        change,
    }
}

#[cfg(test)]
#[path = "import_tests.rs"]
mod tests;
