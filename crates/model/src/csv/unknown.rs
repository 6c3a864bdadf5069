//! The domains of an import that this browser does not know: which rows name them, and what their look-ups
//! (endpoint 7) found.
//!
//! A row that names one is left out unless the user imports it without that domain, because assigning an operator to
//! a missing domain fails.

use std::collections::{BTreeMap, BTreeSet};

use switchboard_api::{Absence, ApiError, DomainName, Sought};

use super::plan::{PlannedOperator, PlannedRow};
use crate::sweep::{Phase, Sweep};

/// What is known of a domain that a row names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing<'a> {
    /// It is known to this browser, or a look-up found it.
    Known,
    /// It was not looked up, or the call is in flight.
    NotLookedUp,
    /// The API says that there is no such domain.
    Missing,
    /// The look-up failed.
    Failed(&'a ApiError),
}

/// Which rows with something questionable are imported nevertheless.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Accepted {
    /// Those that name domains that are not known, without these domains.
    pub unknown_domains: bool,
    /// Those with an address that has no ending.
    pub addresses: bool,
}

/// The look-ups of the domains that an import names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LookUps {
    known: BTreeSet<DomainName>,
    /// The known domains that the API has denied.
    missing: BTreeSet<DomainName>,
    /// The look-ups begun so far, if any.
    sweep: Option<Sweep<DomainName, ApiError>>,
}

impl LookUps {
    /// Creates an empty set of look-ups, with the domains that this browser knows.
    #[must_use]
    pub fn new(known: impl IntoIterator<Item = DomainName>) -> Self {
        Self {
            known: known.into_iter().collect(),
            ..Self::default()
        }
    }

    /// Sets the known domains of which the API has said that they do not exist.
    pub fn set_missing(&mut self, missing: impl IntoIterator<Item = DomainName>) {
        self.missing = missing.into_iter().collect();
    }

    /// Updates the domains that this browser knows.
    pub fn set_known(&mut self, known: impl IntoIterator<Item = DomainName>) {
        self.known = known.into_iter().collect();
    }

    /// Returns what is known of a domain.
    #[must_use]
    pub fn standing(&self, domain: &DomainName) -> Standing<'_> {
        if self.missing.contains(domain) {
            return Standing::Missing;
        }
        if self.known.contains(domain) {
            return Standing::Known;
        }
        match self.sweep.as_ref().map(|sweep| sweep.outcome(domain)) {
            Some(Some(Ok(()))) => Standing::Known,
            Some(Some(Err(error))) if is_missing(domain, error) => Standing::Missing,
            Some(Some(Err(error))) => Standing::Failed(error),
            _ => Standing::NotLookedUp,
        }
    }

    /// Returns the unknown domains of a row.
    pub fn unknown_of<'a>(
        &'a self,
        operator: &'a PlannedOperator,
    ) -> impl Iterator<Item = (&'a DomainName, Standing<'a>)> {
        let domains = operator.domains.iter();
        let standing = domains.map(|domain| (domain, self.standing(domain)));
        standing.filter(|(_, standing)| *standing != Standing::Known)
    }

    /// Returns whether a row can be imported except for an unknown domain.
    #[must_use]
    pub fn is_flagged(&self, row: &PlannedRow) -> bool {
        let operator = row.outcome.as_ref();
        operator.is_ok_and(|operator| self.unknown_of(operator).next().is_some())
    }

    /// Returns the unknown domains of all rows, each once, with their state.
    #[must_use]
    pub fn unknown<'a>(&'a self, rows: &'a [PlannedRow]) -> BTreeMap<&'a DomainName, Standing<'a>> {
        let operators = rows.iter().filter_map(|row| row.outcome.as_ref().ok());
        operators.flat_map(|one| self.unknown_of(one)).collect()
    }

    /// Returns whether a planned row is imported.
    #[must_use]
    pub fn is_imported(&self, operator: &PlannedOperator, accepted: Accepted) -> bool {
        let unknown = self.unknown_of(operator).count();
        let has_something_to_do = !operator.exists || unknown < operator.domains.len();
        has_something_to_do
            && (unknown == 0 || accepted.unknown_domains)
            && (!operator.lacks_ending() || accepted.addresses)
    }

    /// Returns whom to import: questionable rows only if they are accepted, and without the domains that are not known.
    #[must_use]
    pub fn to_import(&self, rows: &[PlannedRow], accepted: Accepted) -> Vec<PlannedOperator> {
        let operators = rows.iter().filter_map(|row| row.outcome.as_ref().ok());
        let imported = operators.filter(|operator| self.is_imported(operator, accepted));
        let of = |operator: &PlannedOperator| {
            let is_known = |domain: &&DomainName| self.standing(domain) == Standing::Known;
            PlannedOperator {
                domains: operator.domains.iter().filter(is_known).cloned().collect(),
                ..operator.clone()
            }
        };
        imported.map(of).collect()
    }

    /// Queues the look-ups of all unknown domains in these rows, including failed ones.
    pub fn begin(&mut self, rows: &[PlannedRow]) {
        let wanted = self.unknown(rows).into_iter();
        let wanted = wanted.filter(|(_, standing)| *standing != Standing::Missing);
        let wanted: Vec<DomainName> = wanted.map(|(domain, _)| domain.clone()).collect();
        match &mut self.sweep {
            Some(sweep) => {
                sweep.resume_only(|domain, error| !is_missing(domain, error));
                sweep.add(wanted);
            }
            None => self.sweep = Some(Sweep::new(wanted)),
        }
    }

    /// Returns the domains to look up now, so that at most `at_once` calls are in flight.
    pub fn start(&mut self, at_once: usize) -> Vec<DomainName> {
        let sweep = self.sweep.as_mut();
        sweep.map_or_else(Vec::new, |sweep| sweep.start(at_once))
    }

    /// Records how a look-up ended.
    pub fn settle(&mut self, domain: &DomainName, ended: Result<(), ApiError>) {
        if let Some(sweep) = &mut self.sweep {
            sweep.settle(domain, ended);
        }
    }

    /// Stops the remaining look-ups.
    pub fn stop(&mut self) {
        if let Some(sweep) = &mut self.sweep {
            sweep.stop();
        }
    }

    /// Returns how many look-ups have ended, of how many, while some are pending.
    #[must_use]
    pub fn under_way(&self) -> Option<(usize, usize)> {
        let sweep = self.sweep.as_ref()?;
        (sweep.phase() == Phase::Running).then(|| (sweep.ended(), sweep.total()))
    }
}

/// Returns whether a failed look-up states that there is no such domain.
fn is_missing(domain: &DomainName, error: &ApiError) -> bool {
    error.absence(Sought::Domain(domain)) == Absence::Certain
}

#[cfg(test)]
mod tests;
