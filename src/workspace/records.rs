//! Writes the record of one domain: its data and its embed code.

use leptos::prelude::*;
use switchboard_api::{Domain, DomainName, Email, EmbedCode};
use switchboard_model::journal::LocalChange;
use switchboard_model::workspace::{HeldCode, KnownDomain, Listing, StoreError};

use super::{KnownDomains, open};
use crate::browser::clock;

impl KnownDomains {
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

    pub(super) fn code_now(&self, name: &DomainName) -> Option<HeldCode> {
        self.find_now(name)?.held
    }

    /// Reads everything again, and records that another code has replaced the one that a domain had `before`.
    pub(super) fn note_replaced(&self, name: &DomainName, before: Option<HeldCode>) {
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

    /// Returns the code that the API gave when the domain was added here, if another one has replaced it. Tracked.
    #[must_use]
    pub fn replaced_code(&self, name: &DomainName) -> Option<HeldCode> {
        let held = self.find(name)?.held?;
        let added = open().and_then(|it| it.added_code(self.organisation, name));
        added.ok().flatten().filter(|added| added.code != held.code)
    }
}
