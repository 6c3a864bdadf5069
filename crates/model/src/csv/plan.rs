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
    /// The operator to add (endpoint 2, then 10 for each domain), or all problems of the row.
    pub outcome: Result<NewOperator, Vec<Problem>>,
}

/// An operator to be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewOperator {
    /// Their name.
    pub name: String,
    /// Their key in every call.
    pub email: Email,
    /// The domains to assign them to, each once.
    pub domains: Vec<DomainName>,
}

/// Why a row cannot be imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// It has no name, which endpoint 2 requires.
    NoName,
    /// Its e-mail address is invalid.
    Email(EmailError),
    /// The same address is on an earlier row.
    DuplicateOf {
        /// The line of the first one.
        line: usize,
    },
    /// There is an operator with this address already.
    Exists,
    /// One of its domains is invalid.
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
    rows.iter().map(|row| plan.row(row, &to_ascii)).collect()
}

/// Does the same as [`plan`] in time slices.
pub async fn plan_in_slices<'a>(
    rows: &[OperatorRow],
    existing: impl Iterator<Item = &'a Email>,
    to_ascii: impl Fn(&str) -> Option<String>,
    pause: &impl AsyncFn(),
) -> Vec<PlannedRow> {
    let mut plan = Plan::new(existing);
    let mut planned = Vec::with_capacity(rows.len());
    for slice in rows.chunks(SLICE) {
        planned.extend(slice.iter().map(|row| plan.row(row, &to_ascii)));
        pause().await;
    }
    planned
}

/// The state of planning: the existing operators, and those in the rows so far.
struct Plan {
    existing: BTreeSet<Email>,
    /// The addresses so far, with their lines.
    seen: BTreeMap<Email, usize>,
}

impl Plan {
    fn new<'a>(existing: impl Iterator<Item = &'a Email>) -> Self {
        Self {
            existing: existing.cloned().collect(),
            seen: BTreeMap::new(),
        }
    }

    fn row(&mut self, row: &OperatorRow, to_ascii: &impl Fn(&str) -> Option<String>) -> PlannedRow {
        let mut problems = Vec::new();
        if row.name.trim().is_empty() {
            problems.push(Problem::NoName);
        }
        let email = match row.email.parse::<Email>() {
            Ok(email) => {
                if self.existing.contains(&email) {
                    problems.push(Problem::Exists);
                }
                match self.seen.get(&email) {
                    Some(line) => problems.push(Problem::DuplicateOf { line: *line }),
                    None => {
                        self.seen.insert(email.clone(), row.line);
                    }
                }
                Some(email)
            }
            Err(error) => {
                problems.push(Problem::Email(error));
                None
            }
        };
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
        let outcome = match email {
            Some(email) if problems.is_empty() => Ok(NewOperator {
                name: row.name.trim().to_owned(),
                email,
                domains,
            }),
            _ => Err(problems),
        };
        PlannedRow {
            line: row.line,
            outcome,
        }
    }
}
