//! Tables as spreadsheets save them, and the operators in them.

use std::collections::BTreeSet;

use switchboard_api::Email;
use switchboard_model::csv::{
    CsvError, OperatorRow, PlannedOperator, Table, decode, operators, parse, plan, write,
};
use switchboard_model::domain_input::normalise;

use crate::input::to_ascii;

/// Separates the cells of a table to write.
const CELL: char = '\u{1F}';
/// Separates its records.
const RECORD: char = '\u{1E}';

/// Checks the property for these bytes, a file.
pub fn check(data: &[u8]) {
    match decode(data) {
        Ok(text) => {
            ask_of_table(text);
            ask_of_writing(text);
        }
        Err(error) => {
            let CsvError::NotUtf8 { line } = error else {
                panic!("{error}");
            };
            assert!(line >= 1 && line <= 1 + data.iter().filter(|byte| **byte == b'\n').count());
        }
    }
}

fn ask_of_table(text: &str) {
    let table = match parse(text) {
        Ok(table) => table,
        Err(CsvError::UnclosedQuote { line } | CsvError::TextAfterQuote { line }) => {
            let last = 1 + text.matches(['\n', '\r']).count();
            assert!((1..=last).contains(&line), "{line} of {last} lines");
            return;
        }
        Err(error) => panic!("{error}"),
    };
    let mut line = 0;
    for record in &table.records {
        assert!(record.line > line && !record.cells.is_empty());
        line = record.line;
    }
    assert_same_cells(&table, &cells(&table));
    if let Ok(rows) = operators(&table) {
        assert!((table.records.len() - 1..=table.records.len()).contains(&rows.len()));
        ask_of_plan(&rows);
    }
}

/// Checks that any table survives a round trip.
fn ask_of_writing(text: &str) {
    let cells: Vec<Vec<&str>> = text
        .split(RECORD)
        .map(|record| record.split(CELL).collect())
        .collect();
    let [header, rows @ ..] = &cells[..] else {
        return;
    };
    let written = write(header, rows);
    let read = parse(&written).expect("what is written can be read");
    assert_same_cells(&read, &cells);
    // No cell begins with what a spreadsheet would execute, quoted or not.
    let unmarked = written.strip_prefix('\u{feff}').unwrap_or(&written);
    assert!(!unmarked.starts_with(['=', '+', '-', '@', '\t', '\r']));
    for (at, _) in unmarked.match_indices(",=") {
        let before = &unmarked[..at];
        assert!(
            before.matches('"').count() % 2 == 1,
            "a formula in {written:?}"
        );
    }
}

fn ask_of_plan(rows: &[OperatorRow]) {
    let existing: Vec<Email> = vec!["ada@acme.example".parse().expect("an address")];
    let planned = plan(rows, &existing, to_ascii);
    assert_eq!(planned.len(), rows.len());
    let mut seen = BTreeSet::new();
    let mut accepted: Vec<PlannedOperator> = Vec::new();
    for (row, planned) in rows.iter().zip(planned) {
        assert_eq!(row.line, planned.line);
        match planned.outcome {
            Ok(operator) => {
                assert!(
                    seen.insert(operator.email.as_str().to_lowercase()),
                    "{} twice",
                    operator.email
                );
                assert_eq!(operator.exists, operator.email == existing[0]);
                if operator.exists {
                    assert!(!operator.domains.is_empty());
                } else {
                    assert!(!operator.name.trim().is_empty());
                }
                let domains: BTreeSet<_> = operator.domains.iter().collect();
                assert_eq!(domains.len(), operator.domains.len());
                for domain in domains {
                    let same = normalise(domain.as_str(), to_ascii);
                    assert!(same.is_ok_and(|same| same.name == *domain));
                }
                accepted.push(operator);
            }
            Err(problems) => assert!(!problems.is_empty()),
        }
    }
    // The accepted operators, written as a list, are accepted again unchanged.
    let header = ["Name", "Email", "Domains"].map(str::to_owned);
    let list: Vec<Vec<String>> = accepted.iter().map(as_row).collect();
    let table = parse(&write(&header, &list)).expect("what is written can be read");
    let rows = operators(&table).expect("a column of addresses");
    let again = plan(&rows, &existing, to_ascii);
    let again: Vec<PlannedOperator> = again
        .into_iter()
        .map(|planned| planned.outcome.expect("accepted before"))
        .collect();
    assert_eq!(again, accepted);
}

fn as_row(operator: &PlannedOperator) -> Vec<String> {
    let domains: Vec<&str> = operator
        .domains
        .iter()
        .map(|domain| domain.as_str())
        .collect();
    vec![
        operator.name.clone(),
        operator.email.to_string(),
        domains.join(" "),
    ]
}

fn cells(table: &Table) -> Vec<Vec<&str>> {
    table
        .records
        .iter()
        .map(|record| record.cells.iter().map(String::as_str).collect())
        .collect()
}

/// Asserts that the cells survive a round trip.
fn assert_same_cells(table: &Table, expected: &[Vec<&str>]) {
    assert_eq!(cells(table), expected);
    let [header, rows @ ..] = expected else {
        return;
    };
    let again = parse(&write(header, rows)).expect("what is written can be read");
    assert_eq!(cells(&again), expected);
}
