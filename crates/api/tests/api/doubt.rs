//! Tests answers that are unreadable or contradictory, and whether the outcome of the call is known.

use std::time::Duration;

use crate::common::{answer, failure, response};
use switchboard_api::endpoints::{AddDomain, DeleteDomain, GetOperator, ListOperators};
use switchboard_api::{ApiError, UnreadableReason};

fn error(status: u16, body: &str) -> ApiError {
    failure::<GetOperator>(&response(status, body))
}

#[track_caller]
fn reason(status: u16, body: &str) -> UnreadableReason {
    match error(status, body) {
        ApiError::Unreadable {
            http_status,
            reason,
            raw,
        } => {
            assert_eq!((http_status, raw.as_str()), (status, body));
            reason
        }
        error => panic!("{body}: {error:?}"),
    }
}

#[test]
fn unreadable_answer_says_why_and_keeps_the_body() {
    for (body, expected) in [
        ("", UnreadableReason::Empty),
        (" \r\n ", UnreadableReason::Empty),
        ("<!doctype html><p>Hello", UnreadableReason::Html),
        ("\n<html>", UnreadableReason::Html),
        (
            r#"{"status":1,"type":"Success","message":{"na"#,
            UnreadableReason::CutOff,
        ),
        ("{", UnreadableReason::CutOff),
        ("[]", UnreadableReason::NotAnEnvelope),
        ("\"text\"", UnreadableReason::NotAnEnvelope),
        ("null", UnreadableReason::NotAnEnvelope),
        ("{}", UnreadableReason::NotAnEnvelope),
        (r#"{"message":"hello"}"#, UnreadableReason::NotAnEnvelope),
        (
            r#"{"status":7,"type":"perhaps"}"#,
            UnreadableReason::NotAnEnvelope,
        ),
    ] {
        assert_eq!(reason(200, body), expected, "{body:?}");
    }
    for body in [
        "Hello",
        "{status:1}",
        "{\"status\":1}}",
        "{\"status\":1,}",
        "{\"a\":\u{1}}",
    ] {
        match reason(200, body) {
            UnreadableReason::NotJson { detail } => assert!(detail.contains("line 1"), "{detail}"),
            reason => panic!("{body}: {reason:?}"),
        }
    }
}

#[test]
fn success_envelope_with_http_failure_is_a_contradiction() {
    let body = r#"{"status":1,"type":"Success","message":{"email":"a@x"}}"#;
    for status in [0, 302, 400, 404, 500] {
        assert_eq!(reason(status, body), UnreadableReason::Contradiction);
    }
}

#[test]
fn warning_with_status_1_is_success_with_a_message() {
    let warned = |message: &str| {
        response(
            200,
            &format!(r#"{{"status":1,"type":"Warning","message":{message}}}"#),
        )
    };
    let deleted = answer::<DeleteDomain>(&warned(r#""Deleted, with operators on it""#));
    assert_eq!(deleted.payload.text, "Deleted, with operators on it");
    assert_eq!(
        deleted.warning.as_deref(),
        Some("Deleted, with operators on it")
    );

    let added = answer::<AddDomain>(&warned(r#"{"name":"acme.example","link":"x"}"#));
    assert_eq!(added.payload.embed.link, "x");
    assert_eq!(added.warning, None);

    let lost = ApiError::NoPayload {
        warning: "Added, but the code is late".to_owned(),
    };
    let error = failure::<AddDomain>(&warned(r#""Added, but the code is late""#));
    assert_eq!(error, lost);
    assert_eq!(error.text().as_deref(), Some("Added, but the code is late"));
    assert_eq!(
        failure::<ListOperators>(&warned(r#"{"w":"Late"}"#))
            .text()
            .as_deref(),
        Some("Late")
    );
}

#[test]
fn error_message_with_success_status_is_kept() {
    let body = r#"{"status":1,"type":"error","message":"Half of it failed"}"#;
    let answer = answer::<DeleteDomain>(&response(200, body));
    assert_eq!(answer.warning.as_deref(), Some("Half of it failed"));
}

#[test]
fn outcome_is_unknown_only_if_the_api_did_not_state_it() {
    let refusal = r#"{"status":0,"type":"error","message":"No"}"#;
    let unreachable = ApiError::Unreachable {
        detail: "Failed to fetch".to_owned(),
    };
    let timed_out = ApiError::TimedOut {
        after: Duration::from_secs(30),
    };
    let no_payload = ApiError::NoPayload {
        warning: "Late".to_owned(),
    };
    for (error, outcome_unknown) in [
        (unreachable, true),
        (timed_out, true),
        (ApiError::Cancelled, true),
        (no_payload, false),
        (error(401, ""), false),
        (error(403, "<html>"), false),
        (error(200, refusal), false),
        (error(500, refusal), false),
        (error(429, ""), false),
        (error(404, ""), false),
        (error(408, ""), true),
        (error(500, ""), true),
        (error(501, ""), true),
        (error(504, ""), true),
        (error(302, ""), true),
        (error(200, ""), true),
        (error(200, "{"), true),
        (error(200, "<html>"), true),
        (error(200, "[]"), true),
    ] {
        assert_eq!(error.outcome_unknown(), outcome_unknown, "{error:?}");
    }
}
