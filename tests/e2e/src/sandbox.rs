//! The sandbox of one journey: the API with the demo organisation in memory, and the built panel.

use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::driver_supervisor;
use crate::http::Request;
use crate::ports;
use crate::process::Process;
use crate::settings::Settings;

/// A running sandbox. It stops when this is dropped.
#[derive(Debug)]
pub struct Sandbox {
    process: Process,
    address: String,
    token: String,
}

/// A call of the API in the sandbox's log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The method, e.g. `POST`.
    pub method: String,
    /// The path, e.g. `/auth/organisation`.
    pub path: String,
    /// The query, still encoded; empty if there was none.
    pub query: String,
    /// The HTTP status of the answer.
    pub status: u16,
}

impl Sandbox {
    /// Starts one on a port that no server of this run had before.
    ///
    /// # Errors
    /// When it does not start, or does not reveal its token.
    pub fn start(settings: &Settings) -> Result<Self> {
        Self::start_with(settings, |command, ready| Process::start(command, ready))
    }

    /// Starts one that ends with the tests, even if it is never dropped.
    ///
    /// # Errors
    /// As with [`start`](Self::start).
    pub(crate) fn start_for_the_run(settings: &Settings) -> Result<Self> {
        Self::start_with(settings, |command, ready| {
            Process::start_kept(&mut driver_supervisor::command_for(command)?, ready)
        })
    }

    fn start_with(settings: &Settings, start: Starter) -> Result<Self> {
        let (process, address) = loop {
            let mut command = Command::new(&settings.sandbox);
            command
                .args(["--listen", "127.0.0.1:0", "--db", ":memory:", "--dist"])
                .arg(&settings.dist);
            let (process, address) = start(&mut command, address_in)?;
            let port = address.rsplit(':').next().unwrap_or_default();
            if ports::claim(port.parse()?) {
                break (process, address);
            }
        };
        let info = Request::new("GET", "/sandbox")
            .send(&address)?
            .body_json()?;
        let token = info["token"]
            .as_str()
            .context("The sandbox does not say its token.")?
            .to_owned();
        Ok(Self {
            process,
            address,
            token,
        })
    }

    /// Returns its base URL, with the trailing slash.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Returns the token of its demo organisation.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.token
    }

    /// Returns all its output.
    #[must_use]
    pub fn said(&self) -> String {
        self.process.said()
    }

    /// Returns the calls in its log, newest last.
    ///
    /// # Errors
    /// When the sandbox does not answer.
    pub fn calls(&self) -> Result<Vec<Call>> {
        let log = Request::new("GET", "/sandbox/log").send(&self.address)?;
        let log = log.body_json()?;
        let calls = log.as_array().context("The log is no list.")?;
        Ok(calls.iter().map(Call::read).collect())
    }

    /// Counts the calls with this method and path (without the leading slash).
    ///
    /// # Errors
    /// When the sandbox does not answer.
    pub fn count(&self, method: &str, path: &str) -> Result<usize> {
        let calls = self.calls()?;
        Ok(calls
            .iter()
            .filter(|call| call.method == method && call.path.trim_start_matches('/') == path)
            .count())
    }

    /// Returns the policy violations that browsers reported.
    ///
    /// # Errors
    /// When the sandbox does not answer.
    pub fn violations(&self) -> Result<Vec<Value>> {
        let reports = Request::new("GET", "/sandbox/violations").send(&self.address)?;
        let reports = reports.body_json()?;
        Ok(reports
            .as_array()
            .context("The reports are no list.")?
            .clone())
    }

    /// Clears the reported violations.
    ///
    /// # Errors
    /// When the sandbox refuses.
    pub fn forget_violations(&self) -> Result<()> {
        let answer = Request::new("DELETE", "/sandbox/violations").send(&self.address)?;
        ensure!(answer.status == 204, "The sandbox does not: {answer:?}");
        Ok(())
    }

    /// Asserts that no policy violation was reported.
    ///
    /// # Errors
    /// With the reports.
    pub fn check_violations(&self) -> Result<()> {
        let reports = self.violations()?;
        ensure!(
            reports.is_empty(),
            "The page tried what its policy forbids: {reports:#?}"
        );
        Ok(())
    }

    /// Adds this number of operators and domains.
    ///
    /// # Errors
    /// When the sandbox refuses.
    pub fn seed(&self, operators: u32, domains: u32) -> Result<()> {
        let body = json!({ "operators": operators, "domains": domains });
        let answer = Request::new("POST", "/sandbox/seed")
            .json(&body)
            .send(&self.address)?;
        ensure!(
            answer.status == 200,
            "The sandbox does not seed: {answer:?}"
        );
        Ok(())
    }

    /// Restores the demo organisation.
    ///
    /// # Errors
    /// When the sandbox refuses.
    pub fn reset(&self) -> Result<()> {
        self.control("reset")
    }

    fn control(&self, call: &str) -> Result<()> {
        let target = format!("/sandbox/{call}");
        let answer = Request::new("POST", &target).send(&self.address)?;
        ensure!(answer.status == 200, "No {call}: {answer:?}");
        Ok(())
    }

    /// Resets it to the state of a new one. Breaks the browsers' connections.
    ///
    /// # Errors
    /// When the sandbox refuses, or does not answer: one that refuses connections for a time needs another attempt.
    pub(crate) fn renew(&self) -> Result<()> {
        self.control("renew")
    }

    /// Calls the API directly, and returns the envelope. `body` is null for reads.
    ///
    /// # Errors
    /// When the sandbox does not answer.
    pub fn ask(&self, method: &str, target: &str, body: &Value) -> Result<Value> {
        let request = Request::new(method, &format!("/{target}")).header("api_token", &self.token);
        let request = if body.is_null() {
            request
        } else {
            request.json(body)
        };
        request.send(&self.address)?.body_json()
    }

    /// Returns a domain from the API (endpoint 7); `None` if there is no such domain.
    ///
    /// # Errors
    /// When the sandbox does not answer.
    pub fn domain(&self, name: &str) -> Result<Option<Value>> {
        let target = format!("auth/addon/live_chat/domain/get?domain={name}");
        let answer = self.ask("GET", &target, &Value::Null)?;
        Ok((answer["status"] == 1).then(|| answer["message"].clone()))
    }

    /// Returns host and port.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }
}

/// A function that starts a program and finds its address in its output.
type Starter = fn(&mut Command, fn(&str) -> Option<String>) -> Result<(Process, String)>;

/// Returns the address if `line` is the one in which the sandbox says that it is ready.
fn address_in(line: &str) -> Option<String> {
    let url = line.strip_prefix("listening on http://")?;
    Some(url.trim_end_matches('/').to_owned())
}

impl Call {
    fn read(entry: &Value) -> Self {
        let text = |name: &str| entry[name].as_str().unwrap_or_default().to_owned();
        Self {
            method: text("method"),
            path: text("path"),
            query: text("query"),
            status: entry["status"]
                .as_u64()
                .and_then(|status| status.try_into().ok())
                .unwrap_or_default(),
        }
    }
}
