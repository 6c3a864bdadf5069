//! What a check before a deletion has found so far.

use switchboard_api::{ApiError, DomainName, Email, PersonName};

use super::{DeletionCheck, Domains, Manages, Milestone, Obstacle, Progress};
use crate::sweep::Phase;

/// The number of domains from which quarters are announced.
const MANY: usize = 20;

impl DeletionCheck {
    /// Returns the phase of the check.
    #[must_use]
    pub fn phase(&self) -> Phase {
        match (self.accounts.phase(), self.operators.phase()) {
            (Phase::Complete, Phase::Complete) => Phase::Complete,
            (Phase::Running, _) | (_, Phase::Running) => Phase::Running,
            _ => Phase::Incomplete,
        }
    }

    /// Returns how many of the known domains were read.
    #[must_use]
    pub fn progress(&self) -> Progress {
        Progress {
            checked: self.operators.answered(),
            known: self.operators.total(),
        }
    }

    /// Returns the domains that were not read, with the reason if the read failed.
    pub fn unread(&self) -> impl Iterator<Item = (&DomainName, Option<&ApiError>)> {
        self.operators.unanswered()
    }

    /// Returns whether the organisation's accounts were not read although the check has ended, with the reason if the
    /// read failed.
    #[must_use]
    pub fn unread_accounts(&self) -> Option<Option<&ApiError>> {
        let is_over = self.accounts.phase() == Phase::Incomplete;
        let unread = self.accounts.unanswered().next();
        unread.filter(|_| is_over).map(|(_, why)| why)
    }

    /// Returns the known domains that a user is on.
    #[must_use]
    pub fn domains_of(&self, user: &Email) -> Domains<'_> {
        self.sure(self.domains_of.get(user).map_or(&[], Vec::as_slice))
    }

    /// Returns the known domains that any of the users is on.
    #[must_use]
    pub fn domains(&self) -> Domains<'_> {
        self.sure(&self.affected)
    }

    fn sure<'a>(&self, on: &'a [DomainName]) -> Domains<'a> {
        match self.operators.phase() {
            _ if self.operators.total() == 0 => Domains::NoneKnown,
            Phase::Complete => Domains::Exactly(on),
            Phase::Running => Domains::SoFar(on),
            Phase::Incomplete => Domains::AtLeast(on),
        }
    }

    /// Returns each domain that was read and that a user is on, with those of the users who are on it.
    #[must_use]
    pub fn found(&self) -> Vec<(&DomainName, Vec<&Email>)> {
        let on = |domain: &DomainName| {
            let each = self.domains_of.iter();
            let there = each.filter(|(_, domains)| domains.binary_search(domain).is_ok());
            there.map(|(user, _)| user).collect()
        };
        self.affected.iter().map(|one| (one, on(one))).collect()
    }

    /// Returns the assignments to remove: those that were found, and on each domain that was not read, one for every user.
    #[must_use]
    pub fn removals(&self) -> Vec<(DomainName, Email)> {
        let found = self.found().into_iter();
        let found =
            found.flat_map(|(domain, users)| users.into_iter().map(move |one| (domain, one)));
        let unread = self
            .unread()
            .flat_map(|(domain, _)| self.users.iter().map(move |one| (domain, one)));
        let all = found.chain(unread);
        all.map(|(domain, user)| (domain.clone(), user.clone()))
            .collect()
    }

    /// Returns whether a user manages the organisation.
    #[must_use]
    pub fn manages(&self, user: &Email) -> Manages {
        match (self.accounts.phase(), self.roles.get(user)) {
            (Phase::Complete, Some(role)) => Manages::As(role.clone()),
            (Phase::Complete, None) => Manages::No,
            (Phase::Running, _) => Manages::Asked,
            (Phase::Incomplete, _) => Manages::NotKnown,
        }
    }

    /// Returns the domains that were read and would be left without an operator.
    #[must_use]
    pub fn left_empty(&self) -> &[DomainName] {
        &self.left_empty
    }

    /// Returns the known names under which the API says that there is no domain.
    #[must_use]
    pub fn gone(&self) -> &[DomainName] {
        &self.gone
    }

    /// Returns the operators on the domain that is about to be deleted; `None` until they were read.
    #[must_use]
    pub fn there(&self) -> Option<&[(PersonName, Email)]> {
        (self.operators.phase() == Phase::Complete).then_some(&self.there)
    }

    /// Checks whether the deletion may be confirmed.
    ///
    /// # Errors
    /// [`Obstacle`] while the check is running, or if something was not read and the user did not choose to delete
    /// without it.
    pub fn may_confirm(&self) -> Result<(), Obstacle> {
        match self.phase() {
            Phase::Complete => Ok(()),
            Phase::Running => Err(Obstacle::Running),
            Phase::Incomplete if self.is_chosen => Ok(()),
            Phase::Incomplete => Err(Obstacle::NotChosen),
        }
    }

    /// Returns the last milestone to announce to assistive technology.
    #[must_use]
    pub fn milestone(&self) -> Milestone {
        let Progress { checked, known } = self.progress();
        match self.phase() {
            Phase::Complete => Milestone::Complete,
            Phase::Incomplete => Milestone::Incomplete,
            Phase::Running if known < MANY => Milestone::Begun,
            Phase::Running => match checked * 4 / known {
                0 => Milestone::Begun,
                quarters => Milestone::Reached(Progress {
                    checked: (known * quarters).div_ceil(4),
                    known,
                }),
            },
        }
    }
}
