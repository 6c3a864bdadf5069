//! Tests the program: its output and exit codes.

use std::{
    io::{BufRead, BufReader},
    net::TcpListener,
    path::Path,
    process::{Child, Command, Output, Stdio},
};

use crate::client::{Client, TOKEN};

/// The running program, killed when dropped.
pub struct Program {
    child: Child,
    pub base_url: String,
}

impl Program {
    /// Starts it on a free port, and waits for its line.
    pub fn start(arguments: &[&str]) -> Self {
        Self::run(command(&["--listen", "127.0.0.1:0"]).args(arguments))
    }

    /// Starts it at another address, and returns the first line that it writes to standard error.
    pub fn saying_at(listen: &str, arguments: &[&str]) -> (String, Self) {
        let mut command = command(&["--listen", listen]);
        let mut program = Self::run(command.args(arguments).stderr(Stdio::piped()));
        let mut line = String::new();
        let stderr = program.child.stderr.take().expect("its standard error");
        BufReader::new(stderr).read_line(&mut line).expect("a line");
        (line, program)
    }

    /// Starts it with a limit on open files.
    #[cfg(unix)]
    pub fn with_open_files(limit: u32) -> Self {
        let limited =
            format!("ulimit -n {limit}; exec \"$0\" --listen 127.0.0.1:0 --token {TOKEN}");
        let mut shell = Command::new("sh");
        shell
            .args(["-c", &limited, env!("CARGO_BIN_EXE_switchboard-sandbox")])
            .stdin(Stdio::null());
        Self::run(&mut shell)
    }

    fn run(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().expect("the program");
        let mut line = String::new();
        let stdout = child.stdout.take().expect("its output");
        BufReader::new(stdout).read_line(&mut line).expect("a line");
        let base_url = line
            .strip_prefix("listening on ")
            .expect("its address")
            .trim_end();
        Self {
            child,
            base_url: base_url.to_owned(),
        }
    }

    /// Starts it with a database in this file.
    pub fn with_database(path: &Path) -> Self {
        let path = path.to_str().expect("a readable path");
        Self::start(&["--db", path, "--token", TOKEN])
    }

    /// Returns host and port.
    pub fn address(&self) -> &str {
        self.base_url
            .trim_start_matches("http://")
            .trim_end_matches('/')
    }

    /// Kills it with `kill -9`.
    pub fn kill(&mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("its end");
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_switchboard-sandbox"));
    command.args(arguments).stdin(Stdio::null());
    command
}

/// Returns its error message when it cannot start.
#[track_caller]
fn complaint(arguments: &[&str]) -> String {
    let Output {
        status,
        stdout,
        stderr,
    } = command(arguments).output().expect("the program");
    assert_eq!(status.code(), Some(1));
    assert_eq!(stdout, b"");
    let text = String::from_utf8(stderr).expect("a text");
    assert_eq!(text.lines().count(), 1, "one sentence: {text}");
    text
}

#[test]
fn program_accepts_calls_once_it_prints_its_address() {
    let program = Program::start(&["--token", "another-token"]);
    assert!(program.base_url.starts_with("http://127.0.0.1:") && program.base_url.ends_with('/'));
    let client = Client::of(&program.base_url);
    assert_eq!(client.fetch("sandbox").json()["token"], "another-token");
    client
        .send(
            "GET",
            "auth/organisation",
            &[("api_token", "another-token")],
            "",
        )
        .payload();
}

#[test]
fn a_port_in_use_is_one_clear_sentence() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let text = complaint(&["--listen", &address.to_string()]);
    assert!(
        text.contains(&format!("port {} is in use", address.port())),
        "{text}"
    );
}

#[test]
fn unusable_database_is_one_clear_sentence() {
    let folder = tempfile::tempdir().expect("a folder");
    let missing = folder.path().join("no/such/folder.db");
    let text = folder.path().join("text.db");
    std::fs::write(
        &text,
        "this is no database, but it is long enough to be taken for one ".repeat(20),
    )
    .expect("a file");
    for path in [&missing, &text, &folder.path().to_owned()] {
        let path = path.to_str().expect("a readable path");
        let text = complaint(&["--listen", "127.0.0.1:0", "--db", path]);
        assert!(
            text.contains(path) && text.contains("cannot be opened"),
            "{text}"
        );
    }
}

#[cfg(unix)]
#[test]
fn signals_end_it_cleanly_with_open_connections() {
    for signal in ["-INT", "-TERM"] {
        let mut program = Program::start(&[]);
        let client = Client::of(&program.base_url);
        client.fetch("sandbox");
        let pid = program.child.id().to_string();
        assert!(
            Command::new("kill")
                .args([signal, &pid])
                .status()
                .expect("kill")
                .success()
        );
        let status = program.child.wait().expect("its end");
        assert_eq!(status.code(), Some(0), "{signal}");
        drop(client);
    }
}
