//! Builds the HTTP request of a call.

use std::fmt;

use crate::{BodyEncoding, Connection, Endpoint, Method, Parameter};

/// An HTTP request, ready to be sent by any transport.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The whole URL, including the query.
    pub url: String,
    /// Names and values, including the token's header.
    pub headers: Vec<(String, String)>,
    /// The body of a write.
    pub body: Option<String>,
}

/// Builds the request of a call (ground rules): a read has its parameters in the query, a write in the body.
#[must_use]
pub fn request<E: Endpoint>(connection: &Connection, endpoint: &E) -> Request {
    build(connection, E::METHOD, E::PATH, &endpoint.parameters())
}

impl Request {
    /// Returns the headers for display: the one with the token says `[redacted]`.
    #[must_use]
    pub fn redacted_headers(&self) -> Vec<(String, String)> {
        let shown = |(name, value): &(String, String)| {
            // The name of the token's header is a setting, so everything is redacted except the headers that are set
            // here.
            let value = if [ACCEPT, CONTENT_TYPE].contains(&name.as_str()) {
                value.as_str()
            } else {
                "[redacted]"
            };
            (name.clone(), value.to_owned())
        };
        self.headers.iter().map(shown).collect()
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("url", &self.url)
            .field("headers", &self.redacted_headers())
            .field("body", &self.body)
            .finish()
    }
}

const ACCEPT: &str = "Accept";
const CONTENT_TYPE: &str = "Content-Type";

fn build(connection: &Connection, method: Method, path: &str, parameters: &[Parameter]) -> Request {
    let mut url = connection.base_url.join(path);
    let mut headers = vec![
        (
            connection.token_header.as_str().to_owned(),
            connection.token.reveal().to_owned(),
        ),
        (ACCEPT.to_owned(), "application/json".to_owned()),
    ];
    let mut body = None;
    if parameters.is_empty() {
        return Request {
            method,
            url,
            headers,
            body,
        };
    }
    if method.is_read() {
        url.push('?');
        url.push_str(&as_form(parameters));
    } else {
        headers.push((
            CONTENT_TYPE.to_owned(),
            connection.body_encoding.content_type().to_owned(),
        ));
        body = Some(match connection.body_encoding {
            BodyEncoding::Json => as_json(parameters),
            BodyEncoding::Form => as_form(parameters),
        });
    }
    Request {
        method,
        url,
        headers,
        body,
    }
}

/// Encodes the parameters as a JSON object, in order.
fn as_json(parameters: &[Parameter]) -> String {
    let members: Vec<String> = parameters
        .iter()
        .map(|p| format!("\"{}\":{}", p.name, p.value.as_json()))
        .collect();
    format!("{{{}}}", members.join(","))
}

/// Encodes the parameters as a query or a form.
fn as_form(parameters: &[Parameter]) -> String {
    let pairs: Vec<String> = parameters
        .iter()
        .map(|p| format!("{}={}", p.name, percent_encoded(&p.value.as_form())))
        .collect();
    pairs.join("&")
}

/// Percent-encodes everything except RFC 3986's unreserved characters, a space as `%20`: both queries and forms
/// accept that, and a `+` in an e-mail address stays a `+`.
fn percent_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}
