//! Tests the token: random for each database, stored in it, and revealed to authorised callers only.

use std::{collections::HashSet, path::Path};

use rusqlite::Connection;
use serde_json::json;
use switchboard_sandbox::{Database, Options, Sandbox};

use crate::{
    client::{Client, Encoding, TOKEN},
    program::Program,
};

/// The token of every sandbox before each had its own.
const PUBLISHED: &str = "acme_live_9f2c7d41b8e64a05";

/// Returns what a page on this origin, or a program, learns from `GET /sandbox`.
fn told(client: &Client) -> String {
    let info = client.fetch("sandbox").json();
    info["token"].as_str().expect("a token").to_owned()
}

fn on_file(path: &Path, token: Option<&str>) -> (Sandbox, Client) {
    let options = Options {
        database: Database::File(path.to_owned()),
        token: token.map(str::to_owned),
        ..Options::default()
    };
    let sandbox = Sandbox::start(options).expect("a sandbox");
    let client = Client::of(&sandbox.base_url());
    (sandbox, client)
}

fn status(client: &Client, token: &str) -> u16 {
    let headers = [("api_token", token)];
    let answer = client.send("GET", "auth/organisation", &headers, "");
    answer.http_status
}

#[test]
fn each_database_has_its_own_random_token() {
    let mut tokens = HashSet::new();
    for _ in 0..3 {
        let sandbox = Sandbox::start(Options::default()).expect("a sandbox");
        let client = Client::of(&sandbox.base_url());
        let token = told(&client);
        let digits = token.strip_prefix("sandbox_").expect("a known beginning");
        assert!(
            digits.len() == 32 && digits.bytes().all(|it| it.is_ascii_hexdigit()),
            "{token}"
        );
        assert_eq!(sandbox.token(), token);
        assert_eq!(status(&client, &token), 200);
        for guess in [PUBLISHED, "", "sandbox_", "token"] {
            assert_eq!(status(&client, guess), 401, "{guess}");
        }
        assert!(tokens.insert(token), "the same token twice");
    }
}

#[test]
fn token_outlives_a_restart_and_a_reset() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("sandbox.db");
    let (sandbox, client) = on_file(&path, None);
    let token = told(&client);
    let reset = client.send("POST", "sandbox/reset", &[], "");
    assert_eq!(reset.http_status, 200);
    assert_eq!(status(&client, &token), 200);
    sandbox.stop();
    let (_sandbox, client) = on_file(&path, None);
    assert_eq!(told(&client), token);
    assert_eq!(status(&client, &token), 200);
}

#[test]
fn given_token_is_not_stored() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("sandbox.db");
    let (sandbox, client) = on_file(&path, Some(TOKEN));
    assert_eq!(told(&client), TOKEN);
    assert_eq!(status(&client, TOKEN), 200);
    sandbox.stop();
    let (_sandbox, client) = on_file(&path, None);
    assert_ne!(told(&client), TOKEN);
    assert_eq!(status(&client, TOKEN), 401);
}

#[test]
fn version_1_database_gets_a_token_and_keeps_rows() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("old.db");
    let old = Connection::open(&path).expect("a database");
    old.execute_batch(include_str!("../../src/store/schema.sql"))
        .expect("version 1");
    old.execute_batch(
        "INSERT INTO organisation VALUES (1, 1, 0, 'Old Hats', 'owner@hats.example', '[]', '[]');
         PRAGMA application_id = 0x53776264; PRAGMA user_version = 1;",
    )
    .expect("an organisation");
    drop(old);
    let (sandbox, client) = on_file(&path, None);
    let token = told(&client);
    let headers = [("api_token", token.as_str())];
    let organisation = client.send("GET", "auth/organisation", &headers, "");
    assert_eq!(organisation.payload()["name"], "Old Hats");
    sandbox.stop();
    let (_sandbox, client) = on_file(&path, None);
    assert_eq!(told(&client), token);
}

#[test]
fn other_origins_never_learn_the_token() {
    let sandbox = Sandbox::start(Options::default()).expect("a sandbox");
    let client = Client::of(&sandbox.base_url());
    let token = told(&client);
    let strange = ("origin", "https://evil.example");
    let asked = client.send("GET", "sandbox", &[strange], "");
    assert_eq!(asked.http_status, 403);
    assert!(!asked.body.contains(&token), "{}", asked.body);
    // The formerly published token, with which a page could delete all users.
    let guessed = client.send(
        "DELETE",
        "auth/user/delete",
        &[
            strange,
            ("api_token", PUBLISHED),
            ("content-type", "application/json"),
        ],
        r#"{"email":"sam@acme.example"}"#,
    );
    assert_eq!(guessed.http_status, 401);
    assert_eq!(guessed.header("access-control-allow-origin"), "*");
    let brought = [strange, ("api_token", token.as_str())];
    let answer = client.send("GET", "auth/organisation", &brought, "");
    assert_eq!(answer.http_status, 200);
    assert_eq!(answer.header("access-control-allow-origin"), "*");
}

#[test]
fn program_prints_its_token_beyond_loopback() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("sandbox.db");
    let path = path.to_str().expect("a readable path");
    let (said, program) = Program::saying_at("0.0.0.0:0", &["--db", path]);
    let token = said
        .strip_prefix("api_token: ")
        .expect("a token")
        .trim_end();
    let address = program.address().replace("0.0.0.0", "127.0.0.1");
    let client = Client::of(&format!("http://{address}/"));
    assert_eq!(client.fetch("sandbox").json().get("token"), None);
    assert_eq!(status(&client, token), 200);
    let body = json!({ "email": "new@acme.example", "name": "New" });
    let added = client.write(
        "POST",
        "addon/live_chat/operator/add",
        &body,
        Encoding::Json,
    );
    assert_eq!(added.http_status, 401, "another token than the database's");
}
