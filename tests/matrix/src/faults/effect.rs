//! What is done to a call.

use serde_json::{Value, json};

use super::JSON;
use crate::screens::Call;

/// What is done to a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// It is carried out and answered later.
    Delay {
        /// By how many milliseconds.
        ms: u64,
        /// How many times; always when it is `None`.
        count: Option<u32>,
    },
    /// It is not carried out, and never answered; once.
    Hang,
    /// Nothing listens.
    Refuse {
        /// For how many milliseconds.
        ms: u64,
    },
    /// The connection is dropped.
    Drop {
        /// Where.
        at: Point,
        /// Whether the call is carried out first.
        work: bool,
        /// How many times; always when it is `None`.
        count: Option<u32>,
    },
    /// It is not carried out, and answered with this.
    Answer {
        /// The HTTP status.
        status: u16,
        /// The seconds of the header `Retry-After`.
        retry_after: Option<u32>,
        /// The body; the envelope of a failure with the status's usual words when it is `None`.
        body: Option<&'static str>,
        /// How often the body is repeated.
        times: usize,
        /// The content type.
        content_type: &'static str,
    },
    /// It is carried out, and its answer has this content type.
    ContentType(&'static str),
    /// It is carried out, and a page of another origin may not read its answer.
    NoCors,
}

/// Where a connection is dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Point {
    /// Before the first byte of the answer.
    FirstByte,
    /// In the middle of the headers.
    Headers,
    /// In the middle of the body.
    Body,
}

impl Effect {
    /// A failure with an HTTP status, in the API's envelope.
    pub(super) fn status(status: u16) -> Self {
        Self::Answer {
            status,
            retry_after: None,
            body: None,
            times: 1,
            content_type: JSON,
        }
    }

    /// A body with HTTP status 200, repeated so often.
    pub(super) fn body(body: &'static str, times: usize) -> Self {
        Self::Answer {
            status: 200,
            retry_after: None,
            body: Some(body),
            times,
            content_type: JSON,
        }
    }

    /// The sandbox's rule that does it to a call (docs/sandbox.md, "Faults").
    #[must_use]
    pub fn rule(&self, call: Call) -> Value {
        let mut rule = match self {
            Self::Delay { ms, .. } => json!({ "fault": "delay", "ms": ms }),
            Self::Hang => json!({ "fault": "hang" }),
            Self::Refuse { ms } => json!({ "fault": "refuse", "ms": ms }),
            Self::Drop { at, work, .. } => {
                json!({ "fault": "drop", "at": at.name(), "work": work })
            }
            Self::Answer {
                status,
                retry_after,
                body,
                times,
                content_type,
            } => json!({
                "fault": "answer", "status": status, "retryAfter": retry_after, "body": body, "times": times,
                "contentType": content_type,
            }),
            Self::ContentType(name) => json!({ "fault": "contentType", "contentType": name }),
            Self::NoCors => json!({ "fault": "noCors" }),
        };
        rule["method"] = json!(call.method);
        rule["path"] = json!(format!("/{}", call.path));
        if let Some(count) = self.count() {
            rule["count"] = json!(count);
        }
        rule
    }

    /// How many calls it is done to; `None` when that has no limit.
    fn count(&self) -> Option<u32> {
        match self {
            Self::Delay { count, .. } | Self::Drop { count, .. } => *count,
            Self::Hang => Some(1),
            _ => None,
        }
    }
}

impl Point {
    /// Its name in a rule.
    fn name(self) -> &'static str {
        match self {
            Self::FirstByte => "firstByte",
            Self::Headers => "headers",
            Self::Body => "body",
        }
    }
}
