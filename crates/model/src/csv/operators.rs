//! Finds the columns of a table of operators.

use super::SLICE;
use super::parse::{Record, Table};

/// One row of a list of operators, as written in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OperatorRow {
    /// The number of its first line, from 1.
    pub line: usize,
    /// The name; joined if first and last name have separate columns.
    pub name: String,
    /// The e-mail address.
    pub email: String,
    /// The domains to assign the operator to.
    pub domains: Vec<String>,
}

/// The error that no column contains e-mail addresses, according to the headings and the first record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no column holds e-mail addresses")]
pub struct NoEmailColumn;

#[derive(Clone, Copy, PartialEq)]
enum Column {
    Name,
    FirstName,
    LastName,
    Email,
    Domains,
    Other,
}

/// Returns the rows of a table. With a header, columns are found by their headings, in any order and several
/// spellings; unknown columns are ignored. Without one, the first cell with an `@` marks the e-mail column, and the
/// others are the name and the domains, in this order.
///
/// # Errors
/// [`NoEmailColumn`] when there is none, as in an empty table.
pub fn operators(table: &Table) -> Result<Vec<OperatorRow>, NoEmailColumn> {
    let (columns, rows) = columns(table)?;
    Ok(rows.iter().map(|record| row(record, &columns)).collect())
}

/// Does the same as [`operators`] in time slices.
///
/// # Errors
/// As [`operators`].
pub async fn operators_in_slices(
    table: &Table,
    pause: &impl AsyncFn(),
) -> Result<Vec<OperatorRow>, NoEmailColumn> {
    let (columns, records) = columns(table)?;
    let mut rows = Vec::with_capacity(records.len());
    for slice in records.chunks(SLICE) {
        rows.extend(slice.iter().map(|record| row(record, &columns)));
        pause().await;
    }
    Ok(rows)
}

/// Returns the meanings of the columns, and the records below the header.
fn columns(table: &Table) -> Result<(Vec<Column>, &[Record]), NoEmailColumn> {
    let first = table.records.first().ok_or(NoEmailColumn)?;
    let headings: Vec<Column> = first.cells.iter().map(|cell| column(cell)).collect();
    Ok(if headings.contains(&Column::Email) {
        (headings, &table.records[1..])
    } else {
        (columns_by_content(first)?, &table.records[..])
    })
}

fn column(heading: &str) -> Column {
    let heading: String = heading
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    match heading.as_str() {
        "name" | "fullname" | "displayname" | "operator" | "operatorname" => Column::Name,
        "firstname" | "first" | "givenname" | "forename" => Column::FirstName,
        "lastname" | "last" | "surname" | "familyname" => Column::LastName,
        "email" | "emailaddress" | "emailid" | "mail" | "operatoremail" => Column::Email,
        "domain" | "domains" | "domainname" | "domainnames" | "website" | "websites" | "site"
        | "sites" => Column::Domains,
        _ => Column::Other,
    }
}

fn columns_by_content(first: &Record) -> Result<Vec<Column>, NoEmailColumn> {
    let email = first.cells.iter().position(|cell| cell.contains('@'));
    let email = email.ok_or(NoEmailColumn)?;
    let mut others = [Column::Name, Column::Domains].into_iter();
    let columns = (0..first.cells.len()).map(|at| {
        if at == email {
            Column::Email
        } else {
            others.next().unwrap_or(Column::Other)
        }
    });
    Ok(columns.collect())
}

fn row(record: &Record, columns: &[Column]) -> OperatorRow {
    let of = |wanted: Column| {
        let cells = record.cells.iter().zip(columns);
        cells
            .filter(move |(cell, column)| **column == wanted && !cell.trim().is_empty())
            .map(|(cell, _)| cell.trim())
    };
    let names: Vec<&str> = match of(Column::Name).next() {
        Some(name) => vec![name],
        None => of(Column::FirstName).chain(of(Column::LastName)).collect(),
    };
    OperatorRow {
        line: record.line,
        name: names.join(" "),
        email: of(Column::Email).next().unwrap_or_default().to_owned(),
        domains: of(Column::Domains)
            .flat_map(|cell| cell.split(|c: char| c.is_whitespace() || ",;|".contains(c)))
            .filter(|domain| !domain.is_empty())
            .map(str::to_owned)
            .collect(),
    }
}
