//! Tests refusals: envelopes, HTTP statuses, rate limits.

use std::time::Duration;

use crate::common::{failure, response};
use switchboard_api::endpoints::GetOperator;
use switchboard_api::{
    Absence, ApiError, DomainName, Email, FieldError, RetryAfter, Severity, Sought,
};

fn error(status: u16, body: &str) -> ApiError {
    failure::<GetOperator>(&response(status, body))
}

/// Returns the field errors of a refusal with this message, each as `field: text`.
#[track_caller]
fn field_errors(message: &str) -> Vec<String> {
    match error(
        200,
        &format!(r#"{{"status":0,"type":"error","message":{message}}}"#),
    ) {
        ApiError::Refused { field_errors, .. } => {
            field_errors.iter().map(FieldError::to_string).collect()
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
        assert_eq!(field_errors(message), expected, "{message}");
    }
}

#[test]
fn status_0_in_any_notation_is_a_refusal() {
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
                    field_errors: vec![FieldError {
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
fn bad_token_is_recognised_by_status_or_message() {
    for (status, body) in [
        (401, ""),
        (401, "Unauthorized"),
        (401, r#"{"message":"Unauthenticated."}"#),
        (403, r#"{"message":"Invalid token"}"#),
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
        error(401, r#"{"error":"No"}"#).text().as_deref(),
        Some("No")
    );
}

#[test]
fn block_by_a_proxy_is_not_a_refused_token() {
    for (status, body) in [
        (403, "<html>Forbidden</html>"),
        (403, " \n<!DOCTYPE html><title>403</title>"),
        (403, ""),
        (403, "Forbidden"),
        (403, "RBAC: access denied"),
        (403, r#"{"message":"Forbidden"}"#),
        (401, "<html><h1>401 Authorization Required</h1></html>"),
    ] {
        let expected = ApiError::Http {
            status,
            field_errors: Vec::new(),
            raw: body.to_owned(),
        };
        assert_eq!(error(status, body), expected);
    }
}

/// Returns the refusal with this `message`, in JSON.
fn refusal(http_status: u16, message: &str) -> ApiError {
    error(
        http_status,
        &format!(r#"{{"status":0,"type":"error","message":{message}}}"#),
    )
}

#[test]
fn only_unambiguous_messages_count_as_token_refusals() {
    for (message, is_of_the_token) in [
        (r#""Invalid token""#, true),
        (r#""invalid api_token.""#, true),
        (r#""Token expired""#, true),
        (
            r#""The access token has expired. Please log in again.""#,
            true,
        ),
        (r#""Invalid token: signature of 2026-11-29""#, true),
        (r#""Error: token mismatch""#, true),
        (r#""No token provided""#, true),
        (r#""Token not found""#, true),
        (r#""Authentication required!""#, true),
        (r#""You are not authenticated""#, true),
        (r#""Unauthorized access""#, true),
        (r#"{"code":401,"message":"Unauthorised"}"#, true),
        (r#"{"access_token":"is missing"}"#, true),
        (
            r#"{"errors":["Domain already exists","Invalid token"]}"#,
            true,
        ),
        // A name may consist of any words.
        (r#""Token Ltd already exists""#, false),
        (r#""Invalid Token Ltd already exists""#, false),
        (r#""Operator \"Invalid token\" already exists""#, false),
        (r#"{"name":"Invalid token"}"#, false),
        (r#""Authorised Dealers already exists""#, false),
        (r#""token@acme.example does not exist""#, false),
        (r#""Domain token.acme.example exists already""#, false),
        (r#""authorisation@acme.example does not exist""#, false),
        (r#""Domain authorised.example exists already""#, false),
        (r#""The author is unknown""#, false),
        (r#""Tokenizer is not an operator""#, false),
        // The permission is missing, not the token.
        (r#""You are not authorised to delete this domain""#, false),
        (r#""Not on a Monday""#, false),
        ("null", false),
    ] {
        let error = refusal(200, message);
        let found = matches!(error, ApiError::NotAuthorised { .. });
        assert_eq!(found, is_of_the_token, "{message}");
    }
}

#[test]
fn only_explicit_refusal_shows_absence() {
    let domain: DomainName = "shop.acme.example".parse().expect("a domain name");
    let email: Email = "ada@acme.example".parse().expect("an e-mail address");
    let (domain, operator) = (Sought::Domain(&domain), Sought::Operator(&email));
    let (certain, not_said) = (Absence::Certain, Absence::NotSaid);
    for (sought, http_status, message, expected) in [
        (domain, 200, r#""Domain does not exist""#, certain),
        (domain, 200, r#""Domain doesn’t exist.""#, certain),
        (domain, 200, r#""Not found""#, certain),
        (domain, 200, r#""No record found""#, certain),
        (domain, 200, r#""Unknown domain""#, certain),
        (
            domain,
            200,
            r#""No such domain: 'Shop.acme.example'""#,
            certain,
        ),
        (domain, 200, r#"{"domain":"does not exist"}"#, certain),
        (domain, 200, r#"{"code":"DOMAIN_NOT_FOUND"}"#, certain),
        (
            domain,
            404,
            r#"{"code":404,"message":"Domain not found"}"#,
            certain,
        ),
        (operator, 200, r#""Operator does not exist""#, certain),
        (
            operator,
            200,
            r#""User ada@acme.example could not be found""#,
            certain,
        ),
        // The path itself may be missing.
        (domain, 404, r#""Not found""#, not_said),
        (domain, 404, r#"{"code":404}"#, not_said),
        // The server failed.
        (domain, 500, r#""Domain not found""#, not_said),
        (domain, 200, "null", not_said),
        (domain, 200, r#""Not on a Monday""#, not_said),
        (domain, 200, r#""Unknown error""#, not_said),
        (domain, 200, r#""Domain is not available""#, not_said),
        (
            domain,
            200,
            r#""Domain does not exist in your plan""#,
            not_said,
        ),
        (
            domain,
            200,
            r#""Domain not found: the directory timed out""#,
            not_said,
        ),
        (
            domain,
            200,
            r#""Other.acme.example does not exist""#,
            not_said,
        ),
        (domain, 200, r#""Addon not found""#, not_said),
        (domain, 200, r#""User not found""#, not_said),
        (domain, 200, r#""Domain is blocked""#, not_said),
        (domain, 200, r#""Domain exists""#, not_said),
        (
            domain,
            200,
            r#"["Domain not found","Payment is incomplete"]"#,
            not_said,
        ),
        (
            operator,
            200,
            r#""Operator does not exist on this domain""#,
            not_said,
        ),
        (operator, 200, r#""Organisation not found""#, not_said),
    ] {
        let error = refusal(http_status, message);
        assert_eq!(error.absence(sought), expected, "{http_status} {message}");
    }
    // Without an envelope, the answer may not be the API's.
    for (http_status, body) in [(404, "Domain not found"), (404, ""), (502, ""), (401, "")] {
        let error = error(http_status, body);
        assert_eq!(error.absence(domain), not_said, "{http_status} {body}");
    }
    let lost = ApiError::Unreachable {
        detail: "Domain does not exist".to_owned(),
    };
    assert_eq!(lost.absence(domain), not_said);
}

#[test]
fn existing_object_is_recognised_by_the_message() {
    for (message, exists) in [
        (r#""Domain already exists""#, true),
        (r#"{"domain":"is taken"}"#, true),
        (r#""Duplicate entry""#, true),
        (r#""Domain does not exist""#, false),
        (r#""Domain doesn't exist""#, false),
        (r#""Not on a Monday""#, false),
        (r#"{"email":"is not valid"}"#, false),
        ("null", false),
    ] {
        assert_eq!(refusal(200, message).says_it_exists(), exists, "{message}");
    }
}

#[test]
fn http_failure_without_an_envelope_keeps_its_message() {
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
fn error_text_has_the_api_message_without_the_raw_answer() {
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
