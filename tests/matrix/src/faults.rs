//! The faults: their effects on a call, and the required outcomes.

mod effect;

use crate::screens::Call;
pub use effect::{Effect, Point};

/// A fault.
#[derive(Debug, Clone)]
pub struct Fault {
    /// Its name.
    pub name: &'static str,
    /// The effect on the call.
    pub effect: Effect,
    /// The required outcome.
    pub outcome: Outcome,
}

/// The required outcome of a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The call works.
    Works,
    /// Nothing changes, and the page shows these words.
    Says(&'static str),
    /// Nothing changes, and the page shows these words once the user has closed the dialog that asks for another
    /// token.
    AsksForAToken(&'static str),
    /// The call was executed, and no answer came. A write ends with the API's state on the page.
    DoneUnheard,
    /// No server listens. The look-up after a write may fail too.
    NobodyListens,
    /// The browser withholds the answer, and perhaps the call: the content of the database decides.
    Withheld,
}

/// The layer that is involved in a fault, which decides where it is tested (docs/testing-reference.md, "The fault
/// matrix").
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// The connection: the browser's network stack decides what the panel learns, and whether the call is resent.
    Connection,
    /// The status of a complete answer, which is read before the body and in the same way for all calls.
    Status,
    /// The body of a complete answer, which is decoded according to the kind of answer.
    Body,
}

/// The panel's message if no answer came.
pub const UNREACHABLE: &str = "The API could not be reached.";

/// The panel's message if the answer is truncated.
const CUT_OFF: &str = "The API's response was cut off.";

/// The panel's message about a body of another shape.
const OTHER_SHAPE: &str = "The API's response is not in the expected format.";

/// The panel's messages if the look-up after a lost answer failed, too.
pub const NOT_KNOWN: [&str; 2] = [
    "It is unknown whether this worked",
    "the response was lost, and the check failed too",
];

/// How long no server listens, in milliseconds: longer than the last step and its look-up take on a busy machine.
pub const REFUSED_FOR: u64 = 2_500;

const WRONG_PAYLOAD: &str = "wrong types in the payload";

impl Fault {
    /// Returns the layer that is involved.
    #[must_use]
    pub fn layer(&self) -> Layer {
        match &self.effect {
            // Browsers resend a call after a 408 on a reused connection. A page of another origin can read
            // `Retry-After` only if the API exposes it.
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

    /// Returns whether it is a complete answer, which can be tested without a connection.
    #[must_use]
    pub fn is_an_answer(&self) -> bool {
        matches!(self.effect, Effect::Answer { .. } | Effect::ContentType(_))
    }

    /// Returns why it does not apply to a call; `None` if it does.
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

/// Returns a call that is never answered, once.
#[must_use]
pub fn hang() -> Fault {
    fault(
        "hang",
        Effect::Hang,
        Outcome::Says("The API did not respond within 30 seconds."),
    )
}

/// Returns a call whose answer is late enough for another event to come first.
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

/// Returns all faults except [`hang`], which takes half a minute, in the order that a browser requires.
#[must_use]
pub fn all() -> Vec<Fault> {
    let mut all = vec![
        // First: the browser has not made a preflight yet.
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
    // Again: now it has, and has cached the permission.
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
    // Nine times, to include the calls that the browser itself resends.
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
