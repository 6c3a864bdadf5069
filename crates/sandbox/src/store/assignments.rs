//! Operators on domains (endpoints 10 to 13, the domains of 5, and the operators that the widget shows).

use rusqlite::{Connection, Row, params};

use super::{domains::DomainId, users::UserId};

/// One operator on one domain.
#[derive(Debug)]
pub(crate) struct Assignment {
    pub user_id: UserId,
    pub email: String,
    pub first_name: String,
    pub last_name: String,
    pub is_admin: bool,
    pub shown_online: bool,
    pub gets_messages: bool,
}

/// Assigns an operator to a domain: not an admin, shown online, getting messages. Returns `false` if they were on it
/// already.
pub(crate) fn add(
    connection: &Connection,
    domain: DomainId,
    user: UserId,
) -> rusqlite::Result<bool> {
    let added = connection
        .prepare_cached(
            "INSERT INTO assignment (domain_id, user_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
        )?
        .execute([domain, user])?;
    Ok(added == 1)
}

/// Changes the given values, and leaves the others. Returns `false` if the operator is not on the domain.
pub(crate) fn update(
    connection: &Connection,
    domain: DomainId,
    user: UserId,
    is_admin: Option<bool>,
    shown_online: Option<bool>,
    gets_messages: Option<bool>,
) -> rusqlite::Result<bool> {
    let changed = connection
        .prepare_cached(
            "UPDATE assignment SET is_admin = coalesce(?3, is_admin), shown_online = coalesce(?4, shown_online),
             gets_messages = coalesce(?5, gets_messages) WHERE domain_id = ?1 AND user_id = ?2",
        )?
        .execute(params![domain, user, is_admin, shown_online, gets_messages])?;
    Ok(changed == 1)
}

/// Removes an operator from a domain. Returns `false` if they were not on it.
pub(crate) fn remove(
    connection: &Connection,
    domain: DomainId,
    user: UserId,
) -> rusqlite::Result<bool> {
    let removed = connection
        .prepare_cached("DELETE FROM assignment WHERE domain_id = ?1 AND user_id = ?2")?
        .execute([domain, user])?;
    Ok(removed == 1)
}

/// Lists the operators on a domain, in the order in which they were added.
pub(crate) fn list(connection: &Connection, domain: DomainId) -> rusqlite::Result<Vec<Assignment>> {
    let mut statement = connection.prepare_cached(
        "SELECT user.id, email, first_name, last_name, is_admin, shown_online, gets_messages
         FROM assignment JOIN user ON user.id = user_id WHERE domain_id = ?1 ORDER BY assignment.id",
    )?;
    let read = |row: &Row<'_>| {
        Ok(Assignment {
            user_id: row.get(0)?,
            email: row.get(1)?,
            first_name: row.get(2)?,
            last_name: row.get(3)?,
            is_admin: row.get(4)?,
            shown_online: row.get(5)?,
            gets_messages: row.get(6)?,
        })
    };
    statement.query_map([domain], read)?.collect()
}

/// Returns the names that a visitor of the domain's website sees as online: shown online and getting messages there,
/// active in the live chat addon, and present.
pub(crate) fn names_online(
    connection: &Connection,
    domain: DomainId,
) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare_cached(
        "SELECT trim(first_name || ' ' || last_name) FROM assignment JOIN user ON user.id = user_id
         WHERE domain_id = ?1 AND shown_online AND gets_messages AND live_chat = 1 AND presence = 1 ORDER BY assignment.id",
    )?;
    statement.query_map([domain], |row| row.get(0))?.collect()
}
