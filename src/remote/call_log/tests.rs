use leptos::reactive::owner::Owner;
use switchboard_api::endpoints::{AddOperator, GetOrganisation};
use switchboard_api::request;

use super::*;

fn connection(base: &str) -> Connection {
    Connection::new(
        base.parse().expect("a base URL of the test"),
        "t0ken".parse().expect("a token of the test"),
    )
}

fn call(id: u32, base: &str) -> Call {
    let connection = connection(base);
    let request = request(&connection, &GetOrganisation);
    Call::begun(id, 1, &connection, "organisation", &request)
}

fn ids(log: &CallLog) -> Vec<u32> {
    untrack(|| log.newest_first().iter().map(|call| call.id).collect())
}

fn in_a_page(test: impl FnOnce(CallLog)) {
    Owner::new().with(|| test(CallLog::empty()));
}

#[test]
fn logged_call_contains_the_request_without_token() {
    let connection = connection("https://acme.example/t0ken/");
    let write = AddOperator {
        email: "t0ken@acme.example".parse().expect("an e-mail of the test"),
        name: "Ada t0ken".to_owned(),
    };
    let request = request(&connection, &write);
    let call = Call::begun(7, 1, &connection, "operator/add", &request);
    assert_eq!(call.path, "auth/addon/live_chat/operator/add");
    assert_eq!(call.token_header, "api_token");
    assert_eq!(
        call.body.as_deref(),
        Some(r#"{"email":"[redacted]@acme.example","name":"Ada [redacted]"}"#)
    );
    let names: Vec<_> = call.headers.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["Accept", "Content-Type"]);
}

#[test]
fn the_newest_calls_are_kept_and_the_oldest_go() {
    in_a_page(|log| {
        for id in 0..502 {
            log.push(call(id, "https://acme.example/"));
        }
        let ids = ids(&log);
        assert_eq!((ids.len(), ids[0], ids[499]), (500, 501, 2));
    });
}

#[test]
fn log_tells_since_when_no_call_is_missing() {
    in_a_page(|log| {
        log.since.set_value(Some(7));
        let at = |at| Call {
            at,
            ..call(1, "https://acme.example/")
        };
        for time in 10..509 {
            log.push(at(time));
        }
        assert_eq!(untrack(|| log.since()), Some(7));
        log.push(at(509));
        log.push(at(510));
        assert_eq!(
            untrack(|| log.since()),
            Some(11),
            "older calls were removed"
        );
        log.clear();
        assert_eq!(untrack(|| log.since()), None);
    });
}

#[test]
fn a_call_that_ends_after_the_log_was_cleared_does_not_come_back() {
    in_a_page(|log| {
        let end = || CallEnd {
            took: 5,
            status: Some(200),
            answer: None,
            outcome: Ok(None),
        };
        log.push(call(1, "https://acme.example/"));
        log.end(1, end());
        assert_eq!(
            untrack(|| log.find(1)).and_then(|call| call.end.clone()),
            Some(end())
        );
        log.clear();
        log.end(1, end());
        assert!(ids(&log).is_empty());
    });
}

#[test]
fn the_calls_of_another_organisation_go() {
    in_a_page(|log| {
        log.push(call(1, "https://acme.example/"));
        log.push(call(2, "https://other.example/"));
        log.keep_only(&connection("https://other.example/").base_url);
        assert_eq!(ids(&log), [2]);
    });
}

#[test]
fn secret_at_the_truncation_is_fully_redacted() {
    let connection = connection("https://acme.example/");
    let response = |padding: usize| Response {
        status: 200,
        headers: Vec::new(),
        body: format!("{}t0ken ü and more", "ü".repeat(padding / 2)).into_bytes(),
    };
    for padding in (ANSWER - 12)..=ANSWER {
        let response = response(padding);
        let kept = KeptAnswer::of(&response, &connection.token);
        assert!(!kept.text.contains("t0"), "{padding}");
        assert!(kept.text.len() <= ANSWER);
        assert_eq!(kept.cut_from, Some(response.body.len()));
    }
    let whole = KeptAnswer::of(&response(10), &connection.token);
    assert_eq!(whole.cut_from, None);
}

#[test]
fn a_call_that_we_abandoned_did_not_fail() {
    let ended = |outcome| Call {
        end: Some(CallEnd {
            took: 1,
            status: None,
            answer: None,
            outcome,
        }),
        ..call(1, "https://acme.example/")
    };
    assert!(!call(1, "https://acme.example/").failed());
    assert!(!ended(Ok(None)).failed());
    assert!(!ended(Err(ApiError::Cancelled)).failed());
    let lost = ApiError::Unreachable {
        detail: String::new(),
    };
    assert!(ended(Err(lost)).failed());
}
