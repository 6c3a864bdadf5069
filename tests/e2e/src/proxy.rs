//! A proxy between the panel and the sandbox. It forwards everything, except the calls that it is told to intercept.

use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;

use crate::fake::{Answer, FakeApi};
use crate::hold::Hold;
use crate::http::{Request, Response};
use crate::sandbox::Sandbox;

/// What happens to an intercepted call.
#[derive(Debug, Clone)]
pub enum Interception {
    /// The proxy answers with this instead of the sandbox.
    Answer(Answer),
    /// The sandbox executes it, and its answer is lost.
    LoseTheAnswer,
    /// It is lost before it reaches the sandbox.
    LoseTheRequest,
    /// The sandbox executes it, and its answer is held back.
    Hold(Hold),
}

#[derive(Debug)]
struct Rule {
    method: String,
    path: String,
    interception: Interception,
}

/// A running proxy. It stops when this is dropped.
#[must_use = "dropping it stops it"]
#[derive(Debug)]
pub struct Proxy {
    server: FakeApi,
    rules: Arc<Mutex<Vec<Rule>>>,
}

impl Proxy {
    /// Starts a proxy in front of a sandbox.
    ///
    /// # Errors
    /// When no port is free.
    pub fn start(sandbox: &Sandbox) -> Result<Self> {
        let rules = Arc::new(Mutex::new(Vec::<Rule>::new()));
        let (theirs, address) = (Arc::clone(&rules), sandbox.address().to_owned());
        let server = FakeApi::start(move |request| {
            let interception = theirs
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .iter()
                .find(|rule| rule.method == request.method && rule.path == request.path())
                .map(|rule| rule.interception.clone());
            match interception {
                Some(Interception::Answer(answer)) => answer,
                Some(Interception::LoseTheRequest) => Answer::HangUp,
                Some(Interception::LoseTheAnswer) => {
                    pass_on(request, &address);
                    Answer::HangUp
                }
                Some(Interception::Hold(hold)) => Answer::Hold(hold, pass_on(request, &address)),
                None => Answer::Say(pass_on(request, &address)),
            }
        })?;
        Ok(Self { server, rules })
    }

    /// Returns its address as a base URL, with the trailing slash.
    #[must_use]
    pub fn url(&self) -> String {
        self.server.url()
    }

    /// Intercepts the calls with this method and path (without the leading slash) from now on.
    pub fn intercept(&self, method: &str, path: &str, interception: Interception) {
        let rule = Rule {
            method: method.to_owned(),
            path: format!("/{path}"),
            interception,
        };
        let mut rules = self.rules.lock().unwrap_or_else(PoisonError::into_inner);
        rules.insert(0, rule);
    }

    /// Removes all rules: forwards everything from now on.
    pub fn clear_rules(&self) {
        self.rules
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }

    /// Returns the requests so far, without preflights, including intercepted ones.
    #[must_use]
    pub fn seen(&self) -> Vec<Request> {
        self.server.seen()
    }

    /// Counts the requests with this method and path (without the leading slash), including intercepted ones.
    #[must_use]
    pub fn count(&self, method: &str, path: &str) -> usize {
        self.server.count(method, &format!("/{path}"))
    }
}

fn pass_on(request: &Request, address: &str) -> Response {
    request
        .send(address)
        .unwrap_or_else(|error| Response::new(502, "text/plain", format!("{error:#}")))
}
