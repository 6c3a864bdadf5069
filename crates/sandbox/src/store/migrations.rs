//! Migrates a database to the current schema. SQLite's own `user_version` is its present version.

use rusqlite::Connection;

use super::OpenError;

/// The migrations. Each entry leads from the version that is its index to the next one.
const STEPS: [&str; 2] = [include_str!("schema.sql"), include_str!("schema_2.sql")];

/// The application id in the file's header ("Swbd"), by which another program's database is recognised.
const APPLICATION_ID: i64 = 0x5377_6264;

/// Applies the missing migrations in one transaction.
///
/// # Errors
/// When the database belongs to another program, or a newer sandbox has migrated it further.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), OpenError> {
    let transaction =
        connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let version: u32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let application: i64 =
        transaction.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let tables: i64 =
        transaction.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if tables > 0 && application != APPLICATION_ID {
        return Err(OpenError::Foreign);
    }
    let missing = STEPS
        .get(version as usize..)
        .ok_or(OpenError::Newer { version })?;
    for step in missing {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", STEPS.len() as u32)?;
    transaction.commit()?;
    Ok(())
}
