//! Answers that are malformed, endless or huge lose as little as possible.

use crate::common::{answer, email, failure, parts, payload, response, success, whole};
use switchboard_api::endpoints::{GetOperator, GetOrganisation, ListOperators};
use switchboard_api::{ApiError, UntypedJson};

#[test]
fn lone_surrogate_loses_one_character() {
    let list = r#"[{"email":"a@x","name":"\ud800Ada\uDFFF \ud83d\ude00 \\ud800 \ud83d"},
        {"email":"b@x","name":"\ud83dx\ud83d\ud83d\ude00","\udc00":1}]"#;
    let operators = payload::<ListOperators>(list);
    assert_eq!(
        operators[0].name,
        whole("\u{FFFD}Ada\u{FFFD} 😀 \\ud800 \u{FFFD}")
    );
    assert_eq!(operators[1].name, whole("\u{FFFD}x\u{FFFD}😀"));
    assert_eq!(operators[1].email, email("b@x"));
}

#[test]
fn invalid_utf_8_loses_one_character() {
    let mut response = success(r#"[{"name":"Bj?rk","email":"b@x"},{"email":"a@x"}]"#);
    let at = response
        .body
        .iter()
        .position(|b| *b == b'?')
        .expect("the mark");
    response.body[at] = 0xF6;
    let operators = answer::<ListOperators>(&response).payload;
    assert_eq!(operators[0].name, whole("Bj\u{FFFD}rk"));
    assert_eq!(operators.len(), 2);
}

#[test]
fn a_value_nested_beyond_measure_is_kept_as_text() {
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let organisation = payload::<GetOrganisation>(&format!(
        r#"{{"name":"Acme","plan":[{{"price":{deep},"x":{deep}}}],"access":{deep}}}"#
    ));
    assert_eq!(organisation.name, "Acme");
    assert_eq!(
        organisation.plan[0].price,
        UntypedJson(serde_json::Value::String(deep))
    );
    assert_eq!(organisation.access, []);
}

#[test]
fn a_list_of_tens_of_thousands_is_read_whole() {
    let rows: Vec<String> = (0..50_000)
        .map(|n| format!(r#"{{"name":{{"firstName":"A","lastName":"{n}"}},"email":"{n}@x"}}"#))
        .collect();
    let operators = payload::<ListOperators>(&format!("[{}]", rows.join(",")));
    assert_eq!(operators.len(), 50_000);
    assert_eq!(operators[49_999].email, email("49999@x"));
    assert_eq!(operators[49_999].name, parts("A", "49999"));
}

/// Returns the number of field errors in a refusal with this message.
fn field_errors(message: &str) -> usize {
    let body = format!(r#"{{"status":0,"message":{message}}}"#);
    match failure::<GetOperator>(&response(200, &body)) {
        ApiError::Refused { field_errors, .. } => field_errors.len(),
        error => panic!("{error:?}"),
    }
}

#[test]
fn a_message_without_end_is_followed_only_so_far() {
    let deep = format!("{}\"x\"{}", "[".repeat(5_000), "]".repeat(5_000));
    assert_eq!(field_errors(&deep), 1);
    let wide = format!("[{}\"x\"]", "\"x\",".repeat(5_000));
    assert_eq!(field_errors(&wide), 100);
}

#[test]
fn long_answer_is_truncated_between_characters_with_a_mark() {
    let body = format!("<{}", "é".repeat(40_000));
    let error = failure::<GetOperator>(&response(200, &body));
    let raw = error.raw().expect("the answer's text");
    let kept: String = raw.chars().take_while(|c| *c != '\n').collect();
    assert!(body.starts_with(&kept));
    assert_eq!(kept.len(), 64 * 1024 - 1);
    assert!(
        raw.ends_with("[… cut: 80001 bytes in all]"),
        "{}",
        &raw[raw.len() - 40..]
    );
}
