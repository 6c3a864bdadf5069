//! Lists of operators as CSV: reads what spreadsheets save, checks it row by row, and writes CSV in which a
//! spreadsheet executes no formula.

mod operators;
mod parse;
mod plan;
mod unknown;
mod write;

pub use operators::{NoEmailColumn, OperatorRow, operators, operators_in_slices};
pub use parse::{CsvError, Record, Table, decode, parse, parse_in_slices};
pub use plan::{PlannedOperator, PlannedRow, Problem, plan, plan_in_slices};
pub use unknown::{Accepted, LookUps, Standing};
pub use write::write;

/// The number of rows read or planned between two pauses.
const SLICE: usize = 100;

/// The recognised delimiters. Cells that contain one of them are quoted when written.
const DELIMITERS: [char; 4] = [',', ';', '\t', '|'];

/// Returns whether a spreadsheet may take the cell for a formula, ignoring leading apostrophes.
fn is_formula(cell: &str) -> bool {
    cell.trim_start_matches('\'')
        .starts_with(['=', '+', '-', '@', '\t', '\r'])
}
