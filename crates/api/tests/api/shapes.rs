//! Tests the same answers in every shape that the reference allows, and in some that it does not.

use crate::common::{answer, domain, email, failure, parts, payload, response, success, whole};
use switchboard_api::endpoints::{
    AddAssignment, AddDomain, GetDomain, GetOperator, GetOrganisation, ListAssignments,
    ListOperators, UpdateAssignment,
};
use switchboard_api::{ApiError, Endpoint, PersonName, Presence, Tristate, UnreadableReason};

#[test]
fn the_envelope_is_opened_in_every_dress() {
    for kind in ["Success", "success", "SUCCESS", " success "] {
        for status in ["1", "\"1\"", "1.0", "\" 1 \"", "true", "\"TRUE\""] {
            let body = format!(r#"{{"status":{status},"type":"{kind}","message":"Done"}}"#);
            let answer = answer::<AddAssignment>(&response(200, &body));
            assert_eq!(
                (answer.payload.text.as_str(), answer.warning),
                ("Done", None),
                "{body}"
            );
        }
    }
    for body in [
        r#"{"message":"Done","status":1}"#,
        r#"{"type":"Success","message":"Done"}"#,
        r#"{"type":"success","status":null,"message":"Done"}"#,
        r#"{"x":{"status":0},"status":0,"status":1,"type":null,"message":"Done"}"#,
        "\u{FEFF} \r\n {\"status\":1,\"message\":\"Done\"}\n",
    ] {
        let answer = answer::<AddAssignment>(&response(201, body));
        assert_eq!(answer.payload.text, "Done", "{body}");
    }
}

#[test]
fn name_in_either_form_displays_the_same() {
    for (json, name) in [
        (r#""Grace Hopper""#, whole("Grace Hopper")),
        (
            r#"{"firstName":"Grace","lastName":"Hopper"}"#,
            parts("Grace", "Hopper"),
        ),
        (
            r#"{"lastName":"Hopper","middle":1,"firstName":"Grace"}"#,
            parts("Grace", "Hopper"),
        ),
        (
            r#"{"firstName":"Grace Hopper","lastName":null}"#,
            whole("Grace Hopper"),
        ),
        (r#"{"lastName":"Grace Hopper"}"#, parts("", "Grace Hopper")),
        (r#"["Grace","Hopper"]"#, whole("Grace Hopper")),
        (r#""  Grace   Hopper ""#, whole("Grace   Hopper")),
    ] {
        let operator = payload::<GetOperator>(&format!(r#"{{"name":{json}}}"#));
        assert_eq!(operator.name, name, "{json}");
        assert_eq!(operator.name.display(), "Grace Hopper", "{json}");
        assert_eq!(operator.name.initials(), "GH", "{json}");
        let list = payload::<ListOperators>(&format!(r#"[{{"name":{json}}}]"#));
        assert_eq!(list[0].name, name, "{json}");
        let list = payload::<ListAssignments>(&format!(r#"[{{"name":{json}}}]"#));
        assert_eq!(list[0].name, name, "{json}");
        let access = payload::<GetOrganisation>(&format!(r#"{{"access":[{{"name":{json}}}]}}"#));
        assert_eq!(access.access[0].name, "Grace Hopper", "{json}");
    }
    let name = |json: &str| payload::<GetOperator>(&format!(r#"{{"name":{json}}}"#)).name;
    assert_eq!(name("null"), PersonName::default());
    assert_eq!(name("{}"), PersonName::default());
    assert_eq!(name("42"), whole("42"));
    assert_eq!(name(r#"{"nick":"Amazing"}"#), whole("nick: Amazing"));
}

#[test]
fn missing_null_or_unknown_field_affects_no_other() {
    for message in [
        r#"{"email":"grace@acme.example"}"#,
        r#"{"email":"grace@acme.example","name":null,"status":null,"active":null,"addOns":null}"#,
        r#"{"email":"grace@acme.example","x":[{"y":[[]]}],"addOns":[],"\u0000":1e999}"#,
        r#"{"email":"x","email":"grace@acme.example","addOns":"none"}"#,
        r#"[{"email":"grace@acme.example"}]"#,
    ] {
        let operator = payload::<GetOperator>(message);
        assert_eq!(operator.email, email("grace@acme.example"), "{message}");
        assert_eq!(operator.name, PersonName::default(), "{message}");
        assert_eq!(operator.presence, Presence::default(), "{message}");
        assert_eq!(operator.live_chat, None, "{message}");
    }
}

#[test]
fn embed_code_is_exact_and_a_missing_one_empty() {
    let added = payload::<AddDomain>(
        r#"{"name":"acme.example","link":" <script>\n  a(\"\u0026\");\r\n</script>\t","socketLink":null}"#,
    );
    assert_eq!(added.name, domain("acme.example"));
    assert_eq!(added.embed.link, " <script>\n  a(\"&\");\r\n</script>\t");
    assert_eq!(added.embed.socket_link, "");
    let added = payload::<AddDomain>(r#"{"socketLink":"https://acme.example/s.js"}"#);
    assert_eq!(added.embed.link, "");
    assert_eq!(added.embed.socket_link, "https://acme.example/s.js");
}

#[test]
fn odd_keys_are_kept_as_they_came() {
    let operator = payload::<GetOperator>(r#"{"email":" not an address "}"#);
    assert_eq!(operator.email.as_str(), " not an address ");
    let domain = payload::<GetDomain>(r#"{"name":"WWW.Acme_Shop.example."}"#);
    assert_eq!(domain.name.as_str(), "WWW.Acme_Shop.example.");
}

fn addresses(message: &str) -> Vec<String> {
    let operators = payload::<ListOperators>(message);
    operators
        .iter()
        .map(|operator| operator.email.to_string())
        .collect()
}

#[test]
fn one_bad_element_does_not_lose_the_others() {
    let good = r#"{"email":"a@acme.example"},{"email":"b@acme.example"}"#;
    for bad in [
        "null",
        "7",
        "\"x\"",
        "[]",
        "[{}]",
        "{}",
        r#"{"error":"no"}"#,
        "1e999",
    ] {
        let both = addresses(&format!("[{bad},{good},{bad}]"));
        assert_eq!(both, ["a@acme.example", "b@acme.example"], "{bad}");
    }
}

#[test]
fn a_list_is_read_in_every_dress() {
    for empty in ["null", "[]", "{}", r#"{"operators":[]}"#] {
        assert_eq!(addresses(empty), [""; 0], "{empty}");
    }
    for list in [
        r#"[{"email":"a@x"},{"email":"b@x"}]"#,
        r#"{"0":{"email":"a@x"},"1":{"email":"b@x"}}"#,
        r#"{"operators":[{"email":"a@x"},{"email":"b@x"}]}"#,
    ] {
        assert_eq!(addresses(list), ["a@x", "b@x"], "{list}");
    }
    assert_eq!(addresses(r#"{"email":"a@x"}"#), ["a@x"]);
    assert_eq!(addresses(r#"{"status":1,"type":"Success"}"#).len(), 1);
    let missing = answer::<ListOperators>(&response(200, r#"{"status":1,"type":"Success"}"#));
    assert_eq!(missing.payload, []);
}

#[test]
fn operators_of_a_domain_never_fail_the_answer() {
    for operators in [
        "null",
        "[]",
        "{}",
        "3",
        "\"none\"",
        "[1,null,\"x\",[],{}]",
        "[[{}]]",
    ] {
        let domain = payload::<GetDomain>(&format!(r#"{{"name":"a","operators":{operators}}}"#));
        assert_eq!(
            (domain.name.as_str(), domain.operators.len()),
            ("a", 0),
            "{operators}"
        );
    }
    for operators in [
        r#"[{"email":"a@x","isAdmin":"1"},5]"#,
        r#"{"0":{"email":"a@x","isAdmin":"true"}}"#,
        r#"{"email":"a@x","isAdmin":1}"#,
    ] {
        let domain = payload::<GetDomain>(&format!(r#"{{"operators":{operators}}}"#));
        assert_eq!(domain.operators.len(), 1, "{operators}");
        assert_eq!(domain.operators[0].email, email("a@x"), "{operators}");
        assert_eq!(domain.operators[0].is_admin, Tristate::On, "{operators}");
    }
}

#[test]
fn operators_are_counted_only_if_all_were_read() {
    for (operators, count) in [
        ("[]", Some(0)),
        ("{}", Some(0)),
        (r#"[{"email":"a@x"},{"email":"b@x"}]"#, Some(2)),
        (r#"{"0":{"email":"a@x"}}"#, Some(1)),
        (r#"[{"email":"a@x"},5]"#, None),
        (r#"["5f0c","5f0d"]"#, None),
        (r#"{"total":3}"#, None),
        ("3", None),
        ("null", None),
    ] {
        let domain = payload::<GetDomain>(&format!(r#"{{"name":"a","operators":{operators}}}"#));
        assert_eq!(domain.operator_count, count, "{operators}");
    }
    let silent = payload::<GetDomain>(r#"{"name":"a"}"#);
    assert_eq!(silent.operator_count, None);
}

#[test]
fn words_of_a_change_are_read_in_every_dress() {
    for (message, text) in [
        (r#""Operator Updated""#, "Operator Updated"),
        (r#"{"operators":"Operator Updated"}"#, "Operator Updated"),
        (r#"{"anything":"Operator Updated"}"#, "Operator Updated"),
        ("null", ""),
        ("true", "true"),
        (r#"{"a":1}"#, r#"{"a":1}"#),
        (r#"{"a":"x","b":"y"}"#, r#"{"a":"x","b":"y"}"#),
        ("[]", "[]"),
    ] {
        assert_eq!(payload::<UpdateAssignment>(message).text, text, "{message}");
    }
    let missing = answer::<UpdateAssignment>(&response(200, r#"{"status":1}"#));
    assert_eq!(missing.payload.text, "");
}

#[track_caller]
fn assert_other_shape<E: Endpoint>(message: &str) {
    match failure::<E>(&success(message)) {
        ApiError::Unreadable {
            http_status: 200,
            reason: UnreadableReason::OtherShape { expected },
            raw,
        } => {
            assert!(!expected.is_empty());
            assert!(raw.contains(message), "{message}");
        }
        error => panic!("{}: {message}: {error:?}", E::NAME),
    }
}

#[test]
fn payload_of_another_shape_is_an_error() {
    for message in [
        "null",
        "1",
        "true",
        "\"text\"",
        "[]",
        "{}",
        r#"{"a":1}"#,
        "[{},{}]",
        "[1]",
    ] {
        assert_other_shape::<GetOrganisation>(message);
        assert_other_shape::<GetOperator>(message);
        assert_other_shape::<GetDomain>(message);
        assert_other_shape::<AddDomain>(message);
    }
    for message in [
        "1",
        "false",
        "\"No operators\"",
        "[1,2]",
        "[{}]",
        r#"{"a":{"b":1}}"#,
    ] {
        assert_other_shape::<ListOperators>(message);
        assert_other_shape::<ListAssignments>(message);
    }
}

#[test]
fn non_text_is_neither_embed_code_nor_name() {
    let message = r#"{"name":7,"email":true,"link":[],"socketLink":{"a":1}}"#;
    let added = payload::<AddDomain>(message);
    assert_eq!(
        (added.embed.link, added.embed.socket_link),
        (String::new(), String::new())
    );
    assert_eq!(added.name.as_str(), "");
}
