//! Seeds the database with thousands of rows, for tests of size and speed. Always the same rows: row N has the same
//! name and e-mail address everywhere.

use rusqlite::{Connection, params};
use serde::Serialize;

/// The total numbers of rows.
#[derive(Debug, Serialize)]
pub(crate) struct Totals {
    operators: u32,
    domains: u32,
}

pub(crate) fn totals(connection: &Connection) -> rusqlite::Result<Totals> {
    let count = |table: &str| {
        connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| {
            row.get(0)
        })
    };
    Ok(Totals {
        operators: count("user")?,
        domains: count("domain")?,
    })
}

const FIRST_NAMES: [&str; 12] = [
    "Amélie",
    "Bruno",
    "Chiamaka",
    "Дмитрий",
    "Elif",
    "Farid",
    "Giulia",
    "陽菜",
    "Ines",
    "Jonas",
    "कविता",
    "لينا",
];
const LAST_NAMES: [&str; 11] = [
    "Andersson",
    "Bianchi",
    "Иванова",
    "Dlamini",
    "Fernández",
    "González",
    "田中",
    "Kowalska",
    "पटेल",
    "السيد",
    "O’Neill",
];

/// Adds operators `operator-N@many.example` and domains `site-N.many.example`, continuing the existing numbers. Each
/// new operator is assigned to two of these domains (if there are any); every fiftieth has no addon and no domain.
pub(crate) fn add(connection: &Connection, operators: u32, domains: u32) -> rusqlite::Result<()> {
    let first_domain = next(
        connection,
        "SELECT count(*) FROM domain WHERE name GLOB 'site-*.many.example'",
    )?;
    let mut insert = connection.prepare(
        "INSERT INTO domain (name, email, active) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
    )?;
    for number in first_domain..first_domain + domains {
        insert.execute(params![
            format!("site-{number}.many.example"),
            format!("site-{number}@many.example"),
            number % 20 != 0
        ])?;
    }

    let mut sites = connection
        .prepare("SELECT id FROM domain WHERE name GLOB 'site-*.many.example' ORDER BY id")?;
    let sites: Vec<i64> = sites
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let first_operator = next(
        connection,
        "SELECT count(*) FROM user WHERE email GLOB 'operator-*@many.example'",
    )?;
    let mut insert = connection.prepare(
        "INSERT INTO user (email, first_name, last_name, presence, login, live_chat) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT DO NOTHING",
    )?;
    let mut assign = connection.prepare("INSERT INTO assignment (domain_id, user_id, is_admin) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING")?;
    for number in first_operator..first_operator + operators {
        let index = number as usize;
        let live_chat = (number % 50 != 0).then_some(number % 10 != 0);
        let added = insert.execute(params![
            format!("operator-{number}@many.example"),
            FIRST_NAMES[index % FIRST_NAMES.len()],
            LAST_NAMES[index % LAST_NAMES.len()],
            number % 4,
            number % 25 != 0,
            live_chat,
        ])?;
        if added == 0 || live_chat.is_none() || sites.is_empty() {
            continue;
        }
        let user = connection.last_insert_rowid();
        assign.execute(params![sites[index % sites.len()], user, number % 7 == 0])?;
        assign.execute(params![sites[(index * 31 + 17) % sites.len()], user, false])?;
    }
    Ok(())
}

/// Returns the number of the next row, the first being 1.
fn next(connection: &Connection, count: &str) -> rusqlite::Result<u32> {
    connection
        .query_row(count, [], |row| row.get::<_, u32>(0))
        .map(|there| there + 1)
}
