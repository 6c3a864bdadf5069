//! Tests what waits for a token, and what waits for a confirmation after it.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use super::*;

fn connection(token: &str) -> Connection {
    Connection::new(
        "https://acme.example/".parse().expect("a base URL"),
        token.parse().expect("a token"),
    )
}

fn deletion() -> Change {
    Change::DeleteDomain {
        domain: "shop.acme.example".parse().expect("a domain name"),
    }
}

/// Makes a write that is refused for the token "old", runs `then`, and answers the confirmation if `press` says how.
/// Returns whether the write may be sent again, if that is known by then.
fn refused(renewed: &Renewed, then: impl Fn(Auth), press: Option<bool>) -> Option<bool> {
    Owner::new().with(|| {
        let auth = Auth::new(connection("old"), CallLog::provide());
        let (old, error) = (connection("old"), not_sent());
        let mut waiting = pin!(auth.goes_on(auth.begin(), false, &old, &error, renewed));
        let mut nobody = Context::from_waker(Waker::noop());
        assert_eq!(waiting.as_mut().poll(&mut nobody), Poll::Pending);
        then(auth);
        // Once for the token, once for the confirmation.
        for _ in 0..2 {
            if let Poll::Ready(goes_on) = waiting.as_mut().poll(&mut nobody) {
                return Some(goes_on);
            }
            for (id, _) in auth.confirmations().waiting() {
                if let Some(go) = press {
                    auth.confirmations().answer(id, go);
                }
            }
        }
        None
    })
}

fn renew(auth: Auth) {
    auth.renew(connection("new"));
}

#[test]
fn only_refused_token_opens_the_request() {
    let refused = |http_status| ApiError::NotAuthorised {
        http_status,
        field_errors: Vec::new(),
        raw: String::new(),
    };
    assert!(Auth::asks_for_a_token(&refused(401)));
    assert!(Auth::asks_for_a_token(&refused(200)));
    assert!(!Auth::asks_for_a_token(&refused(403)));
    assert!(!Auth::asks_for_a_token(&ApiError::Cancelled));
}

#[test]
fn deletion_waits_for_confirmation_after_a_new_token() {
    let deletion = Renewed::Confirm(deletion());
    for press in [None, Some(true), Some(false)] {
        assert_eq!(refused(&deletion, renew, press), press);
    }
    assert_eq!(refused(&Renewed::SendAgain, renew, None), Some(true));
    assert_eq!(Renewed::of(&self::deletion()), deletion);
}

#[test]
fn late_refused_deletion_waits_for_confirmation_too() {
    Owner::new().with(|| {
        let auth = Auth::new(connection("new"), CallLog::provide());
        let (old, error, renewed) = (connection("old"), not_sent(), Renewed::Confirm(deletion()));
        let mut waiting = pin!(auth.goes_on(1, false, &old, &error, &renewed));
        let mut nobody = Context::from_waker(Waker::noop());
        assert_eq!(waiting.as_mut().poll(&mut nobody), Poll::Pending);
        assert_eq!(auth.confirmations().waiting(), [(1, deletion())]);
    });
}

#[test]
fn declined_token_ends_waiting_calls_as_refused() {
    for renewed in [Renewed::SendAgain, Renewed::Confirm(deletion())] {
        assert_eq!(refused(&renewed, |it| it.decline(), None), Some(false));
        assert_eq!(refused(&renewed, |it| it.close(), None), Some(false));
    }
}

#[test]
fn suspended_connection_keeps_waiting_calls_without_token() {
    let suspend = |auth: Auth| {
        auth.suspend();
        assert_ne!(auth.connection().token, connection("old").token);
        assert!(!auth.asked().get_untracked());
        // The dialog that asked for a token closes.
        auth.decline();
    };
    let back = |auth: Auth| {
        suspend(auth);
        renew(auth);
    };
    for (renewed, goes_on) in [
        (Renewed::SendAgain, Some(true)),
        (Renewed::Confirm(deletion()), None),
    ] {
        assert_eq!(refused(&renewed, suspend, None), None);
        assert_eq!(refused(&renewed, back, None), goes_on);
    }
}
