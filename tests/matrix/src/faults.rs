//! The faults: what is done to a call, and what has to follow.

mod effect;

use crate::screens::Call;
pub use effect::{Effect, Point};

/// A fault.
#[derive(Debug, Clone)]
pub struct Fault {
    /// Its name.
    pub name: &'static str,
    /// What is done to the call.
    pub effect: Effect,
    /// What has to follow.
    pub outcome: Outcome,
}

/// What has to follow from a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The call works.
    Works,
    /// Nothing changes, and the page shows these words.
    Says(&'static str),
    /// Nothing changes, and the page shows these words once the dialog that asks for another token is closed.
    AsksForAToken(&'static str),
    /// The call was carried out, and no answer came. A write ends with the truth on the page.
    DoneUnheard,
    /// Nothing listens. The look-up after a write may find nothing either.
    NobodyListens,
    /// The browser withholds the answer, and perhaps the call: what the database contains decides.
    Withheld,
}

/// What takes part in a fault, and so where it has to be tried (docs/testing-reference.md, "The fault matrix").
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// The connection: the browser's network stack decides what the panel hears of it, and whether the call is sent again.
    Connection,
    /// The status of a whole answer, which is read before the body and in one way for all calls.
    Status,
    /// The body of a whole answer, which is decoded by the kind of answer.
    Body,
}

/// What the panel says when nothing came back.
pub const UNREACHABLE: &str = "The API could not be reached.";

/// What it says when the end of the answer is missing.
const CUT_OFF: &str = "The API's response was cut off.";

/// What it says of a body of another shape.
const OTHER_SHAPE: &str = "The API's response is not in the expected format.";

/// What it says when the look-up after a lost answer failed, too.
pub const NOT_KNOWN: [&str; 2] = [
    "It is unknown whether this worked",
    "the response was lost, and the check failed too",
];

/// For how long nothing listens, in milliseconds: longer than the last step and its look-up take on a busy machine.
pub const REFUSED_FOR: u64 = 2_500;

const WRONG_PAYLOAD: &str = "wrong types in the payload";

impl Fault {
    /// What takes part in it.
    #[must_use]
    pub fn layer(&self) -> Layer {
        match &self.effect {
            // Browsers send a call again by themselves after a 408 on a connection that they used before. A page of another origin reads
            // `Retry-After` only where the API exposes it.
            Effect::Answer {
                status,
                retry_after,
                ..
            } if *status == 408 || retry_after.is_some() => Layer::Connection,
            Effect::Answer { status: 200, .. } | Effect::ContentType(_) => Layer::Body,
            Effect::Answer { .. } => Layer::Status,
            _ => Layer::Connection,
        }
    }

    /// Whether it is a whole answer, which needs no connection to be made.
    #[must_use]
    pub fn is_an_answer(&self) -> bool {
        matches!(self.effect, Effect::Answer { .. } | Effect::ContentType(_))
    }

    /// Why it makes no sense for a call; `None` when it does.
    #[must_use]
    pub fn not_for(&self, call: Call) -> Option<&'static str> {
        match self.outcome {
            Outcome::DoneUnheard if !call.is_write() => {
                Some("a read changes nothing that could be done before its answer is lost")
            }
            Outcome::NobodyListens if call.number == 1 => Some(
                "every page asks for it, and a page that is opened comes from the server that refuses",
            ),
            Outcome::NobodyListens if call.number == 13 => {
                Some("who is on a domain is shown below the domain, which is refused, too")
            }
            _ if self.name == WRONG_PAYLOAD && !call.has_payload() => {
                Some("its payload is free text: an answer with status 1 says that it was done")
            }
            _ => None,
        }
    }
}

/// A call that is never answered, once.
#[must_use]
pub fn hang() -> Fault {
    fault(
        "hang",
        Effect::Hang,
        Outcome::Says("The API did not respond within 30 seconds."),
    )
}

/// A call whose answer comes late enough for something else to happen before it.
#[must_use]
pub fn slow() -> Fault {
    fault(
        "slow",
        Effect::Delay {
            ms: 2_000,
            count: Some(1),
        },
        Outcome::Works,
    )
}

/// All but [`hang`], which takes half a minute, in the order in which a browser has to meet them.
#[must_use]
pub fn all() -> Vec<Fault> {
    let mut all = vec![
        // First: the browser has not asked yet whether it may call.
        fault("no CORS", Effect::NoCors, Outcome::Withheld),
        fault(
            "delay",
            Effect::Delay {
                ms: 120,
                count: None,
            },
            Outcome::Works,
        ),
        fault(
            "refused connection",
            Effect::Refuse { ms: REFUSED_FOR },
            Outcome::NobodyListens,
        ),
    ];
    all.extend(dropped());
    all.extend(statuses());
    all.extend(bodies());
    // Again: now it has, and remembers that it may.
    all.push(fault(
        "no CORS after a preflight",
        Effect::NoCors,
        Outcome::Withheld,
    ));
    all
}

fn dropped() -> Vec<Fault> {
    let drop = |name, at, work, count| {
        let outcome = if work {
            Outcome::DoneUnheard
        } else {
            Outcome::Says(UNREACHABLE)
        };
        fault(name, Effect::Drop { at, work, count }, outcome)
    };
    let (first_byte, headers, body) = (Point::FirstByte, Point::Headers, Point::Body);
    // Nine times: also what the browser itself sends again.
    let (each, once) = (Some(9), Some(1));
    vec![
        drop("dropped before the first byte", first_byte, false, None),
        drop("dropped in the headers", headers, false, None),
        drop("dropped in the body", body, false, None),
        drop(
            "done, dropped before the first byte",
            first_byte,
            true,
            each,
        ),
        drop("done, dropped in the headers", headers, true, each),
        drop("done, dropped in the body", body, true, each),
        drop(
            "done, dropped once before the first byte",
            first_byte,
            true,
            once,
        ),
        drop("done, dropped once in the headers", headers, true, once),
        drop("done, dropped once in the body", body, true, once),
    ]
}

fn statuses() -> Vec<Fault> {
    let status = |name, status: u16, says| fault(name, Effect::status(status), Outcome::Says(says));
    let other = |name, status: u16, body, content_type, says| {
        let effect = Effect::Answer {
            status,
            retry_after: None,
            body: Some(body),
            times: 1,
            content_type,
        };
        fault(name, effect, Outcome::Says(says))
    };
    vec![
        fault(
            "401",
            Effect::status(401),
            Outcome::AsksForAToken("The API did not accept the token."),
        ),
        status("403", 403, "The API does not allow this with your token."),
        other(
            "403 with a page",
            403,
            "<html><h1>Forbidden</h1></html>",
            "text/html",
            "The call was blocked on its way to the API (HTTP status 403).",
        ),
        status("404", 404, "Not Found"),
        status("408", 408, "Request Timeout"),
        status("409", 409, "Conflict"),
        status("413", 413, "Payload Too Large"),
        status("422", 422, "Unprocessable Entity"),
        status("429", 429, "You have reached the API's rate limit."),
        fault(
            "429 with Retry-After",
            Effect::Answer {
                status: 429,
                retry_after: Some(7),
                body: None,
                times: 1,
                content_type: JSON,
            },
            Outcome::Says("Try again in 7 seconds."),
        ),
        status("500", 500, "Internal Server Error"),
        other(
            "500 in plain text",
            500,
            "Oops",
            "text/plain",
            "The API responded with HTTP status 500.",
        ),
        other(
            "502 with a page",
            502,
            "<html><h1>Bad gateway</h1></html>",
            "text/html",
            "The API responded with HTTP status 502.",
        ),
        status("503", 503, "Service Unavailable"),
    ]
}

fn bodies() -> Vec<Fault> {
    let body = |name, body, says| fault(name, Effect::body(body, 1), Outcome::Says(says));
    let no_reason = "The API refused and gave no reason.";
    vec![
        body("empty", "", "The API's response was empty."),
        body(
            "a page",
            "<!doctype html><title>Sign in</title><p>Hello",
            "A web page arrived instead of the API's response.",
        ),
        body(
            "cut-off JSON",
            r#"{"status":1,"type":"Success","message":[{"name":{"firstName":"Gr"#,
            CUT_OFF,
        ),
        body("no JSON", "oops", "The API's response could not be read."),
        body("wrong shape", "[1, 2, 3]", OTHER_SHAPE),
        body(
            "wrong types",
            r#"{"status":[],"type":{},"message":7}"#,
            OTHER_SHAPE,
        ),
        body(
            WRONG_PAYLOAD,
            r#"{"status":1,"type":"Success","message":7}"#,
            OTHER_SHAPE,
        ),
        body(
            "status 0 with a text",
            r#"{"status":0,"type":"error","message":"Not on Sundays"}"#,
            "Not on Sundays",
        ),
        body(
            "status 0 with an object",
            r#"{"status":0,"type":"error","message":{"email":"Rather odd"}}"#,
            "Rather odd",
        ),
        body(
            "status 0 with null",
            r#"{"status":0,"type":"error","message":null}"#,
            no_reason,
        ),
        body(
            "status 0 with no message",
            r#"{"status":0,"type":"error"}"#,
            no_reason,
        ),
        fault(
            "10 MB",
            Effect::body("0123456789", 1_048_576),
            Outcome::Says("The API's response"),
        ),
        fault(
            "wrong content type",
            Effect::ContentType("text/html"),
            Outcome::Works,
        ),
    ]
}

const JSON: &str = "application/json";

fn fault(name: &'static str, effect: Effect, outcome: Outcome) -> Fault {
    Fault {
        name,
        effect,
        outcome,
    }
}
