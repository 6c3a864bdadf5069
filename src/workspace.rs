//! What this browser keeps of an organisation because the API cannot give it back: the known domains and their embed codes.
//!
//! The rules are the model's ([`switchboard_model::workspace`]); here they meet `localStorage`, its copy on disk, and the page: a change in
//! another tab shows in this one.

mod disk;

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use switchboard_api::{Domain, DomainName, Email};
use switchboard_model::journal::LocalChange;
use switchboard_model::workspace::file::WorkspaceFile;
use switchboard_model::workspace::import::{Choices, Imported, import};
use switchboard_model::workspace::{
    ImportUndo, ImportUndone, KnownDomain, Listing, OrganisationKey, PendingAddition,
    PendingRename, Quarantined, RecordError, Replicated, StoreError, Workspace, undo_import,
};

use crate::browser::clock;
use crate::browser::idna::readable;
use crate::browser::storage::{Area, BrowserStorage};
use crate::journal::ChangeJournal;
use crate::readers;
use disk::Replicator;
pub use disk::forget_copy;

/// For how long changes made by other tabs are gathered before the workspace is read again.
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

/// The last import that changed something, for as long as this page is open and nobody took it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastImport {
    /// What the file was called.
    pub file: String,
    /// What takes it back.
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
        // Another tab may be writing hundreds of records, each of them an event of its own.
        let is_due = StoredValue::new(false);
        let from_other_tabs = window_event_listener(ev::storage, move |event| {
            // No key: everything was taken away.
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

    /// The workspace of this page.
    ///
    /// # Panics
    /// When called outside the guard: a mistake of the programmer, not of the world.
    #[must_use]
    pub fn get() -> Self {
        expect_context()
    }

    /// Every known domain, tracked; or why the storage cannot be read.
    ///
    /// # Errors
    /// [`StoreError`] when the browser does not let the page keep anything.
    pub fn listing(&self) -> Result<Listing, StoreError> {
        self.with(|listing| listing.cloned().map_err(Clone::clone))
    }

    /// Every known domain now, untracked.
    ///
    /// # Errors
    /// [`StoreError`] when the browser does not let the page keep anything.
    pub fn listing_now(&self) -> Result<Listing, StoreError> {
        self.listing.get_untracked()
    }

    /// Looks at every known domain, tracked, without a copy: there may be thousands.
    pub fn with<T>(&self, look: impl FnOnce(Result<&Listing, &StoreError>) -> T) -> T {
        readers::unsubscribe_on_cleanup();
        self.listing.with(|listing| look(listing.as_ref()))
    }

    /// As [`Self::with`], at the domains alone: none while the storage cannot be read.
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

    /// What is known of one domain, tracked.
    #[must_use]
    pub fn find(&self, name: &DomainName) -> Option<KnownDomain> {
        self.with_domains(|domains| {
            let at = domains.binary_search_by(|known| known.name.cmp(name));
            Some(domains[at.ok()?].clone())
        })
    }

    /// What is known of one domain now, as the storage has it: also when the connection is gone.
    #[must_use]
    pub fn find_now(&self, name: &DomainName) -> Option<KnownDomain> {
        open()
            .and_then(|it| it.find(self.organisation, name))
            .ok()?
    }

    /// Notes that a domain's code was copied: a tick in "Getting started", nothing that could be missed if it is not kept.
    pub fn note_copied(&self, name: &DomainName) {
        if let Some(record) = self.find_now(name).filter(|record| !record.code_copied) {
            let _ = self.remember(KnownDomain {
                code_copied: true,
                // What is held stays. What is held here may be an older code than the one that another tab has just received.
                held: None,
                ..record
            });
        }
    }

    /// Brings back what is on disk and was lost here: a browser that is killed loses what it kept last. Does not wait for a disk for long.
    pub async fn catch_up(&self) {
        disk::is_written().await;
        self.read_again();
    }

    /// Whether the page has another connection by now, or none: nothing can be asked of this workspace any more.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        self.listing.is_disposed()
    }

    /// Whether everything that was kept until now is on disk, where not even a browser that is killed loses it. Waits for it, but not for long.
    pub async fn is_on_disk(&self) -> bool {
        disk::is_written().await
    }

    /// Keeps a domain, merged with what is known of it, and reads it back before saying so.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be kept.
    pub fn remember(&self, known: KnownDomain) -> Result<KnownDomain, StoreError> {
        let kept = open().and_then(|it| it.remember(self.organisation, known));
        let is_listed = self.listing.try_with_untracked(Result::is_ok);
        match &kept {
            Ok(record) if is_listed == Some(true) => self.take_in(record.clone()),
            _ => self.read_again(),
        }
        kept
    }

    /// Keeps a domain whose code has just come: it takes the place of any that is held.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be kept.
    pub fn receive(&self, known: KnownDomain) -> Result<KnownDomain, StoreError> {
        let before = self.find_now(&known.name).and_then(|before| before.held);
        let kept = open().and_then(|it| it.receive(self.organisation, known));
        if let (
            Some(old),
            Ok(KnownDomain {
                name,
                held: Some(new),
                ..
            }),
        ) = (before, &kept)
            && let Some(replaced) = LocalChange::of_code(name, &old, new)
        {
            self.journal.note_local(replaced);
        }
        // A rename that was noted may have been finished with it.
        self.read_again();
        kept
    }

    /// Puts a record that was just kept into the listing: a bulk run keeps thousands, and reading all of them for each would take its time.
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

    /// A domain that the API knows is known here from then on, under the name that the API has; `asked` where it gives none.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be kept.
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

    /// Takes over what an answer of the API says of a domain that is known here: its address, and whether anybody is on it. A domain that is
    /// not known stays so: it may have been forgotten while the answer was on its way.
    pub fn note(&self, name: &DomainName, email: &Email, operator_seen: bool) {
        let Some(before) = self.find_now(name) else {
            return;
        };
        let email = Some(email).filter(|email| email.is_given()).cloned();
        let is_news =
            (email.is_some() && email != before.email) || (operator_seen && !before.operator_seen);
        if is_news {
            // A storage that keeps nothing is told on the pages that depend on it.
            let _ = self.remember(KnownDomain {
                email,
                held: None,
                operator_seen,
                ..before
            });
        }
    }

    /// Forgets a domain and the code held for it.
    ///
    /// # Errors
    /// [`StoreError`] when the storage cannot be reached.
    pub fn forget(&self, name: &DomainName) -> Result<(), StoreError> {
        let forgotten = open().and_then(|it| it.forget(self.organisation, name));
        self.read_again();
        forgotten
    }

    /// What brings a forgotten domain back: also when the page on which it was forgotten is gone, or the connection.
    pub fn bring_back(
        &self,
        record: KnownDomain,
    ) -> impl Fn() -> Result<(), StoreError> + Send + Sync + 'static {
        let known = *self;
        move || known.remember(record.clone()).map(drop)
    }

    /// The renames in whose middle the page was closed, untracked.
    #[must_use]
    pub fn pending_renames(&self) -> Vec<PendingRename> {
        self.listing.with_untracked(|listing| {
            listing
                .as_ref()
                .map(|listing| listing.renames.clone())
                .unwrap_or_default()
        })
    }

    /// The domains that were being added when the page was closed, untracked.
    #[must_use]
    pub fn pending_additions(&self) -> Vec<PendingAddition> {
        self.listing.with_untracked(|listing| {
            let additions = listing.as_ref().map(|listing| listing.additions.clone());
            additions.unwrap_or_default()
        })
    }

    /// Notes that a domain is about to be added. A storage that does not keep the note will not keep the code either: that is told then.
    pub fn begin_addition(&self, addition: &PendingAddition) {
        let _ = open().and_then(|it| it.begin_addition(self.organisation, addition));
    }

    /// What became of an addition is known, and kept. A note that stays is looked into when the page is next opened.
    pub fn end_addition(&self, name: &DomainName) {
        let _ = open().and_then(|it| it.end_addition(self.organisation, name));
    }

    /// Notes that a domain is about to be renamed, so that a reload in the middle can be mended.
    ///
    /// # Errors
    /// [`StoreError`] when the note could not be kept.
    pub fn begin_rename(&self, rename: &PendingRename) -> Result<(), StoreError> {
        open().and_then(|it| it.begin_rename(self.organisation, rename))
    }

    /// The API has renamed the domain: what is kept goes over to the new name.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be kept under the new name: it is still there under the old one.
    pub fn finish_rename(&self, rename: &PendingRename) -> Result<(), StoreError> {
        let finished = open().and_then(|it| it.finish_rename(self.organisation, rename));
        self.read_again();
        finished
    }

    /// Ends a rename that was broken off, as the API says that it went; nothing where another tab has ended it meanwhile.
    ///
    /// # Errors
    /// As [`Self::finish_rename`].
    pub fn resolve_rename(
        &self,
        rename: &PendingRename,
        is_renamed: bool,
    ) -> Result<(), StoreError> {
        let settled =
            open().and_then(|it| it.resolve_rename(self.organisation, rename, is_renamed));
        self.read_again();
        settled
    }

    /// The API has not renamed the domain.
    ///
    /// # Errors
    /// [`StoreError`] when the storage cannot be reached.
    pub fn cancel_rename(&self, rename: &PendingRename) -> Result<(), StoreError> {
        let cancelled = open().and_then(|it| it.cancel_rename(self.organisation, &rename.from));
        self.read_again();
        cancelled
    }

    /// The organisation that the workspace belongs to.
    #[must_use]
    pub fn organisation(&self) -> &'static OrganisationKey {
        self.organisation
    }

    /// Imports a file into this workspace, whichever organisation it was exported from. `name` is what the file is called.
    ///
    /// # Errors
    /// [`StoreError`] when the storage cannot be reached at all. One that stops the import half-way is in what it returns.
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

    /// The last import that can be taken back, tracked.
    #[must_use]
    pub fn last_import(&self) -> Option<LastImport> {
        self.last_import.get()
    }

    /// Takes the last import back.
    ///
    /// # Errors
    /// [`StoreError`] when the storage cannot be reached, or when it stopped half-way: it can be tried again then.
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

    /// Puts a record that could not be read back, if it can be read by now.
    ///
    /// # Errors
    /// [`StoreError`] when the storage cannot be reached or is full; inside, why the record still cannot be read.
    pub fn restore_quarantined(
        &self,
        record: &Quarantined,
    ) -> Result<Result<KnownDomain, RecordError>, StoreError> {
        let restored = open().and_then(|workspace| workspace.restore_quarantined(record));
        self.read_again();
        restored
    }

    /// Deletes a record that could not be read.
    ///
    /// # Errors
    /// [`StoreError`] when the storage cannot be reached.
    pub fn delete_quarantined(&self, record: &Quarantined) -> Result<(), StoreError> {
        let deleted = open().and_then(|workspace| workspace.delete_quarantined(record));
        self.read_again();
        deleted
    }

    /// Reads everything from storage anew, for whoever cannot wait until the browser tells what another tab has changed.
    pub fn read_again(&self) {
        // Who waited for a write may outlive the connection that it went through: then nobody looks any more.
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

/// Returns these domains in the natural order of their names as people read them: `site-2` before `site-10`, `bücher` after `blog`.
#[must_use]
pub fn in_natural_order(domains: &[KnownDomain]) -> Vec<&KnownDomain> {
    let keyed = domains.iter().map(|known| (readable(&known.name), known));
    let mut keyed: Vec<(String, &KnownDomain)> = keyed.collect();
    keyed.sort_by(|(one, _), (other, _)| natord::compare(one, other));
    keyed.into_iter().map(|(_, known)| known).collect()
}
