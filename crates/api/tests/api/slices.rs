//! Long lists are read in time slices, with the same result as at once.

use std::cell::Cell;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use crate::common::success;
use switchboard_api::endpoints::{GetOrganisation, ListAssignments, ListOperators};
use switchboard_api::{Answer, ApiError, Endpoint, Response, decode, decode_in_slices};

/// Decodes in time slices without waiting at the pauses. Returns the result, and the number of pauses.
fn sliced<E: Endpoint>(response: &Response) -> (Result<Answer<E::Payload>, ApiError>, usize) {
    let pauses = Cell::new(0);
    let pause = async || pauses.set(pauses.get() + 1);
    let reading = pin!(decode_in_slices::<E>(response, pause));
    let Poll::Ready(answer) = reading.poll(&mut Context::from_waker(Waker::noop())) else {
        panic!("nothing here waits");
    };
    (answer, pauses.get())
}

fn row(number: usize) -> String {
    match number % 50 {
        // No operators, and a form that only the full parser can read.
        7 => "null".to_owned(),
        11 => r#"{"id":7}"#.to_owned(),
        13 => format!("{}{}", "[".repeat(70), "]".repeat(70)),
        17 => format!(r#"{{"\u0065mail":"escaped{number}@acme.example"}}"#),
        _ => format!(
            r#"{{"name":{{"firstName":"Ad\u00e0","lastName":"{number}"}},"email":"ada{number}@acme.example","status":1,"active":true,"addOns":[{{"status":1}}]}}"#
        ),
    }
}

#[test]
fn long_list_keeps_its_order_and_pauses() {
    let rows: Vec<String> = (0..5_000).map(row).collect();
    for list in [
        format!("[{}]", rows.join(" ,\n")),
        format!(r#"{{"operators":[{}]}}"#, rows.join(",")),
    ] {
        let answer = success(&list);
        let (operators, pauses) = sliced::<ListOperators>(&answer);
        assert_eq!(operators, decode::<ListOperators>(&answer));
        assert!(pauses >= 40, "{pauses}");
        let operators = operators.expect("operators").payload;
        assert_eq!(operators.len(), 5_000 - 300);
        let numbers: Vec<&str> = operators.iter().map(|one| one.name.last.as_str()).collect();
        let in_order = numbers.iter().filter(|last| !last.is_empty());
        assert!(in_order.is_sorted_by_key(|last| last.parse::<usize>().ok()));
        let (assignments, _) = sliced::<ListAssignments>(&answer);
        assert_eq!(assignments, decode::<ListAssignments>(&answer));
    }
}

#[test]
fn non_list_of_records_gets_the_same_error() {
    let nobody = format!("[{}]", vec!["null"; 500].join(","));
    for message in [nobody.as_str(), "17", r#""text""#, "[]", "null", "{}"] {
        let answer = success(message);
        assert_eq!(
            sliced::<ListOperators>(&answer).0,
            decode::<ListOperators>(&answer)
        );
    }
    for broken in [
        r#"[{"email":"a@b"},"#,
        r#"[{"email":"a@b"}"#,
        r#"[{"email":"a@b"} 1]"#,
        "[1,,2]",
    ] {
        assert!(ListOperators::decode(broken).is_err(), "{broken}");
    }
}

#[test]
fn non_list_is_read_without_pauses() {
    let answer = success(r#"{"name":"Acme","email":"office@acme.example"}"#);
    let (organisation, pauses) = sliced::<GetOrganisation>(&answer);
    assert_eq!(organisation, decode::<GetOrganisation>(&answer));
    assert_eq!(pauses, 0);
}
