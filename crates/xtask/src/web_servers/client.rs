//! An HTTP client for the web servers.

use serde_json::Value;
use ureq::Agent;
use ureq::http::{HeaderMap, Request};

/// The maximum size of an answer, in bytes.
const LIMIT: u64 = 64 << 20;

/// A client of one server.
pub struct Client {
    agent: Agent,
    address: String,
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl Client {
    /// Creates a client of the server at this host and port.
    pub fn of(address: &str) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            .max_redirects(0)
            .build();
        Self {
            agent: config.into(),
            address: address.to_owned(),
        }
    }

    /// Sends a request.
    #[track_caller]
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let uri = format!("http://{}{path}", self.address);
        let mut request = Request::builder().method(method).uri(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body.to_owned()).unwrap();
        let mut response = self.agent.run(request).unwrap();
        Answer {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body: response
                .body_mut()
                .with_config()
                .limit(LIMIT)
                .read_to_string()
                .unwrap(),
        }
    }

    /// Fetches a path.
    #[track_caller]
    pub fn fetch(&self, path: &str) -> Answer {
        self.send("GET", path, &[], "")
    }
}

impl Answer {
    /// Returns all values of a header in one text; empty if it is missing.
    pub fn header(&self, name: &str) -> String {
        let values = self.headers.get_all(name).iter();
        let values: Vec<_> = values.filter_map(|value| value.to_str().ok()).collect();
        values.join(", ")
    }

    /// Returns the body as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}
