//! Reads the bytes of a file as rows of operators, or explains why it contains none.

use std::sync::Arc;

use switchboard_model::csv::{
    CsvError, NoEmailColumn, OperatorRow, decode, operators_in_slices, parse_in_slices,
};

use crate::browser::files::ReadError;
use crate::i18n::{Text, number, t, tf};

/// The size of the largest file that is read, in bytes: some hundred thousand rows.
pub(super) const MAX_BYTES: usize = 8 << 20;

/// The first bytes of spreadsheet formats: a ZIP archive (.xlsx, .ods), and the older compound file (.xls).
const SPREADSHEETS: [&[u8]; 2] = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"];

/// A list of operators, with the format in which it was recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sheet {
    /// The delimiter between cells.
    pub delimiter: char,
    /// Whether the first record names the columns.
    pub has_header: bool,
    /// The rows.
    pub rows: Arc<Vec<OperatorRow>>,
}

/// Why a file was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CsvRefusal {
    /// The file could not be read at all.
    Read(ReadError),
    /// It is in a spreadsheet format.
    Spreadsheet,
    /// It is binary: a picture, a program, or text in UTF-16.
    Binary,
    /// It is empty, or contains only a header.
    Empty,
    /// It is not CSV.
    Csv(CsvError),
    /// It has no column with e-mail addresses.
    NoEmail,
}

/// Reads a list of operators. Awaits `pause` regularly, so that a long list does not block the page.
pub(super) async fn read(file: &[u8], pause: &impl AsyncFn()) -> Result<Sheet, CsvRefusal> {
    if SPREADSHEETS.iter().any(|start| file.starts_with(start)) {
        return Err(CsvRefusal::Spreadsheet);
    }
    if file.contains(&0) || file.starts_with(b"\xff\xfe") || file.starts_with(b"\xfe\xff") {
        return Err(CsvRefusal::Binary);
    }
    let text = decode(file).map_err(CsvRefusal::Csv)?;
    let table = parse_in_slices(text, pause)
        .await
        .map_err(CsvRefusal::Csv)?;
    if table.records.is_empty() {
        return Err(CsvRefusal::Empty);
    }
    let rows = operators_in_slices(&table, pause).await;
    let rows = rows.map_err(|NoEmailColumn| CsvRefusal::NoEmail)?;
    if rows.is_empty() {
        return Err(CsvRefusal::Empty);
    }
    Ok(Sheet {
        delimiter: table.delimiter,
        has_header: rows.len() < table.records.len(),
        rows: Arc::new(rows),
    })
}

/// Explains why a file was refused, and what to do.
pub(super) fn refusal(why: CsvRefusal) -> String {
    let at = |text: Text, line: usize| tf(text, &[("line", &number(line))]);
    match why {
        CsvRefusal::Read(ReadError::Unreadable) => t(Text::FileUnreadable).to_owned(),
        CsvRefusal::Read(ReadError::TooLarge(_)) => t(Text::CsvTooLarge).to_owned(),
        CsvRefusal::Spreadsheet => t(Text::CsvSpreadsheet).to_owned(),
        CsvRefusal::Binary => t(Text::CsvBinary).to_owned(),
        CsvRefusal::Empty => t(Text::CsvEmpty).to_owned(),
        CsvRefusal::NoEmail => t(Text::CsvNoEmail).to_owned(),
        CsvRefusal::Csv(CsvError::NotUtf8 { line }) => at(Text::CsvNotUtf8, line),
        CsvRefusal::Csv(CsvError::UnclosedQuote { line }) => at(Text::CsvUnclosedQuote, line),
        CsvRefusal::Csv(CsvError::TextAfterQuote { line }) => at(Text::CsvTextAfterQuote, line),
    }
}

/// Returns the key of a delimiter in the messages.
pub(super) fn delimiter_key(delimiter: char) -> &'static str {
    match delimiter {
        ';' => "semicolon",
        '\t' => "tab",
        '|' => "bar",
        _ => "comma",
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use super::*;

    /// Reads a list without pausing.
    pub fn at_once(file: &[u8]) -> Result<Sheet, CsvRefusal> {
        let nothing = async || ();
        match pin!(read(file, &nothing)).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(sheet) => sheet,
            Poll::Pending => panic!("nothing here waits"),
        }
    }

    #[test]
    fn delimiter_and_header_are_recognised() {
        for (file, delimiter, has_header) in [
            ("\u{feff}Name;Email\r\nAda;ada@x.example\r\n", ';', true),
            ("Ada\tada@x.example\n", '\t', false),
            ("ada@x.example,Ada", ',', false),
        ] {
            let sheet = at_once(file.as_bytes()).expect("a list");
            assert_eq!(
                (sheet.delimiter, sheet.has_header, sheet.rows.len()),
                (delimiter, has_header, 1),
                "{file}"
            );
        }
    }

    #[test]
    fn file_without_a_list_is_refused_with_its_reason() {
        for (file, why) in [
            (b"PK\x03\x04\x14\x00".as_slice(), CsvRefusal::Spreadsheet),
            (b"\xd0\xcf\x11\xe0\xa1", CsvRefusal::Spreadsheet),
            (b"\xff\xfen\x00a\x00", CsvRefusal::Binary),
            (b"\x89PNG\r\n\x1a\n\x00\x00", CsvRefusal::Binary),
            (b"", CsvRefusal::Empty),
            (b"\xef\xbb\xbf\r\n\r\n", CsvRefusal::Empty),
            (b"name,email\n", CsvRefusal::Empty),
            (b"name,phone\nAda,1\n", CsvRefusal::NoEmail),
            (
                b"name,email\nJos\xe9,j@x.example\n",
                CsvRefusal::Csv(CsvError::NotUtf8 { line: 2 }),
            ),
            (
                b"name,email\n\"Ada,a@x.example\n",
                CsvRefusal::Csv(CsvError::UnclosedQuote { line: 2 }),
            ),
        ] {
            assert_eq!(at_once(file), Err(why), "{file:?}");
            assert!(!refusal(why).contains('{'), "{why:?}");
        }
    }
}
