//! A minimal HTTP/1.1 client and server for this machine. One exchange per connection; bodies with a known length.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

/// The timeout of a read or a write.
const LIMIT: Duration = Duration::from_secs(20);

/// A request.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The method, e.g. `GET`.
    pub method: String,
    /// The path, with the query if there is one.
    pub target: String,
    /// The headers in order. Names keep their letter case.
    pub headers: Vec<(String, String)>,
    /// The body; empty if there is none.
    pub body: Vec<u8>,
}

/// An answer.
#[derive(Debug, Clone, Default)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The headers in order.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Request {
    /// Creates a request without a body.
    #[must_use]
    pub fn new(method: &str, target: &str) -> Self {
        Self {
            method: method.to_owned(),
            target: target.to_owned(),
            ..Self::default()
        }
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Sets a JSON body.
    #[must_use]
    pub fn json(mut self, body: &Value) -> Self {
        self.body = body.to_string().into_bytes();
        self.header("Content-Type", "application/json")
    }

    /// Returns the path without the query.
    #[must_use]
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// Returns the body as JSON; null if it is not JSON.
    #[must_use]
    pub fn body_json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// Sends it to `address` (host and port) and waits for the answer.
    ///
    /// # Errors
    /// When no answer comes, or one that is not HTTP.
    pub fn send(&self, address: &str) -> Result<Response> {
        self.exchange(address)
            .with_context(|| format!("{} {} at {address} failed", self.method, self.target))
    }

    fn exchange(&self, address: &str) -> Result<Response> {
        let stream = connect(address)?;
        let mut head = format!("{} {} HTTP/1.1\r\n", self.method, self.target);
        if !has(&self.headers, "host") {
            head.push_str(&format!("Host: {address}\r\n"));
        }
        for (name, value) in without_framing(&self.headers) {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str(&format!(
            "Content-Length: {}\r\nConnection: close\r\n\r\n",
            self.body.len()
        ));
        (&stream).write_all(&[head.as_bytes(), &self.body].concat())?;
        let mut reader = BufReader::new(&stream);
        let first = line(&mut reader)?.context("no answer")?;
        let status = first
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok())
            .with_context(|| format!("not HTTP: {first}"))?;
        let headers = headers(&mut reader)?;
        ensure!(
            !has(&headers, "transfer-encoding"),
            "an answer of unknown length"
        );
        let body = match length(&headers)? {
            Some(length) => exactly(&mut reader, length)?,
            None => {
                let mut body = Vec::new();
                reader.read_to_end(&mut body)?;
                body
            }
        };
        Ok(Response {
            status,
            headers,
            body,
        })
    }

    /// Reads a request from a connection. Returns `None` if the other side closed it without a request.
    pub(crate) fn read(stream: &TcpStream) -> Result<Option<Self>> {
        limit(stream)?;
        let mut reader = BufReader::new(stream);
        let Some(first) = line(&mut reader)? else {
            return Ok(None);
        };
        let mut words = first.split(' ');
        let (Some(method), Some(target)) = (words.next(), words.next()) else {
            bail!("not HTTP: {first}");
        };
        let (method, target) = (method.to_owned(), target.to_owned());
        let headers = headers(&mut reader)?;
        let body = exactly(&mut reader, length(&headers)?.unwrap_or(0))?;
        Ok(Some(Self {
            method,
            target,
            headers,
            body,
        }))
    }
}

impl Response {
    /// Creates an answer with a body of this content type.
    #[must_use]
    pub fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: vec![("Content-Type".to_owned(), content_type.to_owned())],
            body: body.into(),
        }
    }

    /// Creates an answer with a JSON body.
    #[must_use]
    pub fn json(body: &Value) -> Self {
        Self::new(200, "application/json", body.to_string())
    }

    /// Returns the body as JSON.
    ///
    /// # Errors
    /// When it is not JSON: with the body.
    pub fn body_json(&self) -> Result<Value> {
        serde_json::from_slice(&self.body)
            .with_context(|| format!("not JSON: {}", String::from_utf8_lossy(&self.body)))
    }

    /// Returns the bytes to send. `promised` is the length in the head, whatever the body's is.
    pub(crate) fn to_bytes(&self, promised: usize) -> Vec<u8> {
        let mut head = format!("HTTP/1.1 {} Answer\r\n", self.status);
        for (name, value) in without_framing(&self.headers) {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str(&format!(
            "Content-Length: {promised}\r\nConnection: close\r\n\r\n"
        ));
        [head.as_bytes(), &self.body].concat()
    }
}

fn connect(address: &str) -> Result<TcpStream> {
    let stream = TcpStream::connect(address)?;
    limit(&stream)?;
    Ok(stream)
}

fn limit(stream: &TcpStream) -> Result<()> {
    stream.set_read_timeout(Some(LIMIT))?;
    stream.set_write_timeout(Some(LIMIT))?;
    Ok(())
}

/// Reads a line without its end; returns `None` at the end of the stream.
fn line(reader: &mut impl BufRead) -> Result<Option<String>> {
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    Ok(Some(line.trim_end_matches(['\r', '\n']).to_owned()))
}

fn headers(reader: &mut impl BufRead) -> Result<Vec<(String, String)>> {
    let mut headers = Vec::new();
    loop {
        let line = line(reader)?.context("the head broke off")?;
        if line.is_empty() {
            return Ok(headers);
        }
        let (name, value) = line
            .split_once(':')
            .with_context(|| format!("not a header: {line}"))?;
        headers.push((name.to_owned(), value.trim().to_owned()));
    }
}

fn has(headers: &[(String, String)], wanted: &str) -> bool {
    headers
        .iter()
        .any(|(name, _)| name.eq_ignore_ascii_case(wanted))
}

fn length(headers: &[(String, String)]) -> Result<Option<usize>> {
    let length = headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    length
        .map(|(_, value)| {
            value
                .parse()
                .with_context(|| format!("not a length: {value}"))
        })
        .transpose()
}

/// Returns the headers except those that frame the message, which belong to the connection.
fn without_framing(headers: &[(String, String)]) -> impl Iterator<Item = &(String, String)> {
    headers.iter().filter(|(name, _)| {
        !["content-length", "connection", "keep-alive"]
            .contains(&name.to_ascii_lowercase().as_str())
    })
}

fn exactly(reader: &mut impl Read, length: usize) -> Result<Vec<u8>> {
    let mut body = vec![0; length];
    reader.read_exact(&mut body).context("the body broke off")?;
    Ok(body)
}
