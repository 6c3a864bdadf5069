//! The token that calls must send: random, created once for each database and stored in it.

use std::fmt::Write;

use rusqlite::{Connection, OptionalExtension};

use super::OpenError;

/// The prefix of every token, so that people and secret scanners recognise one.
const PREFIX: &str = "sandbox_";

/// The number of random bytes after the prefix, written as hexadecimal digits.
const BYTES: usize = 16;

/// Returns the token of this database. Creates it if it is missing: in a new database, and in one of version 1.
///
/// # Errors
/// When the database cannot be read or written, or the operating system returns no random bytes.
pub(super) fn ensure(connection: &Connection) -> Result<String, OpenError> {
    let kept = connection
        .query_row("SELECT token FROM secret", [], |row| row.get(0))
        .optional()?;
    if let Some(token) = kept {
        return Ok(token);
    }
    let token = random().map_err(OpenError::Random)?;
    connection.execute("INSERT INTO secret (id, token) VALUES (1, ?1)", [&token])?;
    Ok(token)
}

fn random() -> Result<String, getrandom::Error> {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes)?;
    let mut token = PREFIX.to_owned();
    for byte in bytes {
        // Writing to a string never fails.
        let _ = write!(token, "{byte:02x}");
    }
    Ok(token)
}
