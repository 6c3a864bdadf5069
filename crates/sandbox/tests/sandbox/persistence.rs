//! What is on the disk after the end, however sudden.

use std::{path::Path, sync::mpsc, thread};

use rusqlite::Connection;
use serde_json::json;
use switchboard_sandbox::{DEMO_TOKEN, Database, OpenError, Options, Sandbox, StartError};
use ureq::http::Request;

use crate::{
    client::{Client, Encoding},
    program::Program,
};

fn open(path: &Path) -> Result<Sandbox, StartError> {
    Sandbox::start(Options {
        database: Database::File(path.to_owned()),
        ..Options::default()
    })
}

#[test]
fn what_was_written_is_there_after_a_restart_and_the_demo_is_not_filled_in_again() {
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
fn kill_9_amid_many_writes_loses_none_that_was_answered() {
    const WRITERS: usize = 4;
    const ENOUGH: usize = 400;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("sandbox.db");
    let mut program = Program::with_database(&path);

    // Each writer adds operators until the server is gone, and tells which were answered with success.
    let base_url = &program.base_url.clone();
    let (answered, answers) = mpsc::channel();
    let answered = thread::scope(|scope| {
        for writer in 0..WRITERS {
            let answered = answered.clone();
            scope.spawn(move || {
                let client = Client::of(base_url);
                for number in 0.. {
                    let email = format!("{writer}-{number}@kill.example");
                    if !added(&client, &email) {
                        return;
                    }
                    answered.send(email).expect("a listener");
                }
            });
        }
        drop(answered);
        let mut seen: Vec<String> = answers.iter().take(ENOUGH).collect();
        program.kill();
        seen.extend(answers);
        seen
    });
    assert!(answered.len() >= ENOUGH);

    let program = Program::with_database(&path);
    let client = Client::of(&program.base_url);
    for email in answered {
        client.operator(&email).payload();
    }
}

/// Whether the server said that it added an operator; `false` when it is gone.
fn added(client: &Client, email: &str) -> bool {
    let request = Request::post(format!(
        "{}auth/addon/live_chat/operator/add",
        client.base_url
    ))
    .header("api_token", DEMO_TOKEN)
    .body(json!({ "email": email, "name": "A Writer" }).to_string())
    .expect("a request");
    let Ok(mut response) = client.agent.run(request) else {
        return false;
    };
    let Ok(body) = response.body_mut().read_to_string() else {
        return false;
    };
    assert!(body.starts_with(r#"{"status":1,"#), "{body}");
    true
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
