//! Parses CSV: RFC 4180 with any line ending and four delimiters, skipping empty lines.

use super::{DELIMITERS, SLICE, is_formula};

/// A parsed file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The delimiter of the cells.
    pub delimiter: char,
    /// The records that are not empty, including a header if there is one.
    pub records: Vec<Record>,
}

/// One record. Its cells may span several lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The number of its first line, from 1.
    pub line: usize,
    /// Its cells, unquoted, without the apostrophe that escapes a formula.
    pub cells: Vec<String>,
}

/// Why a file could not be read. Lines are counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CsvError {
    /// It is not UTF-8.
    #[error("line {line} is not UTF-8")]
    NotUtf8 {
        /// The first invalid line.
        line: usize,
    },
    /// A quotation mark opens a cell and is never closed.
    #[error("the quotation mark on line {line} is not closed")]
    UnclosedQuote {
        /// The line where it opens.
        line: usize,
    },
    /// There is text between a closing quotation mark and the next delimiter.
    #[error("there is text behind the closing quotation mark on line {line}")]
    TextAfterQuote {
        /// The line of the text.
        line: usize,
    },
}

/// Decodes a file.
///
/// # Errors
/// [`CsvError::NotUtf8`] when it is in another encoding.
pub fn decode(file: &[u8]) -> Result<&str, CsvError> {
    std::str::from_utf8(file).map_err(|error| {
        let before = file.get(..error.valid_up_to()).unwrap_or_default();
        CsvError::NotUtf8 {
            line: 1 + before.iter().filter(|byte| **byte == b'\n').count(),
        }
    })
}

/// Parses CSV, with or without a byte order mark. The delimiter is the most frequent one in the first line, or the
/// one that a line `sep=;` names. Removes the apostrophe that [`super::write()`] adds before a formula.
///
/// # Errors
/// [`CsvError`] with the line, for quotation marks that do not match.
pub fn parse(text: &str) -> Result<Table, CsvError> {
    let mut reading = Reading::of(text);
    reading.go_on(usize::MAX)?;
    Ok(reading.finish())
}

/// Does the same as [`parse`] in time slices: awaits `pause` often while it reads a long table, so that other tasks can run.
///
/// # Errors
/// As [`parse`].
pub async fn parse_in_slices(text: &str, pause: &impl AsyncFn()) -> Result<Table, CsvError> {
    let mut reading = Reading::of(text);
    while reading.go_on(SLICE)? {
        pause().await;
    }
    Ok(reading.finish())
}

/// Returns the most frequent delimiter of a line, outside of quotation marks.
fn likely_delimiter(line: &str) -> char {
    let count = |delimiter: char| {
        let outside = line.split('"').step_by(2);
        outside
            .map(|part| part.matches(delimiter).count())
            .sum::<usize>()
    };
    let mut best = (',', count(','));
    for delimiter in DELIMITERS {
        if count(delimiter) > best.1 {
            best = (delimiter, count(delimiter));
        }
    }
    best.0
}

/// The state of the parser.
struct Reading<'a> {
    rest: &'a str,
    delimiter: char,
    /// Whether the first record is a `sep=` line.
    is_named: bool,
    line: usize,
    records: Vec<Record>,
}

impl<'a> Reading<'a> {
    fn of(text: &'a str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let first = text.lines().find(|line| !line.trim().is_empty());
        let named = text
            .lines()
            .next()
            .and_then(|line| line.strip_prefix("sep="))
            .and_then(|sep| sep.parse().ok())
            .filter(|sep| DELIMITERS.contains(sep));
        Self {
            rest: text,
            delimiter: named.unwrap_or_else(|| likely_delimiter(first.unwrap_or_default())),
            is_named: named.is_some(),
            line: 1,
            records: Vec::new(),
        }
    }

    /// Parses up to `count` more records. Returns whether there may be more.
    fn go_on(&mut self, count: usize) -> Result<bool, CsvError> {
        for _ in 0..count {
            if self.rest.is_empty() {
                return Ok(false);
            }
            self.record()?;
        }
        Ok(true)
    }

    /// Parses a record; skips a blank one.
    fn record(&mut self) -> Result<(), CsvError> {
        let start = self.line;
        let mut cells = Vec::new();
        loop {
            let was_quoted = self.rest.starts_with('"');
            let (cell, after) = if was_quoted {
                quoted(self.rest, &mut self.line)?
            } else {
                let ends = [self.delimiter, '\n', '\r'];
                let end = self.rest.find(ends).unwrap_or(self.rest.len());
                (self.rest[..end].to_owned(), &self.rest[end..])
            };
            cells.push(unguarded(cell));
            if let Some(next) = after.strip_prefix(self.delimiter) {
                self.rest = next;
                continue;
            }
            let next = ["\r\n", "\n", "\r"]
                .iter()
                .find_map(|end| after.strip_prefix(end));
            if next.is_none() && !after.is_empty() {
                return Err(CsvError::TextAfterQuote { line: self.line });
            }
            self.rest = next.unwrap_or_default();
            self.line += 1;
            let is_blank =
                cells.iter().all(|cell| cell.trim().is_empty()) && cells.len() == 1 && !was_quoted;
            if !is_blank {
                self.records.push(Record { line: start, cells });
            }
            return Ok(());
        }
    }

    fn finish(mut self) -> Table {
        if self.is_named {
            self.records.remove(0);
        }
        Table {
            delimiter: self.delimiter,
            records: self.records,
        }
    }
}

/// Returns the content of a quoted cell, and the text after its closing mark.
fn quoted<'a>(text: &'a str, line: &mut usize) -> Result<(String, &'a str), CsvError> {
    let opened = *line;
    let mut cell = String::new();
    let mut rest = &text[1..];
    loop {
        let Some((before, after)) = rest.split_once('"') else {
            return Err(CsvError::UnclosedQuote { line: opened });
        };
        cell.push_str(before);
        *line += before.matches('\n').count();
        match after.strip_prefix('"') {
            Some(after) => {
                cell.push('"');
                rest = after;
            }
            None => return Ok((cell, after)),
        }
    }
}

fn unguarded(cell: String) -> String {
    match cell.strip_prefix('\'') {
        Some(rest) if is_formula(rest) => rest.to_owned(),
        _ => cell,
    }
}
