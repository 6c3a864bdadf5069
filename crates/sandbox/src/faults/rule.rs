//! The rules of faults.

use axum::http::Method;
use serde::{Deserialize, Serialize};

/// A fault, and the calls that it affects.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub(crate) struct Rule {
    /// The HTTP method; any if it is missing. A rule for a method does not affect its preflight.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// The end of the path without the query, e.g. `domain/add`; any if it is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The number of calls that it matches; all if it is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// The fault.
    #[serde(flatten)]
    pub fault: Fault,
}

/// What happens to a call.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(
    tag = "fault",
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub(crate) enum Fault {
    /// The call is executed and answered later.
    Delay {
        /// The delay in milliseconds.
        ms: u64,
    },
    /// The call is not executed, and never answered.
    Hang,
    /// The sandbox stops listening and closes every connection. Matches no call: it begins at once.
    Refuse {
        /// The duration in milliseconds.
        ms: u64,
    },
    /// The connection is dropped.
    Drop {
        /// The point.
        at: Point,
        /// Whether the call is executed first.
        #[serde(default)]
        work: bool,
    },
    /// The call is not executed, and answered with this instead.
    Answer {
        /// The HTTP status.
        #[serde(default = "ok")]
        status: u16,
        /// The value of the header `Retry-After`, in seconds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retry_after: Option<u32>,
        /// The body; by default that of a failure with this status.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        body: Option<String>,
        /// How often the body is repeated, for large bodies.
        #[serde(default = "once")]
        times: usize,
        /// The content type of the answer.
        #[serde(default = "json")]
        content_type: String,
    },
    /// The call is executed, and its answer gets another content type.
    ContentType {
        /// The content type.
        content_type: String,
    },
    /// The call is executed, but pages of other origins may not read its answer. Its preflight answer says the same.
    NoCors,
}

/// The point at which a connection is dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Point {
    /// Before the first byte of the answer.
    FirstByte,
    /// In the middle of the headers.
    Headers,
    /// In the middle of the body.
    Body,
}

fn ok() -> u16 {
    200
}

fn once() -> usize {
    1
}

fn json() -> String {
    "application/json".to_owned()
}

impl Rule {
    /// Checks the rule. The error is a sentence.
    pub(crate) fn check(&self) -> Result<(), String> {
        let wrong = match &self.fault {
            _ if self.count == Some(0) => {
                "A rule that matches no call does nothing: leave it out".to_owned()
            }
            Fault::Answer { status, .. } if !(200..=599).contains(status) => {
                format!("{status} is no HTTP status of a final answer")
            }
            Fault::Answer { body, times, .. }
                if body.as_ref().map_or(0, String::len).saturating_mul(*times) > LARGEST =>
            {
                format!("A body has at most {LARGEST} bytes")
            }
            Fault::Answer { content_type, .. } | Fault::ContentType { content_type }
                if content_type.parse::<axum::http::HeaderValue>().is_err() =>
            {
                format!("{content_type:?} is no content type")
            }
            Fault::Refuse { ms } if *ms > 60_000 => "Refuse for at most a minute".to_owned(),
            _ => return Ok(()),
        };
        Err(wrong)
    }

    pub(super) fn matches(&self, method: &Method, path: &str) -> bool {
        let method_fits = match (&self.method, &self.fault) {
            (None, Fault::NoCors) => true,
            (Some(_), Fault::NoCors) if method == Method::OPTIONS => true,
            (None, _) => method != Method::OPTIONS,
            (Some(wanted), _) => wanted.eq_ignore_ascii_case(method.as_str()),
        };
        let path_fits = self.path.as_deref().is_none_or(|end| path.ends_with(end));
        method_fits && path_fits && !matches!(self.fault, Fault::Refuse { .. })
    }
}

/// The maximum size of an answer's body, in bytes.
const LARGEST: usize = 64 << 20;

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn rule(value: serde_json::Value) -> Rule {
        serde_json::from_value(value).expect("a rule")
    }

    #[test]
    fn rule_matches_method_and_path_suffix() {
        let add = rule(json!({ "method": "post", "path": "domain/add", "fault": "hang" }));
        assert!(add.matches(&Method::POST, "auth/addon/live_chat/domain/add"));
        assert!(!add.matches(&Method::PUT, "auth/addon/live_chat/domain/add"));
        assert!(!add.matches(&Method::POST, "auth/addon/live_chat/operator/add"));
        let any = rule(json!({ "fault": "delay", "ms": 5 }));
        assert!(any.matches(&Method::GET, "auth/organisation"));
        assert!(!any.matches(&Method::OPTIONS, "auth/organisation"));
        let no_cors = rule(json!({ "method": "GET", "fault": "noCors" }));
        assert!(no_cors.matches(&Method::OPTIONS, "auth/organisation"));
    }

    #[test]
    fn invalid_rule_is_reported() {
        for value in [
            json!({ "fault": "answer", "status": 99 }),
            json!({ "fault": "answer", "body": "x", "times": 70_000_000 }),
            json!({ "fault": "contentType", "contentType": "a\nb" }),
            json!({ "fault": "hang", "count": 0 }),
            json!({ "fault": "refuse", "ms": 60_001 }),
        ] {
            assert!(rule(value.clone()).check().is_err(), "{value}");
        }
        assert!(serde_json::from_value::<Rule>(json!({ "fault": "explode" })).is_err());
    }

    #[test]
    fn a_rule_reads_back_as_it_was_written() {
        let written = json!({ "path": "operator/list", "count": 2, "fault": "drop", "at": "headers", "work": true });
        let read = rule(written.clone());
        assert_eq!(serde_json::to_value(&read).expect("JSON"), written);
    }
}
