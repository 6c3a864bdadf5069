//! Reads a list of domains from elsewhere, one on each line or in a column of a table. Finds out which are new here
//! and which lines are invalid.

use std::collections::{BTreeMap, BTreeSet};

use switchboard_api::DomainName;

use crate::csv::{Record, parse};
use crate::domain_input::{DomainInputError, normalise};

/// A list, as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DomainList {
    /// Its lines in order, without empty ones.
    pub lines: Vec<Listed>,
    /// Whether it has other columns besides the one that was read, and no heading.
    pub only_first_column: bool,
}

/// One line of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its number, from 1.
    pub line: usize,
    /// The text of the line.
    pub typed: String,
    /// The result.
    pub verdict: Verdict,
}

/// The result for a line of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// A domain that is not known yet.
    New(DomainName),
    /// A domain that is known already.
    Known(DomainName),
    /// A domain of an earlier line.
    Again {
        /// The domain.
        name: DomainName,
        /// The first line with it.
        first: usize,
    },
    /// Not a domain, for this reason.
    Wrong(DomainInputError),
}

impl DomainList {
    /// Returns the new domains, each once.
    pub fn new_domains(&self) -> impl Iterator<Item = &DomainName> {
        self.lines
            .iter()
            .filter_map(|listed| match &listed.verdict {
                Verdict::New(name) => Some(name),
                _ => None,
            })
    }
}

/// Reads a list: lines as a user types them, or CSV ([`parse`]). In a table, the column with a heading for domains
/// counts, or else the first. `to_ascii` is that of [`normalise`].
#[must_use]
pub fn read(
    text: &str,
    known: &[DomainName],
    to_ascii: impl Fn(&str) -> Option<String>,
) -> DomainList {
    let records = records(text);
    let heading = records.first().and_then(heading);
    let column = heading.unwrap_or_default();
    let rows = &records[usize::from(heading.is_some())..];
    let known: BTreeSet<&DomainName> = known.iter().collect();
    let mut seen: BTreeMap<DomainName, usize> = BTreeMap::new();
    let lines = rows.iter().filter_map(|record| {
        let typed = record.cells.get(column).map(|cell| cell.trim())?;
        let verdict = match normalise(typed, &to_ascii) {
            Err(DomainInputError::Empty) if typed.is_empty() => return None,
            Err(error) => Verdict::Wrong(error),
            Ok(input) => match seen.get(&input.name) {
                Some(first) => Verdict::Again {
                    name: input.name,
                    first: *first,
                },
                None => {
                    seen.insert(input.name.clone(), record.line);
                    if known.contains(&input.name) {
                        Verdict::Known(input.name)
                    } else {
                        Verdict::New(input.name)
                    }
                }
            },
        };
        Some(Listed {
            line: record.line,
            typed: typed.to_owned(),
            verdict,
        })
    });
    DomainList {
        lines: lines.collect(),
        only_first_column: heading.is_none() && rows.iter().any(|record| record.cells.len() > 1),
    }
}

/// Returns the records of a table, or the plain lines if its quotation marks do not match.
fn records(text: &str) -> Vec<Record> {
    let as_lines = |_| {
        let lines = text.lines().enumerate();
        let record = |(index, line): (usize, &str)| Record {
            line: index + 1,
            cells: vec![line.to_owned()],
        };
        lines.map(record).collect()
    };
    parse(text).map_or_else(as_lines, |table| table.records)
}

/// The headings of a column of domains, the most specific first. None of these is a domain of the public internet.
const HEADINGS: [&str; 9] = [
    "domain",
    "domains",
    "domainname",
    "website",
    "websites",
    "url",
    "host",
    "hostname",
    "site",
];

/// Returns the column with a heading for domains.
fn heading(first: &Record) -> Option<usize> {
    let plain = |cell: &String| {
        let letters = cell.chars().filter(|c| c.is_alphanumeric());
        letters.collect::<String>().to_lowercase()
    };
    let cells: Vec<String> = first.cells.iter().map(plain).collect();
    let mut columns = HEADINGS
        .iter()
        .filter_map(|heading| cells.iter().position(|cell| cell == heading));
    columns.next()
}
