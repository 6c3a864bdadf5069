//! CSV for spreadsheets.

use super::{DELIMITERS, is_formula};

/// Writes a header and rows as RFC 4180 has it: commas, CRLF, quotation marks where they are needed; with a byte order mark, without which
/// spreadsheets take UTF-8 for another encoding.
///
/// A cell that a spreadsheet could run, because it begins with `=`, `+`, `-`, `@`, a tab or a carriage return, gets an apostrophe in front: a
/// name in an organisation may have been typed by anybody. [`super::parse`] takes it off again. A cell with such a beginning behind
/// apostrophes gets one more, so that every text comes back to the letter.
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
