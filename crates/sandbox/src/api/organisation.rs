//! Endpoint 1.

use axum::extract::State as Shared;
use rusqlite::Connection;
use serde::Serialize;
use serde_json::Value;

use super::{envelope::Success, failure::Failure};
use crate::{state::State, store::organisation};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Organisation {
    status: i64,
    dummy_domain: bool,
    name: String,
    email: String,
    access: Vec<Account>,
    plan: Value,
    addon: Value,
}

#[derive(Serialize)]
struct Account {
    role: String,
    status: i64,
    permission: Value,
    name: String,
    email: String,
}

/// `GET auth/organisation`
pub(super) async fn get(Shared(state): Shared<State>) -> Result<Success<Organisation>, Failure> {
    state.store.read(read).await.map(Success)
}

fn read(connection: &Connection) -> Result<Organisation, Failure> {
    let found = organisation::get(connection)?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
    let accounts = organisation::accounts(connection)?
        .into_iter()
        .map(|account| Account {
            role: account.role,
            status: account.status,
            permission: json(&account.permission),
            name: account.name,
            email: account.email,
        });
    Ok(Organisation {
        status: found.status,
        dummy_domain: found.dummy,
        name: found.name,
        email: found.email,
        access: accounts.collect(),
        plan: json(&found.plan),
        addon: json(&found.addon),
    })
}

/// Parses a JSON text of the database. The schema allows only valid JSON, so the null never occurs.
fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}
