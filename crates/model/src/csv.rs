//! Lists of operators as CSV: read from whatever a spreadsheet saved, checked row by row, and written so that a spreadsheet runs none of it.

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

/// How many rows are read or planned between two pauses, where there are pauses.
const SLICE: usize = 100;

/// The delimiters that are recognised. Cells that hold one of them are quoted when written.
const DELIMITERS: [char; 4] = [',', ';', '\t', '|'];

/// Whether a spreadsheet may take the cell for a formula, apostrophes in front of it aside.
fn is_formula(cell: &str) -> bool {
    cell.trim_start_matches('\'')
        .starts_with(['=', '+', '-', '@', '\t', '\r'])
}
