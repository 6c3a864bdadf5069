//! What a deletion affects, and how much of it was looked at: the state behind the dialogs "Delete user", "Delete users", "Delete domain" and
//! "Take off domains".
//!
//! The API cannot list an operator's domains. So each known domain is read (endpoint 13), and the organisation for
//! its managers (1). What was not read is recorded by name: the deletion then takes an explicit choice.

mod results;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use switchboard_api::{
    Absence, Access, ApiError, Assignment, DomainName, Email, PersonName, Role, Sought,
};

use crate::sweep::Sweep;

/// What is about to be deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Users (endpoint 14).
    Users,
    /// A domain (endpoint 9).
    Domain,
    /// The assignments of some users to some domains (endpoint 12).
    Assignments,
}

/// Something to read before a deletion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// The accounts that manage the organisation (endpoint 1).
    Accounts,
    /// The operators on a domain (endpoint 13).
    Operators(DomainName),
}

/// The progress of reading the known domains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The number that answered.
    pub checked: usize,
    /// The number of known domains.
    pub known: usize,
}

/// The known domains that a user is on, with how certain that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Domains<'a> {
    /// This browser knows no domain.
    NoneKnown,
    /// These, and no other known domain: each was read.
    Exactly(&'a [DomainName]),
    /// These so far: the check is running.
    SoFar(&'a [DomainName]),
    /// At least these: the check ended without having read each domain.
    AtLeast(&'a [DomainName]),
}

impl<'a> Domains<'a> {
    /// Returns the domains that are certainly affected.
    #[must_use]
    pub fn named(self) -> &'a [DomainName] {
        match self {
            Self::NoneKnown => &[],
            Self::Exactly(on) | Self::SoFar(on) | Self::AtLeast(on) => on,
        }
    }
}

/// Whether a user manages the organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Manages {
    /// The answer has not come yet.
    Asked,
    /// The answer could not be read.
    NotKnown,
    /// No.
    No,
    /// Yes, in this role.
    As(Role),
}

/// Why a deletion cannot be confirmed yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// The check is running.
    Running,
    /// Something was not read, and the user has not chosen to delete without it.
    NotChosen,
}

/// A milestone that is announced to assistive technology: a few times, not once for each domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Milestone {
    /// The check has begun.
    Begun,
    /// A quarter, a half, or three quarters of many domains were read.
    Reached(Progress),
    /// Everything was read.
    Complete,
    /// The check ended without having read everything.
    Incomplete,
}

/// The check before a deletion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeletionCheck {
    subject: Subject,
    users: BTreeSet<Email>,
    accounts: Sweep<(), ApiError>,
    operators: Sweep<DomainName, ApiError>,
    roles: BTreeMap<Email, Role>,
    domains_of: BTreeMap<Email, Vec<DomainName>>,
    /// The domains that any of the users is on.
    affected: Vec<DomainName>,
    left_empty: Vec<DomainName>,
    /// The known names under which there is no domain.
    gone: Vec<DomainName>,
    /// The operators on the domain that is about to be deleted.
    there: Vec<(PersonName, Email)>,
    is_chosen: bool,
}

impl DeletionCheck {
    /// Creates the check before users are deleted, which reads the organisation's accounts and each known domain.
    #[must_use]
    pub fn of_users<'a>(
        users: impl IntoIterator<Item = &'a Email>,
        known: impl IntoIterator<Item = DomainName>,
    ) -> Self {
        Self {
            users: users.into_iter().cloned().collect(),
            accounts: Sweep::new([()]),
            ..Self::new(Subject::Users, known)
        }
    }

    /// Creates the check before a domain is deleted, which reads its operators.
    #[must_use]
    pub fn of_domain(domain: DomainName) -> Self {
        Self::new(Subject::Domain, [domain])
    }

    /// Returns the check before users are taken off some domains: who is on each of these is to be read.
    #[must_use]
    pub fn of_assignments<'a>(
        users: impl IntoIterator<Item = &'a Email>,
        domains: impl IntoIterator<Item = DomainName>,
    ) -> Self {
        Self {
            users: users.into_iter().cloned().collect(),
            ..Self::new(Subject::Assignments, domains)
        }
    }

    fn new(subject: Subject, domains: impl IntoIterator<Item = DomainName>) -> Self {
        Self {
            subject,
            users: BTreeSet::new(),
            accounts: Sweep::default(),
            operators: Sweep::new(domains),
            roles: BTreeMap::new(),
            domains_of: BTreeMap::new(),
            affected: Vec::new(),
            left_empty: Vec::new(),
            gone: Vec::new(),
            there: Vec::new(),
            is_chosen: false,
        }
    }

    /// Returns what is about to be deleted.
    #[must_use]
    pub fn subject(&self) -> &Subject {
        &self.subject
    }

    /// Returns what to read now, so that about `at_once` calls are in flight.
    pub fn start(&mut self, at_once: usize) -> Vec<Question> {
        let accounts = self.accounts.start(at_once).into_iter();
        let accounts = accounts.map(|()| Question::Accounts);
        let domains = self.operators.start(at_once).into_iter();
        accounts.chain(domains.map(Question::Operators)).collect()
    }

    /// Records the accounts that manage the organisation.
    pub fn take_accounts(&mut self, answer: Result<&[Access], ApiError>) {
        let accounts = answer.map(|accounts| {
            // Only the API can send an empty address, which identifies no one.
            let roles = accounts.iter().filter(|account| account.email.is_given());
            let roles = roles.map(|account| (account.email.clone(), account.role.clone()));
            self.roles = roles.collect();
        });
        self.accounts.settle(&(), accounts);
    }

    /// Records the operators on a domain.
    pub fn take_operators(&mut self, domain: &DomainName, answer: Result<&[Assignment], ApiError>) {
        let answer = match answer {
            // The domain was deleted, or has another name now, under which the users may still be on it.
            Err(error)
                if self.subject != Subject::Domain
                    && error.absence(Sought::Domain(domain)) == Absence::Certain =>
            {
                insert(&mut self.gone, domain);
                Ok(&[][..])
            }
            answer => answer,
        };
        let operators = answer.map(|operators| match self.subject {
            Subject::Domain => {
                let there = operators.iter();
                let there = there.map(|one| (one.name.clone(), one.email.clone()));
                self.there = there.collect();
            }
            Subject::Users | Subject::Assignments => self.find_users(domain, operators),
        });
        self.operators.settle(domain, operators);
    }

    fn find_users(&mut self, domain: &DomainName, operators: &[Assignment]) {
        let there: BTreeSet<&Email> = operators.iter().map(|one| &one.email).collect();
        let those = there.iter().filter_map(|one| self.users.get(*one));
        let mut found = 0;
        for user in those {
            found += 1;
            insert(self.domains_of.entry(user.clone()).or_default(), domain);
        }
        if found > 0 {
            insert(&mut self.affected, domain);
        }
        if found > 0 && found == there.len() {
            insert(&mut self.left_empty, domain);
        }
    }

    /// Stops the check.
    pub fn stop(&mut self) {
        self.accounts.stop();
        self.operators.stop();
    }

    /// Resumes the check for everything that was not read, and withdraws the choice to delete without it.
    pub fn resume(&mut self) {
        self.accounts.resume();
        self.operators.resume();
        self.is_chosen = false;
    }

    /// As [`Self::resume`], unless the user stopped the check: for when the network returns.
    pub fn retry(&mut self) {
        let is_pending = [self.accounts.retry(), self.operators.retry()];
        if is_pending != [false; 2] {
            self.is_chosen = false;
        }
    }

    /// Records whether the user chose to delete without what was not read.
    pub fn choose(&mut self, is_chosen: bool) {
        self.is_chosen = is_chosen;
    }

    /// Returns whether the user chose to delete without what was not read.
    #[must_use]
    pub fn is_chosen(&self) -> bool {
        self.is_chosen
    }
}

/// Inserts a domain into a sorted list, once.
fn insert(domains: &mut Vec<DomainName>, domain: &DomainName) {
    if let Err(at) = domains.binary_search(domain) {
        domains.insert(at, domain.clone());
    }
}
