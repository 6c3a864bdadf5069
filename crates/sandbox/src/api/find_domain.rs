//! Finds the domain that a call names.

use rusqlite::Connection;

use super::failure::Failure;
use crate::store::domains;

pub(super) fn find_domain(connection: &Connection, name: &str) -> Result<domains::Domain, Failure> {
    domains::find(connection, name)?.ok_or(Failure::UnknownDomain)
}
