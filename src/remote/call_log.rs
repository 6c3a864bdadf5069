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
mod tests {
    use leptos::reactive::owner::Owner;
    use switchboard_api::endpoints::{AddOperator, GetOrganisation};
    use switchboard_api::request;

    use super::*;

    fn connection(base: &str) -> Connection {
        Connection::new(
            base.parse().expect("a base URL of the test"),
            "t0ken".parse().expect("a token of the test"),
        )
    }

    fn call(id: u32, base: &str) -> Call {
        let connection = connection(base);
        let request = request(&connection, &GetOrganisation);
        Call::begun(id, 1, &connection, "organisation", &request)
    }

    fn ids(log: &CallLog) -> Vec<u32> {
        untrack(|| log.newest_first().iter().map(|call| call.id).collect())
    }

    fn in_a_page(test: impl FnOnce(CallLog)) {
        Owner::new().with(|| test(CallLog::empty()));
    }

    #[test]
    fn logged_call_contains_the_request_without_token() {
        let connection = connection("https://acme.example/t0ken/");
        let write = AddOperator {
            email: "t0ken@acme.example".parse().expect("an e-mail of the test"),
            name: "Ada t0ken".to_owned(),
        };
        let request = request(&connection, &write);
        let call = Call::begun(7, 1, &connection, "operator/add", &request);
        assert_eq!(call.path, "auth/addon/live_chat/operator/add");
        assert_eq!(call.token_header, "api_token");
        assert_eq!(
            call.body.as_deref(),
            Some(r#"{"email":"[redacted]@acme.example","name":"Ada [redacted]"}"#)
        );
        let names: Vec<_> = call.headers.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["Accept", "Content-Type"]);
    }

    #[test]
    fn the_newest_calls_are_kept_and_the_oldest_go() {
        in_a_page(|log| {
            for id in 0..502 {
                log.push(call(id, "https://acme.example/"));
            }
            let ids = ids(&log);
            assert_eq!((ids.len(), ids[0], ids[499]), (500, 501, 2));
        });
    }

    #[test]
    fn log_tells_since_when_no_call_is_missing() {
        in_a_page(|log| {
            log.since.set_value(Some(7));
            let at = |at| Call {
                at,
                ..call(1, "https://acme.example/")
            };
            for time in 10..509 {
                log.push(at(time));
            }
            assert_eq!(untrack(|| log.since()), Some(7));
            log.push(at(509));
            log.push(at(510));
            assert_eq!(
                untrack(|| log.since()),
                Some(11),
                "older calls were removed"
            );
            log.clear();
            assert_eq!(untrack(|| log.since()), None);
        });
    }

    #[test]
    fn a_call_that_ends_after_the_log_was_cleared_does_not_come_back() {
        in_a_page(|log| {
            let end = || CallEnd {
                took: 5,
                status: Some(200),
                answer: None,
                outcome: Ok(None),
            };
            log.push(call(1, "https://acme.example/"));
            log.end(1, end());
            assert_eq!(
                untrack(|| log.find(1)).and_then(|call| call.end.clone()),
                Some(end())
            );
            log.clear();
            log.end(1, end());
            assert!(ids(&log).is_empty());
        });
    }

    #[test]
    fn the_calls_of_another_organisation_go() {
        in_a_page(|log| {
            log.push(call(1, "https://acme.example/"));
            log.push(call(2, "https://other.example/"));
            log.keep_only(&connection("https://other.example/").base_url);
            assert_eq!(ids(&log), [2]);
        });
    }

    #[test]
    fn secret_at_the_truncation_is_fully_redacted() {
        let connection = connection("https://acme.example/");
        let response = |padding: usize| Response {
            status: 200,
            headers: Vec::new(),
            body: format!("{}t0ken ü and more", "ü".repeat(padding / 2)).into_bytes(),
        };
        for padding in (ANSWER - 12)..=ANSWER {
            let response = response(padding);
            let kept = KeptAnswer::of(&response, &connection.token);
            assert!(!kept.text.contains("t0"), "{padding}");
            assert!(kept.text.len() <= ANSWER);
            assert_eq!(kept.cut_from, Some(response.body.len()));
        }
        let whole = KeptAnswer::of(&response(10), &connection.token);
        assert_eq!(whole.cut_from, None);
    }

    #[test]
    fn a_call_that_we_abandoned_did_not_fail() {
        let ended = |outcome| Call {
            end: Some(CallEnd {
                took: 1,
                status: None,
                answer: None,
                outcome,
            }),
            ..call(1, "https://acme.example/")
        };
        assert!(!call(1, "https://acme.example/").failed());
        assert!(!ended(Ok(None)).failed());
        assert!(!ended(Err(ApiError::Cancelled)).failed());
        let lost = ApiError::Unreachable {
            detail: String::new(),
        };
        assert!(ended(Err(lost)).failed());
    }
}
