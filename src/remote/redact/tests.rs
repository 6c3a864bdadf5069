//! The token and the secrets are removed however they are written, and the rest is unchanged.

use std::time::Duration;

use switchboard_api::{RetryAfter, Severity};

use super::*;

/// A token with every character that some format writes differently.
const ODD: &str = r#"a/b+c"d\e%f&"#;

fn token(text: &str) -> Token {
    text.parse().expect("a token of the test")
}

fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn percent(text: &str) -> String {
    text.bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02x}")
            }
        })
        .collect()
}

fn every_character_escaped(text: &str) -> String {
    text.bytes().map(|byte| format!("\\u{byte:04X}")).collect()
}

#[test]
fn the_token_is_hidden_however_it_is_written() {
    let (odd, plain) = (token(ODD), ODD);
    let escaped = json(plain);
    let escaped = escaped.trim_matches('"').to_owned();
    let nested = json(&escaped);
    let with_slashes = escaped.replace('/', "\\/");
    for written in [
        plain.to_owned(),
        percent(plain),
        percent(plain).replace("%2f", "%2F").replace("%5c", "%5C"),
        percent(&percent(plain)),
        every_character_escaped(plain),
        every_character_escaped(plain).replace('\\', "\\\\"),
        escaped,
        with_slashes,
        nested.trim_matches('"').to_owned(),
    ] {
        let text = format!("é{written}… and {written}");
        assert_eq!(
            redacted(&text, &odd),
            format!("é{HIDDEN}… and {HIDDEN}"),
            "{written}"
        );
    }
}

#[test]
fn token_is_found_anywhere_in_a_text() {
    let token = token("sesame");
    for (text, expected) in [
        ("sesame", "[redacted]"),
        ("sesamesesame", "[redacted][redacted]"),
        (
            "/sesame?sesame=%73esame",
            "/[redacted]?[redacted]=[redacted]",
        ),
        ("ssesame", "s[redacted]"),
        ("sesam", "sesam"),
        ("Sesame", "Sesame"),
        ("", ""),
        ("ü\\", "ü\\"),
        ("%", "%"),
        ("%2", "%2"),
        ("\\u00", "\\u00"),
    ] {
        assert_eq!(redacted(text, &token), expected, "{text}");
    }
}

#[test]
fn the_values_of_secret_members_are_hidden() {
    let token = token("t0ken");
    for (text, expected) in [
        (
            r#"{"accessToken":"abc","refreshToken" : "x\"y\\","name":"é"}"#,
            r#"{"accessToken":"[redacted]","refreshToken" : "[redacted]","name":"é"}"#,
        ),
        (r#"{"AccessToken":12345}"#, r#"{"AccessToken":[redacted]}"#),
        (
            r#"{"access_token":"a"}"#,
            r#"{"access_token":"[redacted]"}"#,
        ),
        (
            r#"{"\u0061ccessToken":"a"}"#,
            r#"{"\u0061ccessToken":"[redacted]"}"#,
        ),
        (
            r#"{"refreshToken":{"a":["]","b"]},"c":1}"#,
            r#"{"refreshToken":[redacted],"c":1}"#,
        ),
        (r#"{"accessToken":"cut o"#, r#"{"accessToken":"[redacted]"#),
        (r#"{"accessToken":["cut"#, r#"{"accessToken":[redacted]"#),
        ("accessToken=abc&x=1", "accessToken=[redacted]&x=1"),
        // JSON inside a JSON string.
        (
            r#"{"config":"{\"accessToken\":\"a\\\"b\\\\\",\"c\":1}"}"#,
            r#"{"config":"{\"accessToken\":\"[redacted]\",\"c\":1}"}"#,
        ),
    ] {
        assert_eq!(redacted(text, &token), expected, "{text}");
    }
}

#[test]
fn other_text_is_not_redacted() {
    let token = token("t0ken");
    for text in [
        r#"{"accessToken":null,"refreshToken":""}"#,
        r#"{"message":"The accessToken is missing"}"#,
        r#"{"name":"Ödön \u00d6","access":[{"role":"admin"}]}"#,
        "<html>no JSON",
        r#""accessToken""#,
        r#""accessToken":"#,
    ] {
        assert_eq!(redacted(text, &token), text);
    }
}

#[test]
fn backslashes_are_read_in_linear_time() {
    for (token, text) in [
        (token("t0ken"), "\\".repeat(100_000) + "t0ken"),
        (token(&"\\".repeat(12)), "\\".repeat(2_000)),
        (token("%%"), "%25".repeat(30_000)),
    ] {
        assert!(!redacted(&text, &token).contains(token.reveal()));
    }
}

#[test]
fn error_is_redacted_in_message_and_raw_answer() {
    let token = token("t0ken");
    let text = || "say t0ken".to_owned();
    let field_errors = || {
        vec![FieldError {
            field: Some("t0ken".to_owned()),
            text: text(),
        }]
    };
    for error in [
        ApiError::Unreachable { detail: text() },
        ApiError::TimedOut {
            after: Duration::from_secs(30),
        },
        ApiError::Cancelled,
        ApiError::NotAuthorised {
            http_status: 401,
            field_errors: field_errors(),
            raw: text(),
        },
        ApiError::Refused {
            severity: Severity::Error,
            field_errors: field_errors(),
            http_status: 200,
            raw: text(),
        },
        ApiError::Http {
            status: 500,
            field_errors: field_errors(),
            raw: text(),
        },
        ApiError::RateLimited {
            retry_after: Some(RetryAfter::Seconds(1)),
            raw: text(),
        },
        ApiError::Unreadable {
            http_status: 200,
            reason: UnreadableReason::NotJson { detail: text() },
            raw: text(),
        },
        ApiError::Unreadable {
            http_status: 200,
            reason: UnreadableReason::OtherShape { expected: text() },
            raw: text(),
        },
        ApiError::NoPayload { warning: text() },
    ] {
        let kept = redacted_error(&error, &token);
        assert!(!format!("{kept:?}").contains("t0ken"), "{kept:?}");
        assert_eq!(
            kept.raw().is_some_and(|raw| raw == "say [redacted]"),
            error.raw().is_some()
        );
        assert_eq!(
            std::mem::discriminant(&kept),
            std::mem::discriminant(&error)
        );
    }
}

#[test]
fn redacted_start_equals_start_of_redacted_text() {
    let token = token("t0ken");
    let text = r#"aüt0ken…{"accessToken":"s3cret"}, t0ken"#;
    let whole = redacted(text, &token);
    for most in 0..=whole.len() + 2 {
        let (start, is_all) = redacted_start(text, &token, most);
        assert!(whole.starts_with(&start) && start.len() <= most, "{most}");
        assert_eq!(is_all, whole.len() <= most, "{most}");
        // No character is longer than four bytes.
        assert!(is_all || start.len() + 4 > most, "{most}");
    }
}
