use std::sync::Arc;

use switchboard_api::Severity;

use super::{standing as standing_at, *};

fn standing(domain: &Fetched<Domain>, listed: &Fetched<Vec<Assignment>>) -> Standing {
    standing_at(domain, listed, 0)
}

fn answer(operator_count: Option<usize>) -> Fetched<Domain> {
    Fetched {
        data: Some(Arc::new(Domain {
            name: "a.example".parse().expect("a domain name of the test"),
            email: "a@a.example".parse().expect("an e-mail of the test"),
            status: Flag::On,
            addon_unique_name: String::new(),
            operators: Vec::new(),
            operator_count,
        })),
        ..Fetched::default()
    }
}

fn with<T>(error: ApiError, fetched: Fetched<T>) -> Fetched<T> {
    Fetched {
        error: Some(Arc::new(error)),
        ..fetched
    }
}

fn refusal() -> ApiError {
    ApiError::Refused {
        severity: Severity::Error,
        complaints: Vec::new(),
        http_status: 200,
        raw: String::new(),
    }
}

fn there(operators: Count) -> Standing {
    Standing::There {
        status: Flag::On,
        operators,
    }
}

#[test]
fn the_count_is_that_of_endpoint_7_and_only_where_it_is_silent_that_of_13() {
    let nobody = Fetched {
        data: Some(Arc::new(Vec::new())),
        ..Fetched::default()
    };
    let nothing = Fetched::default();
    assert_eq!(standing(&answer(Some(2)), &nobody), there(Count::Is(2)));
    assert_eq!(standing(&answer(None), &nobody), there(Count::Is(0)));
    assert_eq!(standing(&answer(None), &nothing), there(Count::Asked));
    let failed = with(ApiError::Cancelled, Fetched::default());
    assert_eq!(standing(&answer(None), &failed), there(Count::NotKnown));
}

#[test]
fn a_domain_is_unknown_only_when_the_api_says_so_also_after_it_was_there() {
    let listed = Fetched::default();
    let is_unknown = |domain| matches!(standing(&domain, &listed), Standing::Unknown(_));
    assert!(is_unknown(with(refusal(), Fetched::default())));
    assert!(is_unknown(with(refusal(), answer(Some(1)))));
    assert!(!is_unknown(with(ApiError::Cancelled, Fetched::default())));
    // What was seen before stays on the page when it cannot be refreshed.
    let stale = with(ApiError::Cancelled, answer(Some(1)));
    assert_eq!(standing(&stale, &listed), there(Count::Is(1)));
}

#[test]
fn nothing_is_claimed_while_an_answer_is_awaited() {
    let again = Fetched {
        busy: true,
        ..with(refusal(), Fetched::default())
    };
    assert_eq!(standing(&again, &Fetched::default()), Standing::Asked);
}

#[test]
fn what_a_write_made_untrue_is_asked_again_unless_asking_failed() {
    let untrue = |fetched: Fetched<Domain>| Fetched {
        superseded: true,
        ..fetched
    };
    let listed = Fetched {
        superseded: true,
        ..Fetched::default()
    };
    assert!(made_untrue(&untrue(answer(Some(1))), &Fetched::default()));
    assert!(!made_untrue(&answer(Some(1)), &listed));
    assert!(made_untrue(&answer(None), &listed));
    let failed = with(ApiError::Cancelled, untrue(answer(Some(1))));
    assert!(!made_untrue(&failed, &Fetched::default()));
}
