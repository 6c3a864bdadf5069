//! The workspace: what this browser stores of an organisation because the API cannot return it again, namely the
//! known domains and their embed codes.
//!
//! The model ([`switchboard_model::workspace`]) has the rules. This module connects them with `localStorage`, its
//! copy on disk, and the page, and follows changes in other tabs.

mod disk;

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use switchboard_api::{Domain, DomainName, Email, EmbedCode};
use switchboard_model::fold::{folded, natural};
use switchboard_model::journal::{CodeFacts, LocalChange};
use switchboard_model::sort::sort_by;
use switchboard_model::workspace::file::WorkspaceFile;
use switchboard_model::workspace::import::{Choices, Imported, import};
use switchboard_model::workspace::{
    HeldCode, ImportUndo, ImportUndone, KnownDomain, Listing, OrganisationKey, PendingAddition,
    PendingRename, Quarantined, RecordError, Replicated, RestoredRecord, StoreError, Workspace,
    undo_import,
};

use crate::browser::clock;
use crate::browser::fold::decompose;
use crate::browser::idna::readable;
use crate::browser::storage::{Area, BrowserStorage};
use crate::journal::ChangeJournal;
use crate::readers;
use disk::Replicator;
pub use disk::forget_copy;

/// How long to gather changes of other tabs before reading the workspace again.
const GATHERING: Duration = Duration::from_millis(50);

/// The workspace of the connected organisation, in context below the guard.
#[derive(Clone, Copy)]
pub struct KnownDomains {
    organisation: &'static OrganisationKey,
    /// Records what happens to the workspace.
    journal: ChangeJournal,
    listing: RwSignal<Result<Listing, StoreError>>,
    last_import: RwSignal<Option<LastImport>>,
}

/// The last import that changed something, until the page closes or the user undoes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastImport {
    /// The name of the file.
    pub file: String,
    /// What undoes the import.
    pub undo: ImportUndo,
}

impl KnownDomains {
    /// Reads the organisation's workspace, follows what other tabs do to it, and puts it into context. `organisation` outlives it: what was on
    /// its way when somebody disconnected is kept all the same.
    pub fn provide(organisation: &'static OrganisationKey, journal: ChangeJournal) -> Self {
        let known = Self {
            journal,
            listing: RwSignal::new(open().and_then(|it| it.list(organisation))),
            last_import: RwSignal::new(None),
            organisation,
        };
        // Another tab may write hundreds of records, each with its own event.
        let is_due = StoredValue::new(false);
        let from_other_tabs = window_event_listener(ev::storage, move |event| {
            // No key: the whole storage was cleared.
            let key = event.key();
            if key.is_some_and(|key| !organisation.is_of_workspace(&key)) {
                return;
            }
            if is_due.try_update_value(|is_due| std::mem::replace(is_due, true)) == Some(false) {
                set_timeout(
                    move || {
                        if is_due.try_set_value(false).is_none() {
                            known.read_again();
                        }
                    },
                    GATHERING,
                );
            }
        });
        on_cleanup(move || from_other_tabs.remove());
        provide_context(known);
        known
    }

    /// Returns the workspace of this page.
    ///
    /// # Panics
    /// When called outside the guard, which is a programming error.
    #[must_use]
    pub fn get() -> Self {
        expect_context()
    }

    /// Returns every known domain, tracked.
    ///
    /// # Errors
    /// [`StoreError`] when the browser blocks the storage.
    pub fn listing(&self) -> Result<Listing, StoreError> {
        self.with(|listing| listing.cloned().map_err(Clone::clone))
    }

    /// Returns every known domain, untracked.
    ///
    /// # Errors
    /// [`StoreError`] when the browser blocks the storage.
    pub fn listing_now(&self) -> Result<Listing, StoreError> {
        self.listing.get_untracked()
    }

    /// Passes every known domain to `look`, tracked and without a copy: there may be thousands.
    pub fn with<T>(&self, look: impl FnOnce(Result<&Listing, &StoreError>) -> T) -> T {
        readers::unsubscribe_on_cleanup();
        self.listing.with(|listing| look(listing.as_ref()))
    }

    /// As [`Self::with`], for the domains alone: none while the storage cannot be read.
    pub fn with_domains<T>(&self, look: impl FnOnce(&[KnownDomain]) -> T) -> T {
        self.with(|listing| look(listing.map_or(&[], |listing| &listing.domains)))
    }

    /// Returns the names of the known domains in natural order (`site-2` before `site-10`), tracked.
    #[must_use]
    pub fn names(&self) -> Vec<DomainName> {
        self.with_domains(|domains| {
            let ordered = in_natural_order(domains).into_iter();
            ordered.map(|known| known.name.clone()).collect()
        })
    }

    /// Returns what is known of one domain, tracked.
    #[must_use]
    pub fn find(&self, name: &DomainName) -> Option<KnownDomain> {
        self.with_domains(|domains| {
            let at = domains.binary_search_by(|known| known.name.cmp(name));
            Some(domains[at.ok()?].clone())
        })
    }

    /// Reads what is known of one domain from the storage, even after the connection is gone.
    #[must_use]
    pub fn find_now(&self, name: &DomainName) -> Option<KnownDomain> {
        open()
            .and_then(|it| it.find(self.organisation, name))
            .ok()?
    }

    /// Notes that a domain's code was copied. This only ticks a step in "Getting started", so errors are ignored.
    pub fn note_copied(&self, name: &DomainName) {
        if let Some(record) = self.find_now(name).filter(|record| !record.code_copied) {
            let _ = self.remember(KnownDomain {
                code_copied: true,
                // Leaves the stored code as it is: another tab may have just received a newer one than this page has.
                held: None,
                ..record
            });
        }
    }

    /// Restores what is on disk but missing here, because a killed browser loses its last writes. Waits only briefly
    /// for the disk.
    pub async fn catch_up(&self) {
        disk::is_written().await;
        self.read_again();
    }

    /// Returns whether the page has another connection by now, or none. The workspace cannot be used then.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        self.listing.is_disposed()
    }

    /// Returns the code that the API gave when the domain was added here, if another one has replaced it. Tracked.
    #[must_use]
    pub fn replaced_code(&self, name: &DomainName) -> Option<HeldCode> {
        let held = self.find(name)?.held?;
        let added = open().and_then(|it| it.added_code(self.organisation, name));
        added.ok().flatten().filter(|added| added.code != held.code)
    }

    /// Returns whether everything stored so far is on disk, where it survives a killed browser. Waits for it, but
    /// only briefly.
    pub async fn is_on_disk(&self) -> bool {
        disk::is_written().await
    }

    /// As [`Self::is_on_disk`], but waits for as long as it takes.
    pub async fn is_on_disk_at_last(&self) -> bool {
        disk::is_written_at_last().await
    }

    /// Stores a domain, merged with what is known of it, and reads it back.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be stored.
    pub fn remember(&self, known: KnownDomain) -> Result<KnownDomain, StoreError> {
        let kept = open().and_then(|it| it.remember(self.organisation, known));
        let is_listed = self.listing.try_with_untracked(Result::is_ok);
        match &kept {
            Ok(record) if is_listed == Some(true) => self.take_in(record.clone()),
            _ => self.read_again(),
        }
        kept
    }

    /// Stores a domain whose code has just arrived, and replaces the former code.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be stored.
    pub fn receive(&self, known: KnownDomain) -> Result<KnownDomain, StoreError> {
        let (name, before) = (known.name.clone(), self.code_now(&known.name));
        let kept = open().and_then(|it| it.receive(self.organisation, known));
        // A rename that was noted may have been finished with it.
        self.note_replaced(&name, before);
        kept
    }

    /// Stores the former code of a domain in place of the code `shown`. Returns false if another code is stored by now:
    /// that one stays.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be stored.
    pub fn receive_former(
        &self,
        former: KnownDomain,
        shown: &EmbedCode,
    ) -> Result<bool, StoreError> {
        let (name, before) = (former.name.clone(), self.code_now(&former.name));
        let code = former.held.as_ref().map(|held| held.code.clone());
        let kept = open().and_then(|it| it.keep_chosen(self.organisation, former, shown));
        self.note_replaced(&name, before);
        Ok(kept?.held.map(|held| held.code) == code)
    }

    fn code_now(&self, name: &DomainName) -> Option<HeldCode> {
        self.find_now(name)?.held
    }

    /// Reads everything again, and records that another code has replaced the one that a domain had `before`.
    fn note_replaced(&self, name: &DomainName, before: Option<HeldCode>) {
        if let (Some(old), Some(new)) = (before, self.code_now(name))
            && let Some(replaced) = LocalChange::of_code(name, &old, &new)
        {
            self.journal.note_local(replaced);
        }
        self.read_again();
    }

    /// Puts a stored record into the listing. Reading the whole storage again for each of a run's thousands of
    /// records would be slow.
    fn take_in(&self, record: KnownDomain) {
        self.listing.update(|listing| {
            if let Ok(Listing { domains, .. }) = listing {
                match domains.binary_search_by(|known| known.name.cmp(&record.name)) {
                    Ok(at) => domains[at] = record,
                    Err(at) => domains.insert(at, record),
                }
            }
        });
    }

    /// Records a domain that the API knows, under the API's form of the name; under `asked` if the answer has none.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be stored.
    pub fn found(
        &self,
        asked: &DomainName,
        domain: &Domain,
    ) -> (DomainName, Result<(), StoreError>) {
        let there = Some(&domain.name).filter(|name| !name.as_str().is_empty());
        let name = there.unwrap_or(asked).clone();
        let email = Some(domain.email.clone()).filter(Email::is_given);
        let kept = self.remember(KnownDomain {
            operator_seen: !domain.operators.is_empty(),
            ..KnownDomain::new(name.clone(), email, clock::now())
        });
        (name, kept.map(drop))
    }

    /// Updates a known domain from an answer of the API: its address, and whether it has operators. Ignores an
    /// unknown domain: it may have been forgotten while the answer was in flight.
    pub fn note(&self, name: &DomainName, email: &Email, operator_seen: bool) {
        let Some(before) = self.find_now(name) else {
            return;
        };
        let email = Some(email).filter(|email| email.is_given()).cloned();
        let is_news =
            (email.is_some() && email != before.email) || (operator_seen && !before.operator_seen);
        if is_news {
            // The pages that depend on the storage report its errors.
            let _ = self.remember(KnownDomain {
                email,
                held: None,
                operator_seen,
                ..before
            });
        }
    }

    /// Forgets a domain and its stored code.
    ///
    /// # Errors
    /// [`StoreError`] when the storage cannot be reached.
    pub fn forget(&self, name: &DomainName) -> Result<(), StoreError> {
        let forgotten = open().and_then(|it| it.forget(self.organisation, name));
        self.read_again();
        forgotten
    }

    /// Returns an action that restores a forgotten domain. It works even after its page or connection is gone.
    pub fn bring_back(
        &self,
        record: KnownDomain,
    ) -> impl Fn() -> Result<(), StoreError> + Send + Sync + 'static {
        let known = *self;
        move || known.remember(record.clone()).map(drop)
    }

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

    /// Returns the organisation that the workspace belongs to.
    #[must_use]
    pub fn organisation(&self) -> &'static OrganisationKey {
        self.organisation
    }

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

    /// Reads everything from storage again, for callers that cannot wait for the browser's event about another tab's
    /// change.
    pub fn read_again(&self) {
        // A write may outlive its connection: then no view is left.
        if self.is_gone() {
            return;
        }
        let now = open().and_then(|it| it.list(self.organisation));
        if self.listing.with_untracked(|before| *before != now) {
            self.listing.set(now);
        }
    }
}

fn open() -> Result<Workspace<Replicated<BrowserStorage, Replicator>>, StoreError> {
    let storage = Area::Local.open()?;
    Ok(Workspace::new(Replicated::new(storage, Replicator)))
}

/// Returns these domains in the natural order of their names.
#[must_use]
pub fn in_natural_order(domains: &[KnownDomain]) -> Vec<&KnownDomain> {
    let order = natural_order(domains.iter().map(|known| &known.name));
    order.into_iter().map(|at| &domains[at]).collect()
}

/// Returns the indices of domains in the natural order of their names as people read them, without accents: `site-2`
/// before `site-10`, `über` before `zoo`.
pub fn natural_order<'a>(names: impl IntoIterator<Item = &'a DomainName>) -> Vec<usize> {
    let names = names.into_iter();
    let keys = names.map(|name| folded(&readable(name), decompose));
    let mut keyed: Vec<(String, usize)> = keys.zip(0..).collect();
    sort_by(&mut keyed, |(one, _), (other, _)| natural(one, other));
    keyed.into_iter().map(|(_, at)| at).collect()
}
