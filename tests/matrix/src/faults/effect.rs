//! The effect of a fault on a call.

use serde_json::{Value, json};

use super::JSON;
use crate::screens::Call;

/// The effect of a fault on a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// The call is executed and answered later.
    Delay {
        /// The delay in milliseconds.
        ms: u64,
        /// The number of times; always if it is `None`.
        count: Option<u32>,
    },
    /// The call is not executed, and never answered; once.
    Hang,
    /// No server listens.
    Refuse {
        /// The duration in milliseconds.
        ms: u64,
    },
    /// The connection is dropped.
    Drop {
        /// The point.
        at: Point,
        /// Whether the call is executed first.
        work: bool,
        /// The number of times; always if it is `None`.
        count: Option<u32>,
    },
    /// The call is not executed, and answered with this.
    Answer {
        /// The HTTP status.
        status: u16,
        /// The value of the header `Retry-After`, in seconds.
        retry_after: Option<u32>,
        /// The body; by default (`None`) the envelope of a failure with the status's usual message.
        body: Option<&'static str>,
        /// How often the body is repeated.
        times: usize,
        /// The content type.
        content_type: &'static str,
    },
    /// The call is executed, and its answer has this content type.
    ContentType(&'static str),
    /// The call is executed, and pages of other origins may not read its answer.
    NoCors,
}

/// The point at which a connection is dropped.
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
    /// Returns a failure with an HTTP status, in the API's envelope.
    pub(super) fn status(status: u16) -> Self {
        Self::Answer {
            status,
            retry_after: None,
            body: None,
            times: 1,
            content_type: JSON,
        }
    }

    /// Returns a repeated body with HTTP status 200.
    pub(super) fn body(body: &'static str, times: usize) -> Self {
        Self::Answer {
            status: 200,
            retry_after: None,
            body: Some(body),
            times,
            content_type: JSON,
        }
    }

    /// Returns the sandbox's rule with this effect on a call (docs/sandbox.md, "Faults").
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

    /// Returns how many calls are affected; `None` for no limit.
    fn count(&self) -> Option<u32> {
        match self {
            Self::Delay { count, .. } | Self::Drop { count, .. } => *count,
            Self::Hang => Some(1),
            _ => None,
        }
    }
}

impl Point {
    /// Returns its name in a rule.
    fn name(self) -> &'static str {
        match self {
            Self::FirstByte => "firstByte",
            Self::Headers => "headers",
            Self::Body => "body",
        }
    }
}
