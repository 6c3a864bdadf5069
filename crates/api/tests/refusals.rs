//! What the API says no with: envelopes, HTTP statuses, rate limits.

mod common;

use std::time::Duration;

use common::{failure, response};
use switchboard_api::endpoints::GetOperator;
use switchboard_api::{ApiError, Complaint, RetryAfter, Severity};

fn error(status: u16, body: &str) -> ApiError {
    failure::<GetOperator>(&response(status, body))
}

/// The complaints of a refusal with this message, each as `field: text`.
#[track_caller]
fn complaints(message: &str) -> Vec<String> {
    match error(
        200,
        &format!(r#"{{"status":0,"type":"error","message":{message}}}"#),
    ) {
        ApiError::Refused { complaints, .. } => {
            complaints.iter().map(Complaint::to_string).collect()
        }
        error => panic!("{message}: {error:?}"),
    }
}

#[test]
fn complaints_are_found_in_a_message_of_any_shape() {
    for (message, expected) in [
        (
            r#""Operator does not exist""#,
            vec!["Operator does not exist"],
        ),
        (r#"" ""#, vec![]),
        ("null", vec![]),
        ("[]", vec![]),
        ("{}", vec![]),
        ("404", vec!["404"]),
        (r#"{"email":"is not valid"}"#, vec!["email: is not valid"]),
        (
            r#"{"name":["is required","is short"],"email":null,"domain":""}"#,
            vec!["name: is required", "name: is short"],
        ),
        (r#"["one","two",["three"]]"#, vec!["one", "two", "three"]),
        (
            r#"[{"email":"is taken"},{"name":"is odd"}]"#,
            vec!["email: is taken", "name: is odd"],
        ),
        (r#"{"message":"Domain exists"}"#, vec!["Domain exists"]),
        (
            r#"{"operators":"No such operator"}"#,
            vec!["No such operator"],
        ),
        (
            r#"{"errors":{"email":{"isEmail":"is odd"}}}"#,
            vec!["email: is odd"],
        ),
        (r#"{"0":"first","1":"second"}"#, vec!["first", "second"]),
        (r#"{"code":422,"detail":"No"}"#, vec!["code: 422", "No"]),
        (
            r#"{"z":"last letter first","a":"kept in order"}"#,
            vec!["z: last letter first", "a: kept in order"],
        ),
    ] {
        assert_eq!(complaints(message), expected, "{message}");
    }
}

#[test]
fn status_0_is_a_refusal_in_any_dress_and_at_any_http_status() {
    for status in ["0", "\"0\"", "false", "\"False\"", "0.0"] {
        for kind in ["error", "Error", "warning", "Success", ""] {
            for http_status in [200, 201, 302, 400, 404, 422, 500, 503] {
                let body = format!(r#"{{"status":{status},"type":"{kind}","message":"No"}}"#);
                let severity = match kind {
                    "warning" => Severity::Warning,
                    _ => Severity::Error,
                };
                let refused = ApiError::Refused {
                    severity,
                    complaints: vec![Complaint {
                        field: None,
                        text: "No".to_owned(),
                    }],
                    http_status,
                    raw: body.clone(),
                };
                assert_eq!(error(http_status, &body), refused);
            }
        }
    }
    assert!(matches!(
        error(200, r#"{"type":"ERROR"}"#),
        ApiError::Refused { .. }
    ));
}

#[test]
fn a_bad_token_is_known_by_http_status_or_by_words() {
    for (status, body) in [
        (401, ""),
        (403, "<html>Forbidden</html>"),
        (401, r#"{"status":0,"type":"error","message":"No"}"#),
        (403, r#"{"status":1,"type":"Success","message":"No"}"#),
        (200, r#"{"status":0,"message":"Invalid token."}"#),
        (
            200,
            r#"{"status":0,"message":"The 'api_token' is missing"}"#,
        ),
        (400, r#"{"status":0,"message":{"api_token":"is required"}}"#),
        (200, r#"{"status":0,"message":"Unauthorized"}"#),
        (200, r#"{"status":0,"message":"You are not authorised!"}"#),
        (500, r#"{"status":0,"message":["Authentication failed"]}"#),
    ] {
        let error = error(status, body);
        match &error {
            ApiError::NotAuthorised {
                http_status, raw, ..
            } => {
                assert_eq!((*http_status, raw.as_str()), (status, body));
            }
            _ => panic!("{status} {body}: {error:?}"),
        }
        assert!(!error.outcome_unknown());
    }
    assert_eq!(
        error(401, r#"{"status":0,"message":"No"}"#)
            .text()
            .as_deref(),
        Some("No")
    );
    assert_eq!(
        error(403, r#"{"error":"No"}"#).text().as_deref(),
        Some("No")
    );
}

#[test]
fn a_token_in_somebodys_name_is_not_a_bad_token() {
    for words in [
        "token@acme.example does not exist",
        "Domain token.acme.example exists already",
        "authorisation@acme.example does not exist",
        "Domain authorised.example exists already",
        "The author is unknown",
        "Tokenizer is not an operator",
    ] {
        let body = format!(r#"{{"status":0,"message":"{words}"}}"#);
        assert!(
            matches!(error(200, &body), ApiError::Refused { .. }),
            "{words}"
        );
    }
}

#[test]
fn http_failures_without_an_envelope_keep_what_was_said() {
    for (status, body, text) in [
        (404, "", None),
        (404, "<html><h1>Not Found</h1></html>", None),
        (404, r#"{"error":"No such route"}"#, Some("No such route")),
        (422, r#"{"email":["is taken"]}"#, Some("email: is taken")),
        (500, "\"Out of order\"", Some("Out of order")),
        (502, "Bad Gateway", None),
        (503, r#"{"status":0"#, None),
        (304, "", None),
    ] {
        let error = error(status, body);
        assert!(
            matches!(&error, ApiError::Http { status: s, .. } if *s == status),
            "{error:?}"
        );
        assert_eq!(error.text().as_deref(), text, "{body}");
        assert_eq!(error.raw(), Some(body));
    }
}

#[test]
fn a_rate_limit_says_when_to_try_again() {
    let at = 784_111_777;
    for (header, retry_after) in [
        (Some("120"), Some(RetryAfter::Seconds(120))),
        (Some(" 0 "), Some(RetryAfter::Seconds(0))),
        (
            Some("99999999999999999999"),
            Some(RetryAfter::Seconds(u32::MAX)),
        ),
        (
            Some("Sun, 06 Nov 1994 08:49:37 GMT"),
            Some(RetryAfter::At(at)),
        ),
        (
            Some("Sunday, 06-Nov-94 08:49:37 GMT"),
            Some(RetryAfter::At(at)),
        ),
        (Some("Sun Nov  6 08:49:37 1994"), Some(RetryAfter::At(at))),
        (Some("soon"), None),
        (Some("-5"), None),
        (Some(""), None),
        (None, None),
    ] {
        let mut response = response(429, r#"{"status":0,"message":"Slow down"}"#);
        response
            .headers
            .extend(header.map(|value| ("rEtRy-AfTeR".to_owned(), value.to_owned())));
        let limited = ApiError::RateLimited {
            retry_after,
            raw: r#"{"status":0,"message":"Slow down"}"#.to_owned(),
        };
        assert_eq!(failure::<GetOperator>(&response), limited, "{header:?}");
    }
    assert_eq!(RetryAfter::Seconds(5).wait(at), Duration::from_secs(5));
    assert_eq!(RetryAfter::At(at + 7).wait(at), Duration::from_secs(7));
    assert_eq!(RetryAfter::At(at - 7).wait(at), Duration::ZERO);
}

#[test]
fn every_error_is_a_sentence_with_the_apis_words_and_without_the_raw_answer() {
    let refused = error(
        200,
        r#"{"status":0,"message":{"email":["is odd","is taken"]},"x":"raw"}"#,
    );
    let sentence = "the API refused (HTTP 200): email: is odd; email: is taken";
    assert_eq!(refused.to_string(), sentence);
    let unreadable = error(200, "<html>");
    let sentence = "the API's answer could not be read (HTTP 200): it is HTML";
    assert_eq!(unreadable.to_string(), sentence);
}
