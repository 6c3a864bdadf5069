//! What an import would do, row by row, before anything is sent.

use std::collections::{BTreeMap, BTreeSet};

use switchboard_api::{DomainName, Email, EmailError};

use super::operators::OperatorRow;
use crate::domain_input::{DomainInputError, normalise};

/// What would be done with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedRow {
    /// The row's line in the file, from 1.
    pub line: usize,
    /// Whom to add (endpoint 2, then 10 for each domain), or everything that speaks against it.
    pub outcome: Result<NewOperator, Vec<Problem>>,
}

/// An operator to be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewOperator {
    /// Their name.
    pub name: String,
    /// Their key in every call.
    pub email: Email,
    /// The domains to put them on, each once.
    pub domains: Vec<DomainName>,
}

/// Why a row cannot be imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// It has no name, which endpoint 2 requires.
    NoName,
    /// Its e-mail address is none.
    Email(EmailError),
    /// The same address is on an earlier row.
    DuplicateOf {
        /// The line of the first.
        line: usize,
    },
    /// There is an operator with this address already.
    Exists,
    /// One of its domains is none.
    Domain {
        /// As it was typed.
        typed: String,
        /// What is wrong with it.
        error: DomainInputError,
    },
}

/// Plans an import. Addresses are compared without regard to letter case: two that differ only in it belong to one person. `to_ascii` is
/// that of [`normalise`].
#[must_use]
pub fn plan(
    rows: &[OperatorRow],
    existing: &[Email],
    to_ascii: impl Fn(&str) -> Option<String>,
) -> Vec<PlannedRow> {
    let existing: BTreeSet<String> = existing
        .iter()
        .map(|email| email.as_str().to_lowercase())
        .collect();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let planned = rows.iter().map(|row| {
        let mut problems = Vec::new();
        if row.name.trim().is_empty() {
            problems.push(Problem::NoName);
        }
        let email = match row.email.parse::<Email>() {
            Ok(email) => {
                let key = email.as_str().to_lowercase();
                if existing.contains(&key) {
                    problems.push(Problem::Exists);
                }
                match seen.get(&key) {
                    Some(line) => problems.push(Problem::DuplicateOf { line: *line }),
                    None => {
                        seen.insert(key, row.line);
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
            match normalise(typed, &to_ascii) {
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
    });
    planned.collect()
}
