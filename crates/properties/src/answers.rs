//! Answers of the API, read by all fourteen decoders.
//!
//! The first character of an input selects the frame of the rest. `m` is the envelope of a success, and `f` that of a
//! refusal. A digit selects an HTTP status (`STATUSES`), with the rest as the whole body. Any other character is used
//! four times its number as the status.

use std::fmt::Debug;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use switchboard_api::endpoints::{
    AddAssignment, AddDomain, AddOperator, DeleteDomain, DeleteUser, GetDomain, GetOperator,
    GetOrganisation, ListAssignments, ListOperators, RemoveAssignment, UpdateAssignment,
    UpdateDomain, UpdateOperator,
};
use switchboard_api::{ApiError, Endpoint, Response, decode, decode_in_slices};

const STATUSES: [u16; 10] = [200, 201, 204, 302, 400, 401, 404, 422, 429, 503];

/// The maximum length of an answer in an error, including the mark that it was truncated.
const KEPT: usize = 64 * 1024 + 64;

/// Checks the property for these bytes.
pub fn check(data: &[u8]) {
    let response = response(data);
    examine::<GetOrganisation>(&response);
    examine::<AddOperator>(&response);
    examine::<GetOperator>(&response);
    let operators = examine::<ListOperators>(&response);
    same_in_slices::<ListOperators>(&response);
    examine::<UpdateOperator>(&response);
    let added = examine::<AddDomain>(&response);
    let domain = examine::<GetDomain>(&response);
    examine::<UpdateDomain>(&response);
    examine::<DeleteDomain>(&response);
    examine::<AddAssignment>(&response);
    examine::<UpdateAssignment>(&response);
    examine::<RemoveAssignment>(&response);
    examine::<ListAssignments>(&response);
    same_in_slices::<ListAssignments>(&response);
    examine::<DeleteUser>(&response);
    if let Some(operators) = &operators {
        for operator in operators {
            let (name, initials) = (operator.name.display(), operator.name.initials());
            assert_eq!(name.is_empty(), name.trim().is_empty(), "a name of blanks");
            assert!(initials.chars().count() <= name.chars().count().max(2) * 3);
        }
    }
    if let Some(domain) = &domain {
        assert!(
            domain
                .operator_count
                .is_none_or(|count| count == domain.operators.len()),
            "a count that the answer does not bear out"
        );
    }
    // A cross-check with a parser that builds a tree.
    let Ok(tree) = serde_json::from_slice::<serde_json::Value>(&response.body) else {
        return;
    };
    let message = &tree["message"];
    if let Some(added) = added
        && message.is_object()
    {
        let link = message["link"].as_str();
        let socket_link = message["socketLink"].as_str();
        for (there, kept) in [
            (link, &added.embed.link),
            (socket_link, &added.embed.socket_link),
        ] {
            assert!(
                there.is_none_or(|there| there == kept),
                "an embed code came out as another text"
            );
        }
    }
    if let (Some(operators), Some(rows)) = (operators, message.as_array()) {
        let known = rows.iter().filter(|row| row["email"].is_string());
        assert!(
            (known.count()..=rows.len()).contains(&operators.len()),
            "a row was lost or made up"
        );
    }
}

fn response(data: &[u8]) -> Response {
    let (first, rest) = data.split_first().unwrap_or((&b'0', &[]));
    let wrapped = |before: &str| [before.as_bytes(), rest, b"}"].concat();
    let (status, body) = match *first {
        b'm' => (200, wrapped(r#"{"status":1,"type":"success","message":"#)),
        b'f' => (200, wrapped(r#"{"status":0,"type":"error","message":"#)),
        digit @ b'0'..=b'9' => (STATUSES[usize::from(digit - b'0')], rest.to_vec()),
        other => (u16::from(other) * 4, rest.to_vec()),
    };
    // The value of a header comes from outside as well.
    let retry_after = String::from_utf8_lossy(&rest[..rest.len().min(32)]).into_owned();
    Response {
        status,
        headers: vec![("Retry-After".to_owned(), retry_after)],
        body,
    }
}

/// Reads a list in time slices, as the panel does, and checks that the result is the same.
fn same_in_slices<E: Endpoint<Payload: PartialEq + Debug>>(response: &Response) {
    let pause = async || {
        let mut is_over = false;
        poll_fn(|context| {
            context.waker().wake_by_ref();
            if std::mem::replace(&mut is_over, true) {
                Poll::Ready(())
            } else {
                Poll::Pending
            }
        })
        .await;
    };
    let mut reading = pin!(decode_in_slices::<E>(response, pause));
    let mut context = Context::from_waker(Waker::noop());
    let sliced = loop {
        if let Poll::Ready(sliced) = reading.as_mut().poll(&mut context) {
            break sliced;
        }
    };
    assert_eq!(sliced, decode::<E>(response), "slices make a difference");
}

/// Decodes the answer to a call, and checks every promise about an error.
fn examine<E: Endpoint>(response: &Response) -> Option<E::Payload> {
    match decode::<E>(response) {
        Ok(answer) => {
            assert!(
                (200..300).contains(&response.status),
                "a success with HTTP {}",
                response.status
            );
            assert!(answer.warning.is_none_or(|warning| !warning.is_empty()));
            Some(answer.payload)
        }
        Err(error) => {
            assert!(!error.to_string().is_empty());
            assert!(error.text().is_none_or(|text| !text.is_empty()));
            assert!(error.raw().is_none_or(|raw| raw.len() <= KEPT));
            let said_no = matches!(
                error,
                ApiError::Refused { .. } | ApiError::NotAuthorised { .. }
            );
            // A refused call did not happen.
            assert!(!said_no || !error.outcome_unknown());
            // An unreadable answer proves nothing.
            let is_unreadable = matches!(error, ApiError::Unreadable { .. });
            assert!(!is_unreadable || error.outcome_unknown());
            None
        }
    }
}
