//! The log of the API calls of this page, in memory only and without secrets.
//!
//! The log survives reconnecting to the same organisation. It is cleared on "Disconnect" and when the organisation
//! changes, so that no answer of one organisation shows in another.

use std::collections::VecDeque;
use std::sync::Arc;

use leptos::prelude::*;
use switchboard_api::{ApiError, BaseUrl, Connection, Method, Request, Response, Token};

use super::redact::{redacted, redacted_start};
use crate::browser::clock;
use crate::readers;

/// The number of calls that the log keeps: the newest.
const CALLS: usize = 500;

/// How much of an answer the log keeps, in bytes.
const ANSWER: usize = 16 * 1024;

/// One call. None of its texts contains the token or another secret.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The call's number, unique on this page and increasing.
    pub id: u32,
    /// When it began, in milliseconds since 1970-01-01 UTC.
    pub at: u64,
    /// The endpoint's name, such as `domain/add`.
    pub endpoint: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The base URL of the API.
    pub base: BaseUrl,
    /// What follows the base URL: path and query.
    pub path: String,
    /// The names and values of the request's headers, except the one with the token.
    pub headers: Vec<(String, String)>,
    /// The name of the header with the token.
    pub token_header: String,
    /// The request's body, whole.
    pub body: Option<String>,
    /// How it ended; `None` while it is in flight.
    pub end: Option<CallEnd>,
}

/// How a call ended.
#[derive(Clone, Debug, PartialEq)]
pub struct CallEnd {
    /// How long it took, in milliseconds.
    pub took: u32,
    /// The HTTP status, when there was an answer.
    pub status: Option<u16>,
    /// The answer's body, when there was an answer.
    pub answer: Option<KeptAnswer>,
    /// The envelope's warning, if it had one, or the error without the raw answer.
    pub outcome: Result<Option<String>, ApiError>,
}

/// The body of an answer, possibly truncated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptAnswer {
    /// The text.
    pub text: String,
    /// The full length in bytes, if only the beginning is kept.
    pub cut_from: Option<usize>,
}

impl Call {
    /// Returns the whole URL.
    #[must_use]
    pub fn url(&self) -> String {
        self.base.join(&self.path)
    }

    /// Returns whether it failed. A call that we aborted did not.
    #[must_use]
    pub fn failed(&self) -> bool {
        let failed = |end: &CallEnd| !matches!(end.outcome, Ok(_) | Err(ApiError::Cancelled));
        self.end.as_ref().is_some_and(failed)
    }

    fn begun(
        id: u32,
        at: u64,
        connection: &Connection,
        name: &'static str,
        request: &Request,
    ) -> Self {
        let hide = |text: &str| redacted(text, &connection.token);
        let base = connection.base_url.clone();
        let path = request.url.strip_prefix(base.as_str());
        let token_header = connection.token_header.as_str();
        let headers = request.headers.iter();
        Self {
            id,
            at,
            endpoint: name,
            method: request.method,
            path: hide(path.unwrap_or(&request.url)),
            headers: headers
                .filter(|(header, _)| header != token_header)
                .map(|(header, value)| (header.clone(), hide(value)))
                .collect(),
            token_header: token_header.to_owned(),
            body: request.body.as_deref().map(hide),
            base,
            end: None,
        }
    }
}

impl KeptAnswer {
    /// Redacts first and truncates then, so that no half of a secret is left.
    fn of(response: &Response, token: &Token) -> Self {
        let (text, is_all) = redacted_start(&response.text(), token, ANSWER);
        Self {
            text,
            cut_from: (!is_all).then_some(response.body.len()),
        }
    }
}

/// The log of calls: one for the whole page, in context.
#[derive(Clone, Copy)]
pub struct CallLog {
    calls: RwSignal<VecDeque<Arc<Call>>>,
    next: StoredValue<u32>,
    /// Since when no call is missing; nothing between clearing the log and the next call.
    since: StoredValue<Option<u64>>,
}

impl CallLog {
    /// Provides an empty log as context.
    pub fn provide() -> Self {
        let log = Self::empty();
        log.since.set_value(Some(clock::now()));
        provide_context(log);
        log
    }

    /// Returns the log of this page.
    ///
    /// # Panics
    /// When called outside the application, which is a programming error.
    #[must_use]
    pub fn get() -> Self {
        expect_context()
    }

    /// Returns the calls, newest first, tracked.
    #[must_use]
    pub fn newest_first(&self) -> Vec<Arc<Call>> {
        readers::unsubscribe_on_cleanup();
        self.calls
            .with(|calls| calls.iter().rev().cloned().collect())
    }

    /// Returns one call, tracked; `None` if the log has dropped it.
    #[must_use]
    pub fn find(&self, id: u32) -> Option<Arc<Call>> {
        readers::unsubscribe_on_cleanup();
        self.calls
            .with(|calls| calls.iter().find(|call| call.id == id).cloned())
    }

    /// Since when no call of this page is missing, in milliseconds since 1970-01-01 UTC: since the page was loaded, the first call after
    /// the log was cleared, or the oldest call where older ones were removed. Tracked.
    #[must_use]
    pub fn since(&self) -> Option<u64> {
        readers::unsubscribe_on_cleanup();
        let oldest = |calls: &VecDeque<Arc<Call>>| {
            let is_full = calls.len() == CALLS;
            calls.front().filter(|_| is_full).map(|call| call.at)
        };
        let since = self.since.get_value();
        self.calls.with(oldest).or(since)
    }

    /// Forgets all calls.
    pub fn clear(&self) {
        self.since.set_value(None);
        if !self.calls.with_untracked(VecDeque::is_empty) {
            self.calls.update(VecDeque::clear);
        }
    }

    /// Drops the calls of every other organisation.
    pub fn keep_only(&self, base: &BaseUrl) {
        let others = |calls: &VecDeque<Arc<Call>>| calls.iter().any(|call| call.base != *base);
        if self.calls.with_untracked(others) {
            self.calls
                .update(|calls| calls.retain(|call| call.base == *base));
        }
    }

    /// Logs that a call begins.
    pub(super) fn begin(
        self,
        connection: &Connection,
        name: &'static str,
        request: &Request,
    ) -> OnItsWay {
        let (at, began) = (clock::now(), clock::ticks());
        if self.since.get_value().is_none() {
            self.since.set_value(Some(at));
        }
        let id = self.next.get_value();
        self.next.set_value(id.wrapping_add(1));
        self.push(Call::begun(id, at, connection, name, request));
        OnItsWay {
            log: self,
            id,
            began,
            token: connection.token.clone(),
        }
    }

    pub(super) fn empty() -> Self {
        Self {
            calls: RwSignal::new(VecDeque::new()),
            next: StoredValue::new(0),
            since: StoredValue::new(None),
        }
    }

    fn push(&self, call: Call) {
        self.calls.update(|calls| {
            if calls.len() == CALLS {
                calls.pop_front();
            }
            calls.push_back(Arc::new(call));
        });
    }

    fn end(&self, id: u32, end: CallEnd) {
        self.calls.update(|calls| {
            // Most likely one of the last. It is missing if the log was cleared since.
            if let Some(call) = calls.iter_mut().rev().find(|call| call.id == id) {
                Arc::make_mut(call).end = Some(end);
            }
        });
    }
}

/// A call in flight. It holds the token in order to redact the answer; the log does not.
pub(super) struct OnItsWay {
    log: CallLog,
    id: u32,
    began: f64,
    token: Token,
}

impl OnItsWay {
    /// Logs how the call ended. The caller has redacted the outcome.
    pub(super) fn end(self, response: Option<Response>, outcome: Result<Option<String>, ApiError>) {
        let took = clock::since(self.began);
        let end = CallEnd {
            took,
            status: response.as_ref().map(|response| response.status),
            answer: response.map(|response| KeptAnswer::of(&response, &self.token)),
            // The call keeps the answer itself.
            outcome: outcome.map_err(ApiError::without_raw),
        };
        self.log.end(self.id, end);
    }
}

#[cfg(test)]
mod tests;
