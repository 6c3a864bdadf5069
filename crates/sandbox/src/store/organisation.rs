//! The organisation itself and the accounts that may manage it (endpoint 1).

use rusqlite::{Connection, OptionalExtension, Row, named_params};

/// The organisation's own row. `plan` and `addon` are JSON texts, because the reference leaves their shape open.
#[derive(Debug)]
pub(crate) struct Organisation {
    /// 1 active, 0 blocked, 2 incomplete payment.
    pub status: i64,
    pub dummy: bool,
    pub name: String,
    pub email: String,
    pub plan: String,
    pub addon: String,
}

/// One account of the `access` list.
#[derive(Debug)]
pub(crate) struct Account {
    pub role: String,
    pub status: i64,
    /// A JSON text.
    pub permission: String,
    pub name: String,
    pub email: String,
}

pub(crate) fn exists(connection: &Connection) -> rusqlite::Result<bool> {
    connection.query_row("SELECT EXISTS (SELECT 1 FROM organisation)", [], |row| {
        row.get(0)
    })
}

pub(crate) fn insert(connection: &Connection, organisation: &Organisation) -> rusqlite::Result<()> {
    connection.execute(
        "INSERT INTO organisation (id, status, dummy, name, email, plan, addon) VALUES (1, :status, :dummy, :name, :email, :plan, :addon)",
        named_params! {
            ":status": organisation.status,
            ":dummy": organisation.dummy,
            ":name": organisation.name,
            ":email": organisation.email,
            ":plan": organisation.plan,
            ":addon": organisation.addon,
        },
    )?;
    Ok(())
}

pub(crate) fn get(connection: &Connection) -> rusqlite::Result<Option<Organisation>> {
    connection
        .query_row(
            "SELECT status, dummy, name, email, plan, addon FROM organisation",
            [],
            |row| {
                Ok(Organisation {
                    status: row.get(0)?,
                    dummy: row.get(1)?,
                    name: row.get(2)?,
                    email: row.get(3)?,
                    plan: row.get(4)?,
                    addon: row.get(5)?,
                })
            },
        )
        .optional()
}

pub(crate) fn accounts(connection: &Connection) -> rusqlite::Result<Vec<Account>> {
    let mut statement = connection.prepare_cached(
        "SELECT role, account_status, permission, trim(first_name || ' ' || last_name), email
         FROM user WHERE role IS NOT NULL ORDER BY role, id",
    )?;
    let read = |row: &Row<'_>| {
        Ok(Account {
            role: row.get(0)?,
            status: row.get(1)?,
            permission: row.get(2)?,
            name: row.get(3)?,
            email: row.get(4)?,
        })
    };
    statement.query_map([], read)?.collect()
}
