//! What is done to a call, and what the panel has to say then.

use serde_json::{Value, json};

use crate::screens::Call;

/// A fault.
#[derive(Debug, Clone)]
pub struct Fault {
    /// Its name.
    pub name: &'static str,
    /// The rule for the sandbox, but for the call that it is about.
    rule: Value,
    /// What has to follow.
    pub outcome: Outcome,
}

/// What has to follow from a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It works.
    Works,
    /// Nothing is done, and these words are said.
    Says(&'static str),
    /// Nothing is done, and these words are said once the dialog that asks for another token was closed.
    AsksForAToken(&'static str),
    /// It was carried out, and no answer came. A write ends with the truth.
    DoneUnheard,
    /// Nobody listens. The look at what became of a write may find nobody either.
    NobodyListens,
    /// The browser withholds the answer, and perhaps the call: what the database holds decides.
    Withheld,
}

/// What the panel says when nothing came back.
pub const UNREACHABLE: &str = "The API could not be reached.";

/// What it says when the end is missing.
const CUT_OFF: &str = "The API's answer broke off in the middle.";

/// What it says when it could not find out either.
pub const NOT_KNOWN: [&str; 2] = [
    "Whether it worked is not known",
    "The answer was lost, and looking failed too",
];

/// For how long nobody listens, in milliseconds: longer than the last step and its look take on a busy machine.
pub const REFUSED_FOR: u64 = 2_500;

impl Fault {
    /// The rule for one call.
    pub fn rule(&self, call: Call) -> Value {
        let mut rule = self.rule.clone();
        rule["method"] = json!(call.method);
        rule["path"] = json!(format!("/{}", call.path));
        rule
    }

    /// Why it makes no sense for a call; nothing when it does.
    pub fn not_for(&self, call: Call) -> Option<&'static str> {
        match self.outcome {
            Outcome::DoneUnheard if !call.is_write() => {
                Some("a read does nothing that could be done before its answer is lost")
            }
            Outcome::NobodyListens if call.number == 1 => Some(
                "every page asks for it, and one that is opened anew comes from the server that refuses",
            ),
            Outcome::NobodyListens if call.number == 13 => {
                Some("who is on a domain is shown below the domain, which is refused, too")
            }
            _ if self.name == WRONG_PAYLOAD && !call.has_payload => {
                Some("its payload is free text: an answer with status 1 says that it was done")
            }
            _ => None,
        }
    }
}

const WRONG_PAYLOAD: &str = "wrong types in the payload";

/// A call that is never answered, once.
pub fn hang() -> Fault {
    fault(
        "hang",
        json!({ "fault": "hang", "count": 1 }),
        Outcome::Says("The API did not answer within 30 seconds."),
    )
}

/// A call that takes its time: long enough for something else to happen before its answer.
pub fn slow() -> Fault {
    fault(
        "slow",
        json!({ "fault": "delay", "ms": 2_000, "count": 1 }),
        Outcome::Works,
    )
}

/// All but the one that takes half a minute, for which see `hang`.
pub fn all() -> Vec<Fault> {
    let mut all = vec![
        // First: the browser has not asked yet whether it may call.
        fault("no CORS", json!({ "fault": "noCors" }), Outcome::Withheld),
        fault(
            "delay",
            json!({ "fault": "delay", "ms": 120 }),
            Outcome::Works,
        ),
        fault(
            "refused connection",
            json!({ "fault": "refuse", "ms": REFUSED_FOR }),
            Outcome::NobodyListens,
        ),
    ];
    for (name, at, says) in [
        ("dropped before the first byte", "firstByte", UNREACHABLE),
        ("dropped in the headers", "headers", UNREACHABLE),
        ("dropped in the body", "body", UNREACHABLE),
    ] {
        all.push(fault(
            name,
            json!({ "fault": "drop", "at": at }),
            Outcome::Says(says),
        ));
    }
    for (name, at, count) in [
        ("done, dropped before the first byte", "firstByte", 9),
        ("done, dropped in the headers", "headers", 9),
        ("done, dropped in the body", "body", 9),
        ("done, dropped once before the first byte", "firstByte", 1),
        ("done, dropped once in the headers", "headers", 1),
        ("done, dropped once in the body", "body", 1),
    ] {
        let rule = json!({ "fault": "drop", "at": at, "work": true, "count": count });
        all.push(fault(name, rule, Outcome::DoneUnheard));
    }
    all.extend(statuses());
    all.extend(bodies());
    all.push(fault(
        "wrong content type",
        json!({ "fault": "contentType", "contentType": "text/html" }),
        Outcome::Works,
    ));
    // Again: now it has, and remembers that it may.
    all.push(fault(
        "no CORS after a preflight",
        json!({ "fault": "noCors" }),
        Outcome::Withheld,
    ));
    all
}

fn statuses() -> Vec<Fault> {
    let status = |name, status: u16, says| {
        fault(
            name,
            json!({ "fault": "answer", "status": status }),
            Outcome::Says(says),
        )
    };
    vec![
        fault(
            "401",
            json!({ "fault": "answer", "status": 401 }),
            Outcome::AsksForAToken("The API did not accept the token."),
        ),
        status("403", 403, "The API does not allow this with your token."),
        status("404", 404, "Not Found"),
        status("408", 408, "Request Timeout"),
        status("409", 409, "Conflict"),
        status("413", 413, "Payload Too Large"),
        status("422", 422, "Unprocessable Entity"),
        status("429", 429, "The API asks us to slow down."),
        fault(
            "429 with Retry-After",
            json!({ "fault": "answer", "status": 429, "retryAfter": 7 }),
            Outcome::Says("Try again in 7 seconds."),
        ),
        status("500", 500, "Internal Server Error"),
        fault(
            "500 in plain text",
            json!({ "fault": "answer", "status": 500, "body": "Oops", "contentType": "text/plain" }),
            Outcome::Says("The API answered with HTTP status 500."),
        ),
        fault(
            "502 with a page",
            json!({ "fault": "answer", "status": 502, "body": "<html><h1>Bad gateway</h1></html>", "contentType": "text/html" }),
            Outcome::Says("The API answered with HTTP status 502."),
        ),
        status("503", 503, "Service Unavailable"),
    ]
}

fn bodies() -> Vec<Fault> {
    let raw = |name, body: &str, says| {
        fault(
            name,
            json!({ "fault": "answer", "body": body }),
            Outcome::Says(says),
        )
    };
    let other = "The API's answer is not what its reference promises.";
    vec![
        raw("empty", "", "The API's answer was empty."),
        raw(
            "a page",
            "<!doctype html><title>Sign in</title><p>Hello",
            "A web page came in place of the API's answer.",
        ),
        raw(
            "cut-off JSON",
            r#"{"status":1,"type":"Success","message":[{"name":{"firstName":"Gr"#,
            CUT_OFF,
        ),
        raw("no JSON", "oops", "The API's answer could not be read."),
        raw("wrong shape", "[1, 2, 3]", other),
        raw(
            "wrong types",
            r#"{"status":[],"type":{},"message":7}"#,
            other,
        ),
        raw(
            WRONG_PAYLOAD,
            r#"{"status":1,"type":"Success","message":7}"#,
            other,
        ),
        raw(
            "status 0 with a text",
            r#"{"status":0,"type":"error","message":"Not on Sundays"}"#,
            "Not on Sundays",
        ),
        raw(
            "status 0 with an object",
            r#"{"status":0,"type":"error","message":{"email":"Rather odd"}}"#,
            "Rather odd",
        ),
        raw(
            "status 0 with null",
            r#"{"status":0,"type":"error","message":null}"#,
            "The API refused and gave no reason.",
        ),
        raw(
            "status 0 with no message",
            r#"{"status":0,"type":"error"}"#,
            "The API refused and gave no reason.",
        ),
        fault(
            "10 MB",
            json!({ "fault": "answer", "body": "0123456789", "times": 1_048_576 }),
            Outcome::Says("The API's answer"),
        ),
    ]
}

fn fault(name: &'static str, rule: Value, outcome: Outcome) -> Fault {
    Fault {
        name,
        rule,
        outcome,
    }
}
