//! A minimal HTTP client that checks whether a server on this machine answers.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use anyhow::{Context, Result};

/// The timeout for one request.
const LIMIT: Duration = Duration::from_secs(5);

/// Returns whether `GET path` on `base` (e.g. `http://127.0.0.1:8080`) is answered with status 200. An invalid base
/// is an error; a server that does not answer yet is not.
pub fn answers(base: &str, path: &str) -> Result<bool> {
    let host = base
        .strip_prefix("http://")
        .with_context(|| format!("{base} is not an http address."))?;
    Ok(status(host, path).is_ok_and(|status| status == Some(200)))
}

fn status(host: &str, path: &str) -> std::io::Result<Option<u16>> {
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(LIMIT))?;
    stream.set_write_timeout(Some(LIMIT))?;
    // In one piece: `write!` would send every part of its format separately.
    let request =
        format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept: */*\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes())?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(status_code(&answer))
}

/// Returns the status in `HTTP/1.1 200 OK…`.
fn status_code(answer: &[u8]) -> Option<u16> {
    let rest = answer.strip_prefix(b"HTTP/1.1 ")?;
    std::str::from_utf8(rest.get(..3)?).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader};
    use std::net::TcpListener;

    use super::*;

    #[test]
    fn the_status_is_read_from_the_first_line() {
        assert_eq!(status_code(b"HTTP/1.1 200 OK\r\n\r\n"), Some(200));
        assert_eq!(
            status_code(b"HTTP/1.1 503 Service Unavailable\r\n"),
            Some(503)
        );
        assert_eq!(status_code(b"SSH-2.0"), None);
        assert_eq!(status_code(b""), None);
    }

    #[test]
    fn only_a_200_counts_as_an_answer() {
        let serve_once = |answer: &'static str| {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let base = format!("http://{}", listener.local_addr().unwrap());
            let server = std::thread::spawn(move || {
                let (mut stream, _) = listener.accept().unwrap();
                let mut reader = BufReader::new(&stream);
                let mut request = String::new();
                while !request.ends_with("\r\n\r\n") {
                    assert_ne!(reader.read_line(&mut request).unwrap(), 0, "{request}");
                }
                stream.write_all(answer.as_bytes()).unwrap();
                request
            });
            let answered = answers(&base, "/sandbox").unwrap();
            (answered, server.join().unwrap())
        };
        let (answered, request) = serve_once("HTTP/1.1 200 OK\r\n\r\n{}");
        assert!(
            answered && request.starts_with("GET /sandbox HTTP/1.1\r\n"),
            "{request}"
        );
        assert!(!serve_once("HTTP/1.1 404 Not Found\r\n\r\n").0);
        // No server listens on port 1.
        assert!(!answers("http://127.0.0.1:1", "/").unwrap());
        assert!(answers("ftp://127.0.0.1", "/").is_err());
    }
}
