//! The workspace: what this browser stores of an organisation because the API cannot return it again, namely the
//! known domains and their embed codes.
//!
//! The model ([`switchboard_model::workspace`]) has the rules. This module connects them with `localStorage`, its
//! copy on disk, and the page, and follows changes in other tabs.

mod disk;
mod natural_order;
mod records;
mod unfinished;
mod workspace_import;

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use switchboard_api::DomainName;
use switchboard_model::workspace::{
    KnownDomain, Listing, OrganisationKey, Replicated, StoreError, Workspace,
};

use crate::browser::storage::{Area, BrowserStorage};
use crate::journal::ChangeJournal;
use crate::readers;
use disk::Replicator;
pub use disk::forget_copy;
pub use natural_order::{in_natural_order, natural_order};
pub use workspace_import::LastImport;

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

    /// Returns whether everything stored so far is on disk, where it survives a killed browser. Waits for it, but
    /// only briefly.
    pub async fn is_on_disk(&self) -> bool {
        disk::is_written().await
    }

    /// As [`Self::is_on_disk`], but waits for as long as it takes.
    pub async fn is_on_disk_at_last(&self) -> bool {
        disk::is_written_at_last().await
    }

    /// Returns the organisation that the workspace belongs to.
    #[must_use]
    pub fn organisation(&self) -> &'static OrganisationKey {
        self.organisation
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
