//! Tests what is on disk after the program ends, however suddenly.

use std::path::Path;

use rusqlite::Connection;
use serde_json::json;
use switchboard_sandbox::{Database, OpenError, Options, Sandbox, StartError};

use crate::client::{Client, Encoding, options};

fn open(path: &Path) -> Result<Sandbox, StartError> {
    Sandbox::start(Options {
        database: Database::File(path.to_owned()),
        ..options()
    })
}

#[test]
fn writes_survive_a_restart_without_a_new_demo() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("sandbox.db");
    let operators = "addon/live_chat/operator/list";
    let sandbox = open(&path).expect("a sandbox");
    let client = Client::of(&sandbox.base_url());
    client
        .write(
            "DELETE",
            "user/delete",
            &json!({ "email": "sam@acme.example" }),
            Encoding::Json,
        )
        .payload();
    let rename = json!({ "domain": "shop.acme.example", "new_domain": "store.acme.example" });
    client
        .write(
            "PUT",
            "addon/live_chat/domain/update",
            &rename,
            Encoding::Json,
        )
        .payload();
    let before = client.read(operators, &[]).payload();
    sandbox.stop();

    let sandbox = open(&path).expect("a sandbox");
    let client = Client::of(&sandbox.base_url());
    assert_eq!(client.read(operators, &[]).payload(), before);
    assert!(!client.on_domain("store.acme.example").is_empty());
    client
        .domain("shop.acme.example")
        .refused("error", "Domain does not exist");
}

#[test]
fn a_database_of_another_program_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("other.db");
    let other = Connection::open(&path).expect("a database");
    other
        .execute_batch("CREATE TABLE user (name TEXT)")
        .expect("a table");
    assert!(matches!(
        open(&path),
        Err(StartError::Database(_, OpenError::Foreign))
    ));
    let tables: i64 = other
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        .expect("a count");
    assert_eq!(tables, 1);
}

#[test]
fn a_database_of_a_newer_sandbox_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("newer.db");
    open(&path).expect("a sandbox").stop();
    let connection = Connection::open(&path).expect("a database");
    connection
        .pragma_update(None, "user_version", 99)
        .expect("a version");
    assert!(matches!(
        open(&path),
        Err(StartError::Database(_, OpenError::Newer { version: 99 }))
    ));
}
