//! A plain HTTP client for the tests. It knows the API's paths from the reference, and nothing from
//! `switchboard-api`.

use serde_json::{Value, json};
use switchboard_sandbox::{Options, Sandbox};
use ureq::{
    Agent,
    http::{HeaderMap, Request},
};

/// The token of these sandboxes, unless a test is about the token.
pub const TOKEN: &str = "token-of-the-tests";

/// Returns the options of tests: on loopback, in memory, with the token of the tests.
pub fn options() -> Options {
    Options {
        token: Some(TOKEN.to_owned()),
        ..Options::default()
    }
}

/// The encoding of a body.
#[derive(Clone, Copy, Debug)]
pub enum Encoding {
    Json,
    Form,
}

/// Both encodings, for tests of every write.
pub const ENCODINGS: [Encoding; 2] = [Encoding::Json, Encoding::Form];

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub http_status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    /// Returns the body as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {:?}", self.body))
    }

    /// Returns a header as text; empty if it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().expect("a readable header"))
    }

    /// Asserts that the call worked, and returns its payload.
    #[track_caller]
    pub fn payload(&self) -> Value {
        let mut envelope = self.json();
        let payload = envelope["message"].take();
        assert_eq!(self.http_status, 200, "{}", self.body);
        assert_eq!(
            envelope,
            json!({ "status": 1, "type": "Success", "message": null }),
            "{payload}"
        );
        payload
    }

    /// Asserts that the data forbade the call, in an envelope of this type and with this message.
    #[track_caller]
    pub fn refused(&self, kind: &str, message: impl Into<Value>) {
        self.failed(200, kind, message);
    }

    /// Asserts that the call failed in exactly this way.
    #[track_caller]
    pub fn failed(&self, http_status: u16, kind: &str, message: impl Into<Value>) {
        let expected = json!({ "status": 0, "type": kind, "message": message.into() });
        assert_eq!((self.http_status, self.json()), (http_status, expected));
    }
}

/// A client of one server.
pub struct Client {
    pub base_url: String,
    pub agent: Agent,
}

impl Client {
    /// Creates a client of the server at this base URL.
    pub fn of(base_url: &str) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            .max_redirects(0)
            .build();
        Self {
            base_url: base_url.to_owned(),
            agent: config.into(),
        }
    }

    /// Sends a request unchanged.
    #[track_caller]
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.base_url));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body.to_owned()).expect("a request");
        let mut response = self.agent.run(request).expect("an answer");
        Answer {
            http_status: response.status().as_u16(),
            headers: response.headers().clone(),
            body: response
                .body_mut()
                .with_config()
                .limit(64 << 20)
                .read_to_string()
                .expect("a body"),
        }
    }

    /// Fetches a path, with only the necessary headers.
    #[track_caller]
    pub fn fetch(&self, path: &str) -> Answer {
        self.send("GET", path, &[], "")
    }

    /// Reads from the API, with the token.
    #[track_caller]
    pub fn read(&self, path: &str, parameters: &[(&str, &str)]) -> Answer {
        let pairs = parameters
            .iter()
            .map(|(name, value)| format!("{name}={}", encoded(value)));
        let query = pairs.collect::<Vec<_>>().join("&");
        self.send(
            "GET",
            &format!("auth/{path}?{query}"),
            &[("api_token", TOKEN)],
            "",
        )
    }

    /// Writes to the API, with the token.
    #[track_caller]
    pub fn write(
        &self,
        method: &str,
        path: &str,
        parameters: &Value,
        encoding: Encoding,
    ) -> Answer {
        let (content_type, body) = match encoding {
            Encoding::Json => ("application/json", parameters.to_string()),
            Encoding::Form => ("application/x-www-form-urlencoded", form(parameters)),
        };
        let headers = [("api_token", TOKEN), ("content-type", content_type)];
        self.send(method, &format!("auth/{path}"), &headers, &body)
    }

    /// Calls `operator/get` for an operator.
    #[track_caller]
    pub fn operator(&self, email: &str) -> Answer {
        self.read("addon/live_chat/operator/get", &[("email", email)])
    }

    /// Calls `domain/get` for a domain.
    #[track_caller]
    pub fn domain(&self, domain: &str) -> Answer {
        self.read("addon/live_chat/domain/get", &[("domain", domain)])
    }

    /// Returns the e-mail addresses of the operators on a domain, in order.
    #[track_caller]
    pub fn on_domain(&self, domain: &str) -> Vec<String> {
        let path = "addon/live_chat/domain/operator/list";
        let payload = self.read(path, &[("domain", domain)]).payload();
        let assignments = payload.as_array().expect("an array").iter();
        let email = |assignment: &Value| assignment["email"].as_str().map(str::to_owned);
        assignments.map(|one| email(one).expect("a text")).collect()
    }
}

/// Starts a sandbox with the demo organisation, and returns it with a client.
pub fn demo() -> (Sandbox, Client) {
    let sandbox = Sandbox::start(options()).expect("a sandbox");
    let client = Client::of(&sandbox.base_url());
    (sandbox, client)
}

fn form(parameters: &Value) -> String {
    let members = parameters.as_object().expect("an object").iter();
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            let texts: Vec<_> = items.iter().filter_map(Value::as_str).collect();
            format!("[{}]", texts.join(", "))
        }
        other => other.to_string(),
    };
    let pairs = members.map(|(name, value)| format!("{name}={}", encoded(&text(value))));
    pairs.collect::<Vec<_>>().join("&")
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
