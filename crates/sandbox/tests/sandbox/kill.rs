//! Tests `kill -9` at any moment: every answered write is on disk, and the database is intact.

use std::{
    collections::HashSet,
    hash::{BuildHasher, RandomState},
    path::Path,
    sync::mpsc,
    thread,
    time::Duration,
};

use rusqlite::Connection;
use serde_json::{Value, json};
use ureq::http::Request;

use crate::{
    client::{Client, TOKEN},
    program::Program,
};

/// How often the program is started and killed, always with the same database.
const ROUNDS: usize = 10;

/// The minimum number of answered writes in a round.
const WRITES: usize = 100;

/// The number of concurrent writers.
const WRITERS: usize = 4;

/// One write of a writer, in order: an operator, a domain, that domain under another name, and so on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Write {
    round: usize,
    writer: usize,
    number: usize,
}

impl Write {
    fn name(self, number: usize) -> String {
        format!("{}-{}-{number}", self.round, self.writer)
    }

    fn email(self) -> String {
        format!("{}@kill.example", self.name(self.number))
    }

    /// Returns the domain's old and new name.
    fn domains(self) -> (String, String) {
        let name = self.name(self.number / 3);
        (format!("old-{name}.example"), format!("new-{name}.example"))
    }

    /// Sends the write. Returns whether the server confirmed it; `false` if the server is gone.
    fn send(self, client: &Client) -> bool {
        let (old, new) = self.domains();
        let (method, path, body) = match self.number % 3 {
            0 => (
                "POST",
                "operator/add",
                json!({ "email": self.email(), "name": "A Writer" }),
            ),
            1 => (
                "POST",
                "domain/add",
                json!({ "domain": old, "email": "web@kill.example" }),
            ),
            _ => (
                "PUT",
                "domain/update",
                json!({ "domain": old, "new_domain": new }),
            ),
        };
        send(client, method, path, &body)
    }

    /// Asserts that the write is in the database. `answered` contains the other confirmed writes.
    fn check(self, client: &Client, answered: &HashSet<Self>) {
        let (old, new) = self.domains();
        let is_there = |domain: &str| client.domain(domain).json()["status"] == 1;
        match self.number % 3 {
            0 => drop(client.operator(&self.email()).payload()),
            1 => {
                let renamed = Self {
                    number: self.number + 1,
                    ..self
                };
                // An unconfirmed rename may or may not have happened, but must be complete.
                let must_be_new = answered.contains(&renamed);
                assert_ne!(is_there(&old), is_there(&new), "{self:?}");
                assert!(!must_be_new || is_there(&new), "{self:?}");
            }
            _ => assert!(is_there(&new) && !is_there(&old), "{self:?}"),
        }
    }
}

fn send(client: &Client, method: &str, path: &str, body: &Value) -> bool {
    let request = Request::builder()
        .method(method)
        .uri(format!("{}auth/addon/live_chat/{path}", client.base_url))
        .header("api_token", TOKEN)
        .body(body.to_string())
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

/// Returns a random number.
fn random(below: u64) -> u64 {
    RandomState::new().hash_one(()) % below
}

/// Runs the writers until the program is killed; returns the confirmed writes.
fn round(number: usize, path: &Path) -> Vec<Write> {
    let mut program = Program::with_database(path);
    let base_url = &program.base_url.clone();
    let (answered, answers) = mpsc::channel();
    thread::scope(|scope| {
        for writer in 0..WRITERS {
            let answered = answered.clone();
            scope.spawn(move || {
                let client = Client::of(base_url);
                let writes = (0..).map(|count| Write {
                    round: number,
                    writer,
                    number: count,
                });
                for write in writes.take_while(|write| write.send(&client)) {
                    answered.send(write).expect("a listener");
                }
            });
        }
        drop(answered);
        let mut seen: Vec<Write> = answers.iter().take(WRITES).collect();
        thread::sleep(Duration::from_micros(random(20_000)));
        program.kill();
        seen.extend(answers);
        seen
    })
}

#[track_caller]
fn is_sound(path: &Path) {
    // Opened before the program repairs anything, so that the write-ahead log counts.
    let database = Connection::open(path).expect("a database");
    let verdict: String = database
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .expect("a verdict");
    assert_eq!(verdict, "ok");
    let broken: i64 = database
        .query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| {
            row.get(0)
        })
        .expect("a count");
    assert_eq!(broken, 0);
}

#[test]
fn kill_9_loses_no_answered_write() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("sandbox.db");
    let mut answered = HashSet::new();
    for number in 0..ROUNDS {
        answered.extend(round(number, &path));
        is_sound(&path);
    }
    assert!(answered.len() >= ROUNDS * WRITES);
    let program = Program::with_database(&path);
    let client = Client::of(&program.base_url);
    for write in &answered {
        write.check(&client, &answered);
    }
    println!("{} answered writes survived {ROUNDS} kills", answered.len());
}
