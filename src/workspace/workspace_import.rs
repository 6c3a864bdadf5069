//! Imports workspace files, undoes the last import, and takes records out of quarantine.

use leptos::prelude::*;
use switchboard_model::journal::{CodeFacts, LocalChange};
use switchboard_model::workspace::file::WorkspaceFile;
use switchboard_model::workspace::import::{Choices, Imported, import};
use switchboard_model::workspace::{
    ImportUndo, ImportUndone, Quarantined, RecordError, RestoredRecord, StoreError, undo_import,
};

use super::{KnownDomains, open};
use crate::browser::clock;

/// The last import that changed something, until the page closes or the user undoes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastImport {
    /// The name of the file.
    pub file: String,
    /// What undoes the import.
    pub undo: ImportUndo,
}

impl KnownDomains {
    /// Imports a file into this workspace, whichever organisation it was exported from. `name` is the file's name.
    ///
    /// # Errors
    /// [`StoreError`] when the storage cannot be reached at all. The result contains the error of an import that
    /// stopped half-way.
    pub fn import(
        &self,
        name: &str,
        file: &WorkspaceFile,
        choices: &Choices,
    ) -> Result<Imported, StoreError> {
        let now = clock::now();
        let imported = open().map(|it| import(&it, self.organisation, file, choices, now));
        let done = imported.as_ref().ok();
        if let Some(local) = done.and_then(|it| LocalChange::of_import(name, &it.done)) {
            self.journal.note_local(local);
        }
        if let Ok(Imported { undo, .. }) = &imported
            && !undo.is_empty()
        {
            self.last_import.set(Some(LastImport {
                file: name.to_owned(),
                undo: undo.clone(),
            }));
        }
        self.read_again();
        imported
    }

    /// Returns the last import that can be undone, tracked.
    #[must_use]
    pub fn last_import(&self) -> Option<LastImport> {
        self.last_import.get()
    }

    /// Undoes the last import.
    ///
    /// # Errors
    /// [`StoreError`] when the storage cannot be reached, or when the undo stopped half-way. It can be tried again.
    pub fn undo_import(&self, import: &LastImport) -> Result<ImportUndone, StoreError> {
        let undone = undo_import(&open()?, self.organisation, &import.undo);
        self.read_again();
        if let Some(error) = undone.stopped {
            return Err(error);
        }
        self.last_import.set(None);
        let local = LocalChange::of_undone_import(&import.file, undone.restored);
        self.journal.note_local(local);
        Ok(undone)
    }

    /// Restores a record from quarantine, if it can be read by now. Another code is put into quarantine in its place.
    ///
    /// # Errors
    /// [`StoreError`] when the storage cannot be reached or is full; inside, why the record still cannot be read.
    pub fn restore_quarantined(
        &self,
        record: &Quarantined,
    ) -> Result<Result<RestoredRecord, RecordError>, StoreError> {
        let restored = open().and_then(|workspace| workspace.restore_quarantined(record));
        if let Ok(Ok(RestoredRecord { known, .. })) = &restored {
            // The listing has not been read again yet.
            match untrack(|| self.find(&known.name)) {
                Some(before) => self.note_replaced(&known.name, before.held),
                None => self.journal.note_local(LocalChange::RestoreDomain {
                    domain: known.name.clone(),
                    code: known.held.as_ref().map(CodeFacts::from),
                }),
            }
        }
        self.read_again();
        restored
    }

    /// Deletes a record from quarantine.
    ///
    /// # Errors
    /// [`StoreError`] when the storage cannot be reached.
    pub fn delete_quarantined(&self, record: &Quarantined) -> Result<(), StoreError> {
        let deleted = open().and_then(|workspace| workspace.delete_quarantined(record));
        if deleted.is_ok() {
            let local = LocalChange::of_deleted_record(record);
            self.journal.note_local(local);
        }
        self.read_again();
        deleted
    }
}
