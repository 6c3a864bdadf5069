//! Taking an import back: each domain that it changed is as it was before, except for what was changed since.

use switchboard_api::DomainName;

use super::keys::OrganisationKey;
use super::record::{HeldCode, KnownDomain};
use super::store::{KeyValue, StoreError, Workspace};

/// What takes an import back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportUndo {
    /// One step for each domain that the import changed.
    pub(super) steps: Vec<UndoStep>,
}

/// A domain before an import and after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct UndoStep {
    /// Nothing when the domain came with the file.
    pub before: Option<KnownDomain>,
    /// The record that the import left behind.
    pub after: KnownDomain,
}

/// What taking an import back did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportUndone {
    /// How many domains are as they were before the import.
    pub restored: usize,
    /// Domains whose code was replaced, or that were forgotten, after the import: that stays.
    pub changed_since: Vec<DomainName>,
    /// Why it stopped before its end. Doing it again continues from there.
    pub stopped: Option<StoreError>,
}

impl ImportUndo {
    /// How many domains the import changed.
    #[must_use]
    pub fn len(&self) -> usize {
        self.steps.len()
    }

    /// Whether the import changed nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }
}

/// Takes an import back. Doing it twice changes nothing the second time.
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

/// Whether the domain is as it was before the import.
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

/// The record as it is now, with each value that still is what the import left there put back to what it was before.
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
    /// Makes a domain's record exactly this one: `imported`, which would be merged with it otherwise, goes.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be kept. Nothing but `imported` can be lost then.
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
