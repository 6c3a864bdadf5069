//! Domains (endpoints 6 to 9).

use rusqlite::{Connection, OptionalExtension, Row, params};

/// The key of a row of `domain`.
pub(crate) type DomainId = i64;

/// One domain.
#[derive(Debug)]
pub(crate) struct Domain {
    pub id: DomainId,
    pub name: String,
    pub email: String,
    pub active: bool,
    pub addon_unique_name: String,
}

fn read(row: &Row<'_>) -> rusqlite::Result<Domain> {
    Ok(Domain {
        id: row.get(0)?,
        name: row.get(1)?,
        email: row.get(2)?,
        active: row.get(3)?,
        addon_unique_name: row.get(4)?,
    })
}

/// Finds a domain by its name, in lower case.
pub(crate) fn find(connection: &Connection, name: &str) -> rusqlite::Result<Option<Domain>> {
    connection
        .prepare_cached(
            "SELECT id, name, email, active, addon_unique_name FROM domain WHERE name = ?1",
        )?
        .query_row([name], read)
        .optional()
}

/// Adds an active domain.
pub(crate) fn add(connection: &Connection, name: &str, email: &str) -> rusqlite::Result<DomainId> {
    connection
        .prepare_cached("INSERT INTO domain (name, email) VALUES (?1, ?2)")?
        .execute([name, email])?;
    Ok(connection.last_insert_rowid())
}

/// Changes the given values, and leaves the others. Assignments survive a rename, because they refer to the row.
pub(crate) fn update(
    connection: &Connection,
    domain: DomainId,
    name: Option<&str>,
    active: Option<bool>,
    email: Option<&str>,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "UPDATE domain SET name = coalesce(?2, name), active = coalesce(?3, active), email = coalesce(?4, email) WHERE id = ?1",
        )?
        .execute(params![domain, name, active, email])?;
    Ok(())
}

/// Deletes a domain and its assignments.
pub(crate) fn delete(connection: &Connection, domain: DomainId) -> rusqlite::Result<()> {
    connection
        .prepare_cached("DELETE FROM domain WHERE id = ?1")?
        .execute([domain])?;
    Ok(())
}
