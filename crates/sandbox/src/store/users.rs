//! Operators and other users of the organisation (endpoints 2 to 5 and 14).

use rusqlite::{Connection, OptionalExtension, Row, named_params, params};

/// The key of a row of `user`.
pub(crate) type UserId = i64;

/// One person, as the operator endpoints see them.
#[derive(Debug)]
pub(crate) struct User {
    pub id: UserId,
    pub email: String,
    pub first_name: String,
    pub last_name: String,
    /// 0 offline, 1 online, 2 away, 3 busy.
    pub presence: i64,
    /// 1 able to log in, 0 unable.
    pub login: i64,
    pub is_operator: bool,
    /// 1 active in the live chat addon, 0 inactive, `None` without it.
    pub live_chat: Option<i64>,
    pub role: Option<String>,
}

const COLUMNS: &str =
    "id, email, first_name, last_name, presence, login, is_operator, live_chat, role";

fn read(row: &Row<'_>) -> rusqlite::Result<User> {
    Ok(User {
        id: row.get(0)?,
        email: row.get(1)?,
        first_name: row.get(2)?,
        last_name: row.get(3)?,
        presence: row.get(4)?,
        login: row.get(5)?,
        is_operator: row.get(6)?,
        live_chat: row.get(7)?,
        role: row.get(8)?,
    })
}

/// Finds a person by e-mail address, ignoring ASCII letter case.
pub(crate) fn find(connection: &Connection, email: &str) -> rusqlite::Result<Option<User>> {
    connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM user WHERE email = ?1"))?
        .query_row([email], read)
        .optional()
}

/// Lists all users, in the order in which they were added.
pub(crate) fn list(connection: &Connection) -> rusqlite::Result<Vec<User>> {
    connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM user ORDER BY id"))?
        .query_map([], read)?
        .collect()
}

/// Adds an operator: active in the live chat addon, able to log in, offline.
pub(crate) fn add_operator(
    connection: &Connection,
    email: &str,
    first_name: &str,
    last_name: &str,
) -> rusqlite::Result<UserId> {
    connection
        .prepare_cached("INSERT INTO user (email, first_name, last_name, live_chat) VALUES (:email, :first, :last, 1)")?
        .execute(named_params! { ":email": email, ":first": first_name, ":last": last_name })?;
    Ok(connection.last_insert_rowid())
}

/// Switches a user on or off in the live chat addon. A user who is switched on becomes an operator.
pub(crate) fn set_live_chat(
    connection: &Connection,
    user: UserId,
    on: bool,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "UPDATE user SET live_chat = ?2, is_operator = is_operator OR ?2 WHERE id = ?1",
        )?
        .execute(params![user, on])?;
    Ok(())
}

/// Deletes a user with their account and assignments.
pub(crate) fn delete(connection: &Connection, user: UserId) -> rusqlite::Result<()> {
    connection
        .prepare_cached("DELETE FROM user WHERE id = ?1")?
        .execute([user])?;
    Ok(())
}
