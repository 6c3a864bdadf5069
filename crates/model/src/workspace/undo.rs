//! Undoes an import: restores each domain that it changed, except for what was changed since.

use switchboard_api::DomainName;

use super::keys::OrganisationKey;
use super::record::{HeldCode, KnownDomain};
use super::store::{KeyValue, StoreError, Workspace};

/// What undoes an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportUndo {
    /// One step for each domain that the import changed.
    pub(super) steps: Vec<UndoStep>,
}

/// A domain before and after an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct UndoStep {
    /// `None` if the domain came with the file.
    pub before: Option<KnownDomain>,
    /// The record after the import.
    pub after: KnownDomain,
}

/// The result of undoing an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportUndone {
    /// The number of domains that are as before the import.
    pub restored: usize,
    /// Domains whose code was replaced, or that were forgotten, after the import: that stays.
    pub changed_since: Vec<DomainName>,
    /// Why it stopped before its end. Undoing again continues from there.
    pub stopped: Option<StoreError>,
}

impl ImportUndo {
    /// Returns the number of domains that the import changed.
    #[must_use]
    pub fn len(&self) -> usize {
        self.steps.len()
    }

    /// Returns whether the import changed nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }
}

/// Undoes an import. Idempotent.
pub fn undo_import<S: KeyValue>(
    workspace: &Workspace<S>,
    organisation: &OrganisationKey,
    undo: &ImportUndo,
) -> ImportUndone {
    let mut undone = ImportUndone::default();
    for step in &undo.steps {
        match undo_one(workspace, organisation, step) {
            Ok(true) => undone.restored += 1,
            Ok(false) => undone.changed_since.push(step.after.name.clone()),
            Err(error) => {
                undone.stopped = Some(error);
                break;
            }
        }
    }
    undone
}

/// Undoes the import of one domain. Returns whether the domain is as before the import.
fn undo_one<S: KeyValue>(
    workspace: &Workspace<S>,
    organisation: &OrganisationKey,
    UndoStep { before, after }: &UndoStep,
) -> Result<bool, StoreError> {
    let name = &after.name;
    let now = workspace.find(organisation, name)?;
    match (before, now) {
        (None, None) => Ok(true),
        (Some(_), None) => Ok(false),
        (None, Some(now)) if now.held == after.held => {
            workspace.forget(organisation, name).map(|()| true)
        }
        (None, Some(_)) => Ok(false),
        (Some(before), Some(now)) => {
            let target = reverted(before, after, &now);
            let is_restored = target.held == before.held || after.held == before.held;
            if target != now {
                let imported = after.held.as_ref();
                let imported = imported.filter(|held| target.held.as_ref() != Some(held));
                workspace.put_back(organisation, imported, &target)?;
            }
            Ok(is_restored)
        }
    }
}

/// Returns the present record, with each value that the import set and that has not changed since reset to its former
/// value.
fn reverted(before: &KnownDomain, after: &KnownDomain, now: &KnownDomain) -> KnownDomain {
    fn back<T: Clone + PartialEq>(before: &T, after: &T, now: &T) -> T {
        if now == after { before } else { now }.clone()
    }
    KnownDomain {
        name: now.name.clone(),
        email: back(&before.email, &after.email, &now.email),
        held: back(&before.held, &after.held, &now.held),
        code_copied: back(&before.code_copied, &after.code_copied, &now.code_copied),
        operator_seen: now.operator_seen,
        known_since: back(&before.known_since, &after.known_since, &now.known_since),
    }
}

impl<S: KeyValue> Workspace<S> {
    /// Replaces a domain's record with exactly this one. Removes `imported` first, which would be merged with it
    /// otherwise.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be stored. Only `imported` can be lost then.
    fn put_back(
        &self,
        organisation: &OrganisationKey,
        imported: Option<&HeldCode>,
        target: &KnownDomain,
    ) -> Result<(), StoreError> {
        let record_key = organisation.record_key(&target.name);
        let text = target.to_text();
        if let Some(held) = &target.held {
            self.put(&record_key.code_key(held.origin), &text)?;
        }
        for key in record_key.keys() {
            let there = self
                .read_key(&record_key, &key)?
                .and_then(|known| known.held);
            if there.is_some() && there.as_ref() == imported && key != record_key.domain_key() {
                self.storage.remove(&key)?;
            }
        }
        self.put(&record_key.domain_key(), &text)?;
        if self.read(&record_key)?.as_ref() == Some(target) {
            Ok(())
        } else {
            Err(StoreError::NotKept)
        }
    }
}

#[cfg(test)]
mod tests;
