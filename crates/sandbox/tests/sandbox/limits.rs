//! Tests callers that send too much, too slowly, or nothing, and too many of them at once.

use std::{
    io::{self, Read, Write},
    net::{SocketAddr, TcpStream},
    thread,
    time::{Duration, Instant},
};

use switchboard_sandbox::{Limits, Options, Sandbox};

use crate::{
    client::{Client, TOKEN, options},
    program::Program,
};

/// The timeout of the tests.
const PATIENCE: Duration = Duration::from_secs(20);

fn hurried() -> Sandbox {
    let limits = Limits {
        head: Duration::from_millis(400),
        request: Duration::from_millis(400),
    };
    let options = Options {
        limits,
        ..options()
    };
    Sandbox::start(options).expect("a sandbox")
}

fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).expect("a connection");
    stream.set_read_timeout(Some(PATIENCE)).expect("a limit");
    stream
}

/// Sends `text` byte by byte until the server closes the connection; returns what the server sent.
fn drip(mut stream: TcpStream, text: &str) -> String {
    let mut writer = stream.try_clone().expect("a second handle");
    let text = text.to_owned();
    let dripping = thread::spawn(move || {
        for byte in text.bytes() {
            if writer.write_all(&[byte]).is_err() {
                return;
            }
            thread::sleep(Duration::from_millis(20));
        }
    });
    let mut said = Vec::new();
    let ended = stream.read_to_end(&mut said);
    let timed_out = matches!(&ended, Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut));
    assert!(!timed_out, "the connection is still open");
    drop(stream);
    dripping.join().expect("its end");
    String::from_utf8_lossy(&said).into_owned()
}

#[test]
fn slow_request_head_times_out() {
    let sandbox = hurried();
    let head = format!(
        "GET /auth/organisation HTTP/1.1\r\nhost: localhost\r\nx-slow: {}",
        "x".repeat(10_000)
    );
    let said = drip(connect(sandbox.address()), &head);
    assert!(!said.contains("200 OK"), "{said}");
}

#[test]
fn silent_connection_times_out() {
    let sandbox = hurried();
    assert_eq!(drip(connect(sandbox.address()), ""), "");
    let mut stream = connect(sandbox.address());
    stream
        .write_all(b"GET /sandbox HTTP/1.1\r\nhost: localhost\r\n\r\n")
        .expect("sent");
    let said = drip(stream, "");
    assert!(said.starts_with("HTTP/1.1 200 OK"), "{said}");
}

#[test]
fn slow_body_gets_408_without_effect() {
    let sandbox = hurried();
    let client = Client::of(&sandbox.base_url());
    for path in [
        "auth/addon/live_chat/operator/add",
        "sandbox/seed",
        "sandbox/violations",
    ] {
        let head = format!(
            "POST /{path} HTTP/1.1\r\nhost: localhost\r\napi_token: {TOKEN}\r\ncontent-type: application/json\r\ncontent-length: 9000\r\n\r\n"
        );
        let mut stream = connect(sandbox.address());
        stream.write_all(head.as_bytes()).expect("sent");
        let said = drip(
            stream,
            &format!(
                "{{\"email\":\"a@slow.example\",\"operators\":1,\"name\":\"{}",
                "x".repeat(9_000)
            ),
        );
        assert!(said.starts_with("HTTP/1.1 408"), "{path}: {said}");
    }
    let operators = client.read("addon/live_chat/operator/list", &[]).payload();
    assert_eq!(operators.as_array().map(Vec::len), Some(12));
}

#[test]
fn a_head_that_is_too_large_is_refused() {
    let sandbox = hurried();
    for head in [
        format!(
            "GET /{} HTTP/1.1\r\nhost: localhost\r\n\r\n",
            "x".repeat(1 << 20)
        ),
        format!(
            "GET / HTTP/1.1\r\nhost: localhost\r\nx-large: {}\r\n\r\n",
            "x".repeat(1 << 20)
        ),
        format!(
            "GET / HTTP/1.1\r\nhost: localhost\r\n{}\r\n",
            "x-many: 1\r\n".repeat(1_000)
        ),
    ] {
        let mut stream = connect(sandbox.address());
        // The server may close the connection before it has read everything.
        let _ = stream.write_all(head.as_bytes());
        let mut said = Vec::new();
        let _ = stream.read_to_end(&mut said);
        let said = String::from_utf8_lossy(&said);
        assert!(said.is_empty() || said.starts_with("HTTP/1.1 4"), "{said}");
    }
}

#[test]
fn a_body_without_end_is_refused_after_a_megabyte() {
    let sandbox = hurried();
    for path in [
        "auth/addon/live_chat/operator/add",
        "sandbox/seed",
        "sandbox/faults",
    ] {
        let method = if path.ends_with("faults") {
            "PUT"
        } else {
            "POST"
        };
        let head = format!(
            "{method} /{path} HTTP/1.1\r\nhost: localhost\r\napi_token: {TOKEN}\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n"
        );
        let mut stream = connect(sandbox.address());
        stream.write_all(head.as_bytes()).expect("sent");
        let chunk = format!("10000\r\n{}\r\n", "x".repeat(0x1_0000));
        let sent = (0..4_000).take_while(|_| stream.write_all(chunk.as_bytes()).is_ok());
        // Far less than the 260 MB offered: only what fits into the buffers in between.
        let sent = sent.count();
        assert!(sent < 400, "{path}: {sent} chunks were taken");
    }
}

/// Raises the limit of open files to the maximum.
#[cfg(unix)]
fn raise_file_limit() {
    use nix::sys::resource::{Resource, getrlimit, setrlimit};
    let (_, most) = getrlimit(Resource::RLIMIT_NOFILE).expect("a limit");
    setrlimit(Resource::RLIMIT_NOFILE, most, most).expect("as many as there may be");
}

#[cfg(unix)]
#[test]
fn five_thousand_idle_connections_do_not_stop_it() {
    const IDLE: usize = 5_000;
    raise_file_limit();
    let program = Program::start(&["--token", TOKEN]);
    let address: SocketAddr = program.address().parse().expect("an address");
    let mut idle = Vec::with_capacity(IDLE);
    for number in 0..IDLE {
        let mut stream = connect(address);
        if number % 2 == 0 {
            stream
                .write_all(b"GET / HTTP/1.1\r\nhost: l")
                .expect("sent");
        }
        idle.push(stream);
    }
    let started = Instant::now();
    let client = Client::of(&program.base_url);
    client.read("organisation", &[]).payload();
    let took = started.elapsed();
    println!("{IDLE} idle connections; a call among them took {took:?}");
    assert!(took < Duration::from_secs(5), "{took:?}");
    drop(idle);
    client.read("organisation", &[]).payload();
}

#[cfg(unix)]
#[test]
fn sandbox_recovers_from_too_many_open_files() {
    let program = Program::with_open_files(60);
    let address: SocketAddr = program.address().parse().expect("an address");
    // The system itself accepts what the program cannot yet, so all of them connect.
    let idle: Vec<TcpStream> = (0..100).map(|_| connect(address)).collect();
    let client = Client::of(&program.base_url);
    let waiting = thread::spawn(move || client.read("organisation", &[]).payload());
    drop(idle);
    assert_eq!(
        waiting.join().expect("an answer")["name"],
        "Acme Outfitters"
    );
}
