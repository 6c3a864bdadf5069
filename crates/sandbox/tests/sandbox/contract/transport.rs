//! A small native transport for `switchboard-api`.

use std::sync::Arc;

use switchboard_api::{
    Answer, ApiError, BodyEncoding, Connection, Endpoint, FieldError, Request, Response, Severity,
    Token, decode, request,
};
use switchboard_sandbox::Sandbox;

use crate::client::{TOKEN, options};
use ureq::{Agent, http};

/// Both encodings of a body.
const ENCODINGS: [BodyEncoding; 2] = [BodyEncoding::Json, BodyEncoding::Form];

/// A connection to a sandbox, which lives as long.
#[derive(Clone)]
pub struct Client {
    pub connection: Connection,
    agent: Agent,
    _sandbox: Arc<Sandbox>,
}

/// Runs `test` with a fresh demo organisation for each encoding.
pub fn with_each_encoding(test: impl Fn(&Client)) {
    for encoding in ENCODINGS {
        let sandbox = Sandbox::start(options()).expect("a sandbox");
        let base_url = sandbox.base_url().parse().expect("a base URL");
        let token: Token = TOKEN.parse().expect("a token");
        let mut connection = Connection::new(base_url, token);
        connection.body_encoding = encoding;
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            .build();
        test(&Client {
            connection,
            agent: config.into(),
            _sandbox: Arc::new(sandbox),
        });
    }
}

impl Client {
    /// Makes a call.
    pub fn call<E: Endpoint>(&self, endpoint: &E) -> Result<Answer<E::Payload>, ApiError> {
        decode::<E>(&self.send(request(&self.connection, endpoint)))
    }

    /// Makes a call, and asserts that it works.
    #[track_caller]
    pub fn done<E: Endpoint>(&self, endpoint: &E) -> E::Payload {
        let answer = self
            .call(endpoint)
            .unwrap_or_else(|error| panic!("{}: {error}", E::NAME));
        assert_eq!(answer.warning, None);
        answer.payload
    }

    /// Makes a call, asserts that the API refuses it, and returns the messages.
    #[track_caller]
    pub fn refused<E: Endpoint>(&self, endpoint: &E) -> (Severity, Vec<(Option<String>, String)>) {
        match self.call(endpoint).map(|_| ()) {
            Err(ApiError::Refused {
                severity,
                field_errors,
                http_status: 200,
                ..
            }) => {
                let pair = |FieldError { field, text }: FieldError| (field, text);
                (severity, field_errors.into_iter().map(pair).collect())
            }
            other => panic!("{}: {other:?}", E::NAME),
        }
    }

    fn send(&self, request: Request) -> Response {
        let mut built = http::Request::builder()
            .method(request.method.as_str())
            .uri(&request.url);
        for (name, value) in &request.headers {
            built = built.header(name, value);
        }
        let answer = match request.body {
            Some(body) => self.agent.run(built.body(body).expect("a request")),
            None => self.agent.run(built.body(()).expect("a request")),
        };
        let mut answer = answer.expect("an answer");
        let text = |(name, value): (&http::HeaderName, &http::HeaderValue)| {
            (
                name.to_string(),
                String::from_utf8_lossy(value.as_bytes()).into_owned(),
            )
        };
        Response {
            status: answer.status().as_u16(),
            headers: answer.headers().iter().map(text).collect(),
            body: answer.body_mut().read_to_vec().expect("a body"),
        }
    }
}

/// Returns a refusal with one message.
pub fn error(text: &str) -> (Severity, Vec<(Option<String>, String)>) {
    (Severity::Error, vec![(None, text.to_owned())])
}

/// Returns a refusal with one message, as a warning.
pub fn warning(text: &str) -> (Severity, Vec<(Option<String>, String)>) {
    (Severity::Warning, vec![(None, text.to_owned())])
}

/// Returns a refusal because of one field.
pub fn field(name: &str, text: &str) -> (Severity, Vec<(Option<String>, String)>) {
    (
        Severity::Error,
        vec![(Some(name.to_owned()), text.to_owned())],
    )
}
