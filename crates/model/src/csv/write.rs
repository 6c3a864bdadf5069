//! Writes CSV for spreadsheets.

use super::{DELIMITERS, is_formula};

/// Writes a header and rows according to RFC 4180: commas, CRLF, and quotation marks where necessary. A byte order
/// mark makes spreadsheets read it as UTF-8.
///
/// A spreadsheet may execute a cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return. Such a cell gets
/// an apostrophe in front, because anyone may have typed a name in an organisation. [`super::parse`] removes it. A
/// cell with such a beginning behind apostrophes gets another one, so that every text survives a round trip.
#[must_use]
pub fn write<S: AsRef<str>>(header: &[S], rows: &[Vec<S>]) -> String {
    let mut text = String::from('\u{feff}');
    for cells in std::iter::once(header).chain(rows.iter().map(Vec::as_slice)) {
        let only_one = cells.len() == 1;
        for (at, cell) in cells.iter().enumerate() {
            if at > 0 {
                text.push(',');
            }
            push(&mut text, cell.as_ref(), only_one);
        }
        text.push_str("\r\n");
    }
    text
}

fn push(text: &mut String, cell: &str, is_alone: bool) {
    let guard = if is_formula(cell) { "'" } else { "" };
    // A lone blank cell would read as an empty line.
    let needs_quotes = cell.contains(['"', '\n', '\r'])
        || cell.contains(DELIMITERS)
        || cell.starts_with("sep=")
        || (is_alone && cell.trim().is_empty());
    if needs_quotes {
        text.push('"');
        text.push_str(guard);
        text.push_str(&cell.replace('"', "\"\""));
        text.push('"');
    } else {
        text.push_str(guard);
        text.push_str(cell);
    }
}
