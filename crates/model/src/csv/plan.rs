//! Plans an import row by row, before anything is sent.

use std::collections::{BTreeMap, BTreeSet};

use switchboard_api::{DomainName, Email, EmailError};

use super::SLICE;
use super::operators::OperatorRow;
use crate::domain_input::{DomainInputError, normalise};

/// The plan for a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedRow {
    /// The row's line in the file, from 1.
    pub line: usize,
    /// Whom to add (endpoint 2, then 10 for each domain) or to put on domains (10), or everything that speaks against it.
    pub outcome: Result<PlannedOperator, Vec<Problem>>,
}

/// An operator to be added, or to be put on domains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedOperator {
    /// Their name. May be empty if they exist.
    pub name: String,
    /// Their key in every call.
    pub email: Email,
    /// The domains to put them on, each once. At least one if they exist.
    pub domains: Vec<DomainName>,
    /// Whether they are an operator already: then they are only put on the domains.
    pub exists: bool,
}

impl PlannedOperator {
    /// Whether a new address has no ending such as `.com`: most likely it was cut off or mistyped, although a company's own network may have
    /// such addresses.
    #[must_use]
    pub fn lacks_ending(&self) -> bool {
        let domain = self.email.as_str().split_once('@');
        let has_ending = |(_, domain): (&str, &str)| {
            let ending = domain.rsplit_once('.');
            ending.is_some_and(|(name, ending)| !name.is_empty() && !ending.is_empty())
        };
        !self.exists && !domain.is_some_and(has_ending)
    }
}

/// Why a row cannot be imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// It has no name, which endpoint 2 requires.
    NoName,
    /// Its e-mail address is invalid.
    Email(EmailError),
    /// The same address is on an earlier row, which has another name or all of the row's domains.
    DuplicateOf {
        /// The line of the first one.
        line: usize,
    },
    /// The same operator is on an earlier row, which gets the domains of this one. The only problem of its row.
    MergedInto {
        /// The line of the first one.
        line: usize,
    },
    /// There is an operator with this address already, and the row names no domain to put them on.
    Exists,
    /// There is an operator with this address already, who is on each of the row's domains.
    OnDomains,
    /// One of its domains is none.
    Domain {
        /// The domain as written in the file.
        typed: String,
        /// What is wrong with it.
        error: DomainInputError,
    },
}

/// Plans an import. Equal addresses belong to the same person. `to_ascii` is that of [`normalise`].
#[must_use]
pub fn plan(
    rows: &[OperatorRow],
    existing: &[Email],
    to_ascii: impl Fn(&str) -> Option<String>,
) -> Vec<PlannedRow> {
    let mut plan = Plan::new(existing.iter());
    for row in rows {
        plan.add(row, &|_, _| false, &to_ascii);
    }
    plan.rows
}

/// As [`plan`], with pauses. `is_on` returns whether an operator is known to be on a domain. The plan skips such pairs.
pub async fn plan_in_slices<'a>(
    rows: &[OperatorRow],
    existing: impl Iterator<Item = &'a Email>,
    is_on: &dyn Fn(&DomainName, &Email) -> bool,
    to_ascii: impl Fn(&str) -> Option<String>,
    pause: &impl AsyncFn(),
) -> Vec<PlannedRow> {
    let mut plan = Plan::new(existing);
    for slice in rows.chunks(SLICE) {
        for row in slice {
            plan.add(row, is_on, &to_ascii);
        }
        pause().await;
    }
    plan.rows
}

/// The state of planning: the existing operators, and the rows so far.
struct Plan {
    existing: BTreeSet<Email>,
    rows: Vec<PlannedRow>,
    /// The index of each operator's row, and its domains.
    seen: BTreeMap<Email, (usize, BTreeSet<DomainName>)>,
}

impl Plan {
    fn new<'a>(existing: impl Iterator<Item = &'a Email>) -> Self {
        Self {
            existing: existing.cloned().collect(),
            rows: Vec::new(),
            seen: BTreeMap::new(),
        }
    }

    /// Plans the next row. Adds its domains to an earlier row of the same operator.
    fn add(
        &mut self,
        row: &OperatorRow,
        is_on: &dyn Fn(&DomainName, &Email) -> bool,
        to_ascii: &impl Fn(&str) -> Option<String>,
    ) {
        let outcome = self.outcome(row, is_on, to_ascii);
        let outcome = outcome.and_then(|operator| match self.seen.get_mut(&operator.email) {
            Some((first, domains)) => Err(vec![merge(&mut self.rows[*first], domains, operator)]),
            None => {
                let domains = operator.domains.iter().cloned().collect();
                let first = (self.rows.len(), domains);
                self.seen.insert(operator.email.clone(), first);
                Ok(operator)
            }
        });
        let line = row.line;
        self.rows.push(PlannedRow { line, outcome });
    }

    /// Returns the plan for a row by itself.
    fn outcome(
        &self,
        row: &OperatorRow,
        is_on: &dyn Fn(&DomainName, &Email) -> bool,
        to_ascii: &impl Fn(&str) -> Option<String>,
    ) -> Result<PlannedOperator, Vec<Problem>> {
        let mut problems = Vec::new();
        let email = row.email.parse::<Email>();
        let is_in = |known: &dyn Fn(&Email) -> bool| email.as_ref().is_ok_and(known);
        let exists = is_in(&|email| self.existing.contains(email));
        if !exists && row.name.trim().is_empty() && !is_in(&|email| self.seen.contains_key(email)) {
            problems.push(Problem::NoName);
        }
        if exists && row.domains.is_empty() {
            problems.push(Problem::Exists);
        }
        if let Err(error) = &email {
            problems.push(Problem::Email(*error));
        }
        let mut domains = Vec::new();
        let mut names = BTreeSet::new();
        for typed in &row.domains {
            match normalise(typed, to_ascii) {
                Ok(input) if !names.insert(input.name.to_string()) => {}
                Ok(input) => domains.push(input.name),
                Err(error) => problems.push(Problem::Domain {
                    typed: typed.clone(),
                    error,
                }),
            }
        }
        if let Some(email) = email
            .as_ref()
            .ok()
            .filter(|_| exists && !domains.is_empty())
        {
            domains.retain(|domain| !is_on(domain, email));
            if domains.is_empty() && problems.is_empty() {
                problems.push(Problem::OnDomains);
            }
        }
        match email {
            Ok(email) if problems.is_empty() => Ok(PlannedOperator {
                name: row.name.trim().to_owned(),
                email,
                domains,
                exists,
            }),
            _ => Err(problems),
        }
    }
}

/// Adds the domains of a later row to the row of the same operator, unless the names contradict each other. Returns
/// what becomes of the later row.
fn merge(
    first: &mut PlannedRow,
    domains: &mut BTreeSet<DomainName>,
    later: PlannedOperator,
) -> Problem {
    let (line, before) = (first.line, domains.len());
    if let Ok(operator) = &mut first.outcome {
        let names = [&operator.name, &later.name].map(|name| name.to_lowercase());
        if names[0] == names[1] || names.iter().any(String::is_empty) {
            let new = later.domains.into_iter();
            let new = new.filter(|domain| domains.insert(domain.clone()));
            operator.domains.extend(new);
        }
    }
    if domains.len() > before {
        Problem::MergedInto { line }
    } else {
        Problem::DuplicateOf { line }
    }
}
