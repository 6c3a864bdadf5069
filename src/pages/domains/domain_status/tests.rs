use std::sync::Arc;

use switchboard_api::{FieldError, Severity};

use super::{status as standing_at, *};

fn status(domain: &Fetched<Domain>, listed: &Fetched<Vec<Assignment>>) -> DomainStatus {
    let name = "a.example".parse().expect("a domain name of the test");
    standing_at(&name, domain, listed, 0)
}

fn answer(operator_count: Option<usize>) -> Fetched<Domain> {
    Fetched {
        data: Some(Arc::new(Domain {
            name: "a.example".parse().expect("a domain name of the test"),
            email: "a@a.example".parse().expect("an e-mail of the test"),
            status: Tristate::On,
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

fn refusal(text: &str) -> ApiError {
    ApiError::Refused {
        severity: Severity::Error,
        field_errors: vec![FieldError {
            field: None,
            text: text.to_owned(),
        }],
        http_status: 200,
        raw: String::new(),
    }
}

fn there(operators: OperatorCount) -> DomainStatus {
    DomainStatus::There {
        status: Tristate::On,
        operators,
    }
}

#[test]
fn count_is_from_endpoint_7_or_else_13() {
    let nobody = Fetched {
        data: Some(Arc::new(Vec::new())),
        ..Fetched::default()
    };
    let nothing = Fetched::default();
    assert_eq!(
        status(&answer(Some(2)), &nobody),
        there(OperatorCount::Is(2))
    );
    assert_eq!(status(&answer(None), &nobody), there(OperatorCount::Is(0)));
    assert_eq!(status(&answer(None), &nothing), there(OperatorCount::Asked));
    let failed = with(ApiError::Cancelled, Fetched::default());
    assert_eq!(
        status(&answer(None), &failed),
        there(OperatorCount::NotKnown)
    );
}

#[test]
fn domain_is_unknown_only_if_the_api_says_so() {
    let listed = Fetched::default();
    let is_unknown = |domain| matches!(status(&domain, &listed), DomainStatus::Unknown(_));
    let absent = || refusal("Domain does not exist");
    assert!(is_unknown(with(absent(), Fetched::default())));
    assert!(is_unknown(with(absent(), answer(Some(1)))));
    assert!(!is_unknown(with(ApiError::Cancelled, Fetched::default())));
    // A refusal that says something else leaves open whether the domain exists.
    let unclear = || with(refusal("Not on a Monday"), Fetched::default());
    assert_eq!(
        status(&unclear(), &listed),
        DomainStatus::Failed("Not on a Monday.".to_owned())
    );
    // An earlier answer stays on the page if it cannot be refreshed.
    let stale = with(ApiError::Cancelled, answer(Some(1)));
    assert_eq!(status(&stale, &listed), there(OperatorCount::Is(1)));
}

#[test]
fn status_is_pending_while_a_request_is_in_flight() {
    let again = Fetched {
        busy: true,
        ..with(refusal("Domain does not exist"), Fetched::default())
    };
    assert_eq!(status(&again, &Fetched::default()), DomainStatus::Asked);
}

#[test]
fn invalidated_status_is_requested_again_unless_failed() {
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
