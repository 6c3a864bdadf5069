//! Notes of additions and renames that are under way, so that a reload can finish them.

use leptos::prelude::*;
use switchboard_api::DomainName;
use switchboard_model::workspace::{PendingAddition, PendingRename, StoreError};

use super::{KnownDomains, open};

impl KnownDomains {
    /// Returns the renames that a closed page interrupted, untracked.
    #[must_use]
    pub fn pending_renames(&self) -> Vec<PendingRename> {
        self.listing.with_untracked(|listing| {
            listing
                .as_ref()
                .map(|listing| listing.renames.clone())
                .unwrap_or_default()
        })
    }

    /// Returns the domains that were being added when the page was closed, untracked.
    #[must_use]
    pub fn pending_additions(&self) -> Vec<PendingAddition> {
        self.listing.with_untracked(|listing| {
            let additions = listing.as_ref().map(|listing| listing.additions.clone());
            additions.unwrap_or_default()
        })
    }

    /// Notes that a domain is about to be added. Ignores errors: a storage that refuses the note refuses the code
    /// too, and that is reported.
    pub fn begin_addition(&self, addition: &PendingAddition) {
        let _ = open().and_then(|it| it.begin_addition(self.organisation, addition));
    }

    /// Deletes the note of an addition whose outcome is known and stored. If the note stays, the next page load
    /// resolves it.
    pub fn end_addition(&self, name: &DomainName) {
        let _ = open().and_then(|it| it.end_addition(self.organisation, name));
    }

    /// Notes that a domain is about to be renamed, so that a reload can finish the rename.
    ///
    /// # Errors
    /// [`StoreError`] when the note could not be stored.
    pub fn begin_rename(&self, rename: &PendingRename) -> Result<(), StoreError> {
        open().and_then(|it| it.begin_rename(self.organisation, rename))
    }

    /// Moves the stored data to the new name, after the API has renamed the domain.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be stored under the new name: it is still there under the old one.
    pub fn finish_rename(&self, rename: &PendingRename) -> Result<(), StoreError> {
        let before = self.code_now(&rename.to);
        let finished = open().and_then(|it| it.finish_rename(self.organisation, rename));
        self.note_replaced(&rename.to, before);
        finished
    }

    /// Ends an interrupted rename according to what the API says. Does nothing if another tab has ended it.
    ///
    /// # Errors
    /// As [`Self::finish_rename`].
    pub fn resolve_rename(
        &self,
        rename: &PendingRename,
        is_renamed: bool,
    ) -> Result<(), StoreError> {
        let before = self.code_now(&rename.to);
        let settled =
            open().and_then(|it| it.resolve_rename(self.organisation, rename, is_renamed));
        self.note_replaced(&rename.to, before);
        settled
    }

    /// Deletes the note of a rename that the API did not make.
    ///
    /// # Errors
    /// [`StoreError`] when the storage cannot be reached.
    pub fn cancel_rename(&self, rename: &PendingRename) -> Result<(), StoreError> {
        let cancelled = open().and_then(|it| it.cancel_rename(self.organisation, &rename.from));
        self.read_again();
        cancelled
    }
}
