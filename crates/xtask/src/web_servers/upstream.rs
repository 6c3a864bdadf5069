//! An API that sends the second half of its answer only once the first half has arrived behind the proxy.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::mpsc;
use std::time::Duration;

use super::server::{Kind, WebServer};

/// The timeout for the first half. A proxy that buffers whole answers never passes it on.
const PATIENCE: Duration = Duration::from_secs(10);

const FIRST: &str = "first half, ";
const SECOND: &str = "second half";

/// Asserts that the server streams an answer, and forwards the token, the host and the path.
pub fn answer_is_passed_on_while_it_comes(kind: Kind, panel: &Path) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let api = listener.local_addr().unwrap().to_string();
    let (arrived, has_arrived) = mpsc::channel::<()>();
    let upstream = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let head = head_of(&stream);
        let length = FIRST.len() + SECOND.len();
        write!(
            stream,
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {length}\r\n\r\n{FIRST}"
        )
        .unwrap();
        stream.flush().unwrap();
        has_arrived.recv_timeout(PATIENCE).unwrap();
        stream.write_all(SECOND.as_bytes()).unwrap();
        head
    });

    let server = WebServer::start(kind, panel, Some(&api));
    let mut stream = TcpStream::connect(server.address()).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let host = server.address();
    write!(stream, "GET /auth/some/path?a=b%2Fc HTTP/1.1\r\nHost: {host}\r\napi_token: secret\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    while !answer.ends_with(FIRST) {
        let mut more = [0; 512];
        let count = stream.read(&mut more).unwrap();
        assert_ne!(count, 0, "it ended early: {answer}");
        answer.push_str(std::str::from_utf8(&more[..count]).unwrap());
    }
    arrived.send(()).unwrap();
    let mut rest = String::new();
    stream.read_to_string(&mut rest).unwrap();
    assert_eq!(rest, SECOND);

    let head = upstream.join().unwrap().to_ascii_lowercase();
    let has = |line: &str| head.lines().any(|it| it == line);
    assert!(has("get /auth/some/path?a=b%2fc http/1.1"), "{head}");
    assert!(has("api_token: secret"), "{head}");
    assert!(has(&format!("host: {api}")), "{head}");
}

fn head_of(stream: &TcpStream) -> String {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        assert_ne!(reader.read_line(&mut head).unwrap(), 0, "{head}");
    }
    head
}
