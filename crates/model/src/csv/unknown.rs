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
mod tests {
    use switchboard_api::{FieldError, Severity};

    use super::super::plan::Problem;
    use super::*;

    fn domain(name: &str) -> DomainName {
        name.parse().expect("a domain name of the test")
    }

    fn row(line: usize, domains: &[&str]) -> PlannedRow {
        let operator = PlannedOperator {
            name: format!("Operator {line}"),
            email: format!("operator-{line}@x.example")
                .parse()
                .expect("an e-mail of the test"),
            domains: domains.iter().map(|name| domain(name)).collect(),
            exists: false,
        };
        PlannedRow {
            line,
            outcome: Ok(operator),
        }
    }

    const WITHOUT_UNKNOWN: Accepted = Accepted {
        unknown_domains: true,
        addresses: false,
    };

    const GONE: &str = "Domain does not exist";

    fn refused(text: &str) -> ApiError {
        ApiError::Refused {
            severity: Severity::Error,
            field_errors: vec![FieldError {
                field: None,
                text: text.to_owned(),
            }],
            http_status: 200,
            raw: String::new(),
        }
    }

    /// Returns three rows that can be imported, two of them with unknown domains, and one that cannot.
    fn rows() -> Vec<PlannedRow> {
        vec![
            row(1, &["known.example"]),
            row(2, &["known.example", "there.example", "gone.example"]),
            row(3, &["there.example"]),
            PlannedRow {
                line: 4,
                outcome: Err(vec![Problem::NoName]),
            },
        ]
    }

    fn look_ups() -> LookUps {
        LookUps::new([domain("known.example")])
    }

    fn lines(imported: &[PlannedOperator]) -> Vec<(&str, usize)> {
        let line = |one: &PlannedOperator| one.domains.len();
        imported
            .iter()
            .map(|one| (one.name.as_str(), line(one)))
            .collect()
    }

    #[test]
    fn rows_with_unknown_domains_are_flagged_and_left_out() {
        let (rows, look_ups) = (rows(), look_ups());
        let flagged: Vec<bool> = rows.iter().map(|row| look_ups.is_flagged(row)).collect();
        assert_eq!(flagged, [false, true, true, false]);
        let (gone, there) = (domain("gone.example"), domain("there.example"));
        let unknown: Vec<_> = look_ups.unknown(&rows).into_iter().collect();
        assert_eq!(
            unknown,
            [
                (&gone, Standing::NotLookedUp),
                (&there, Standing::NotLookedUp)
            ]
        );
        let imported = look_ups.to_import(&rows, Accepted::default());
        assert_eq!(lines(&imported), [("Operator 1", 1)]);
    }

    #[test]
    fn domain_found_by_look_up_is_not_flagged() {
        let (rows, mut look_ups) = (rows(), look_ups());
        look_ups.begin(&rows);
        let (gone, there) = (domain("gone.example"), domain("there.example"));
        assert_eq!(look_ups.start(6), [gone.clone(), there.clone()]);
        assert_eq!(look_ups.under_way(), Some((0, 2)));
        look_ups.settle(&there, Ok(()));
        assert_eq!(look_ups.under_way(), Some((1, 2)));
        look_ups.settle(&gone, Err(refused(GONE)));
        assert_eq!(look_ups.under_way(), None);
        assert_eq!(look_ups.standing(&gone), Standing::Missing);
        let imported = look_ups.to_import(&rows, Accepted::default());
        assert_eq!(lines(&imported), [("Operator 1", 1), ("Operator 3", 1)]);
        // No call is made for a domain that does not exist.
        let imported = look_ups.to_import(&rows, WITHOUT_UNKNOWN);
        assert_eq!(
            lines(&imported),
            [("Operator 1", 1), ("Operator 2", 2), ("Operator 3", 1)]
        );
    }

    #[test]
    fn address_without_an_ending_is_imported_only_if_accepted() {
        let of = |email: &str, exists: bool| {
            let mut row = row(1, &["known.example"]);
            if let Ok(operator) = &mut row.outcome {
                operator.email = email.parse().expect("an e-mail of the test");
                operator.exists = exists;
            }
            row
        };
        let imported = |row: PlannedRow, addresses| {
            let accepted = Accepted {
                addresses,
                ..Accepted::default()
            };
            look_ups().to_import(&[row], accepted).len()
        };
        for email in ["ada@acme", "ada@acme.", "ada@.com"] {
            assert_eq!(imported(of(email, false), false), 0, "{email}");
            assert_eq!(imported(of(email, false), true), 1, "{email}");
            assert_eq!(imported(of(email, true), false), 1, "{email}");
        }
        for email in ["ada@acme.example", "a.b@acme.co.example"] {
            assert_eq!(imported(of(email, false), false), 1, "{email}");
        }
    }

    #[test]
    fn existing_operator_without_a_known_domain_is_left_out() {
        let existing = |domains: &[&str]| {
            let mut row = row(1, domains);
            if let Ok(operator) = &mut row.outcome {
                operator.exists = true;
            }
            row
        };
        let imported = |domains: &[&str]| {
            let rows = [existing(domains)];
            lines(&look_ups().to_import(&rows, WITHOUT_UNKNOWN)).len()
        };
        assert_eq!(imported(&["gone.example"]), 0);
        assert_eq!(imported(&["gone.example", "known.example"]), 1);
    }

    #[test]
    fn known_domain_that_the_api_denies_is_flagged() {
        let (rows, mut look_ups) = (rows(), look_ups());
        look_ups.set_missing([domain("known.example")]);
        assert_eq!(
            look_ups.standing(&domain("known.example")),
            Standing::Missing
        );
        assert!(look_ups.is_flagged(&rows[0]));
        assert_eq!(look_ups.to_import(&rows, Accepted::default()).len(), 0);
        let imported = look_ups.to_import(&rows, WITHOUT_UNKNOWN);
        assert_eq!(lines(&imported)[0], ("Operator 1", 0));
        look_ups.begin(&rows);
        let others = ["gone.example", "there.example"].map(domain);
        assert_eq!(look_ups.start(6), others, "it is not looked up again");
    }

    #[test]
    fn another_refusal_does_not_say_that_there_is_no_such_domain() {
        let (rows, mut look_ups) = (rows(), look_ups());
        let gone = domain("gone.example");
        look_ups.begin(&rows);
        look_ups.start(6);
        let error = refused("Not on Sundays");
        look_ups.settle(&gone, Err(error.clone()));
        assert_eq!(look_ups.standing(&gone), Standing::Failed(&error));
    }

    #[test]
    fn only_failed_look_ups_are_repeated() {
        let (rows, mut look_ups) = (rows(), look_ups());
        let (gone, there) = (domain("gone.example"), domain("there.example"));
        look_ups.begin(&rows);
        look_ups.start(6);
        look_ups.settle(&gone, Err(refused(GONE)));
        look_ups.settle(&there, Err(ApiError::Cancelled));
        assert_eq!(
            look_ups.standing(&there),
            Standing::Failed(&ApiError::Cancelled)
        );
        look_ups.begin(&rows);
        assert_eq!(look_ups.start(6), [there]);
    }

    #[test]
    fn domain_known_through_another_tab_is_not_flagged() {
        let (rows, mut look_ups) = (rows(), look_ups());
        look_ups.set_known(["gone.example", "known.example", "there.example"].map(domain));
        assert_eq!(look_ups.unknown(&rows).len(), 0);
        assert_eq!(look_ups.to_import(&rows, Accepted::default()).len(), 3);
    }

    #[test]
    fn stopped_look_ups_go_on_when_wanted() {
        let (rows, mut look_ups) = (rows(), look_ups());
        look_ups.begin(&rows);
        assert_eq!(look_ups.start(1).len(), 1);
        look_ups.stop();
        assert_eq!((look_ups.under_way(), look_ups.start(6)), (None, vec![]));
        look_ups.begin(&rows);
        assert_eq!(look_ups.start(6), [domain("there.example")]);
    }
}
