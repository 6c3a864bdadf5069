use switchboard_api::{FieldError, Severity};

use super::super::plan::Problem;
use super::*;

fn domain(name: &str) -> DomainName {
    name.parse().expect("a domain name of the test")
}

fn row(line: usize, domains: &[&str]) -> PlannedRow {
    let operator = PlannedOperator {
        name: format!("Operator {line}"),
        email: format!("operator-{line}@x.example")
            .parse()
            .expect("an e-mail of the test"),
        domains: domains.iter().map(|name| domain(name)).collect(),
        exists: false,
    };
    PlannedRow {
        line,
        outcome: Ok(operator),
    }
}

const WITHOUT_UNKNOWN: Accepted = Accepted {
    unknown_domains: true,
    addresses: false,
};

const GONE: &str = "Domain does not exist";

fn refused(text: &str) -> ApiError {
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

/// Returns three rows that can be imported, two of them with unknown domains, and one that cannot.
fn rows() -> Vec<PlannedRow> {
    vec![
        row(1, &["known.example"]),
        row(2, &["known.example", "there.example", "gone.example"]),
        row(3, &["there.example"]),
        PlannedRow {
            line: 4,
            outcome: Err(vec![Problem::NoName]),
        },
    ]
}

fn look_ups() -> LookUps {
    LookUps::new([domain("known.example")])
}

fn lines(imported: &[PlannedOperator]) -> Vec<(&str, usize)> {
    let line = |one: &PlannedOperator| one.domains.len();
    imported
        .iter()
        .map(|one| (one.name.as_str(), line(one)))
        .collect()
}

#[test]
fn rows_with_unknown_domains_are_flagged_and_left_out() {
    let (rows, look_ups) = (rows(), look_ups());
    let flagged: Vec<bool> = rows.iter().map(|row| look_ups.is_flagged(row)).collect();
    assert_eq!(flagged, [false, true, true, false]);
    let (gone, there) = (domain("gone.example"), domain("there.example"));
    let unknown: Vec<_> = look_ups.unknown(&rows).into_iter().collect();
    assert_eq!(
        unknown,
        [
            (&gone, Standing::NotLookedUp),
            (&there, Standing::NotLookedUp)
        ]
    );
    let imported = look_ups.to_import(&rows, Accepted::default());
    assert_eq!(lines(&imported), [("Operator 1", 1)]);
}

#[test]
fn domain_found_by_look_up_is_not_flagged() {
    let (rows, mut look_ups) = (rows(), look_ups());
    look_ups.begin(&rows);
    let (gone, there) = (domain("gone.example"), domain("there.example"));
    assert_eq!(look_ups.start(6), [gone.clone(), there.clone()]);
    assert_eq!(look_ups.under_way(), Some((0, 2)));
    look_ups.settle(&there, Ok(()));
    assert_eq!(look_ups.under_way(), Some((1, 2)));
    look_ups.settle(&gone, Err(refused(GONE)));
    assert_eq!(look_ups.under_way(), None);
    assert_eq!(look_ups.standing(&gone), Standing::Missing);
    let imported = look_ups.to_import(&rows, Accepted::default());
    assert_eq!(lines(&imported), [("Operator 1", 1), ("Operator 3", 1)]);
    // No call is made for a domain that does not exist.
    let imported = look_ups.to_import(&rows, WITHOUT_UNKNOWN);
    assert_eq!(
        lines(&imported),
        [("Operator 1", 1), ("Operator 2", 2), ("Operator 3", 1)]
    );
}

#[test]
fn address_without_an_ending_is_imported_only_if_accepted() {
    let of = |email: &str, exists: bool| {
        let mut row = row(1, &["known.example"]);
        if let Ok(operator) = &mut row.outcome {
            operator.email = email.parse().expect("an e-mail of the test");
            operator.exists = exists;
        }
        row
    };
    let imported = |row: PlannedRow, addresses| {
        let accepted = Accepted {
            addresses,
            ..Accepted::default()
        };
        look_ups().to_import(&[row], accepted).len()
    };
    for email in ["ada@acme", "ada@acme.", "ada@.com"] {
        assert_eq!(imported(of(email, false), false), 0, "{email}");
        assert_eq!(imported(of(email, false), true), 1, "{email}");
        assert_eq!(imported(of(email, true), false), 1, "{email}");
    }
    for email in ["ada@acme.example", "a.b@acme.co.example"] {
        assert_eq!(imported(of(email, false), false), 1, "{email}");
    }
}

#[test]
fn existing_operator_without_a_known_domain_is_left_out() {
    let existing = |domains: &[&str]| {
        let mut row = row(1, domains);
        if let Ok(operator) = &mut row.outcome {
            operator.exists = true;
        }
        row
    };
    let imported = |domains: &[&str]| {
        let rows = [existing(domains)];
        lines(&look_ups().to_import(&rows, WITHOUT_UNKNOWN)).len()
    };
    assert_eq!(imported(&["gone.example"]), 0);
    assert_eq!(imported(&["gone.example", "known.example"]), 1);
}

#[test]
fn known_domain_that_the_api_denies_is_flagged() {
    let (rows, mut look_ups) = (rows(), look_ups());
    look_ups.set_missing([domain("known.example")]);
    assert_eq!(
        look_ups.standing(&domain("known.example")),
        Standing::Missing
    );
    assert!(look_ups.is_flagged(&rows[0]));
    assert_eq!(look_ups.to_import(&rows, Accepted::default()).len(), 0);
    let imported = look_ups.to_import(&rows, WITHOUT_UNKNOWN);
    assert_eq!(lines(&imported)[0], ("Operator 1", 0));
    look_ups.begin(&rows);
    let others = ["gone.example", "there.example"].map(domain);
    assert_eq!(look_ups.start(6), others, "it is not looked up again");
}

#[test]
fn another_refusal_does_not_say_that_there_is_no_such_domain() {
    let (rows, mut look_ups) = (rows(), look_ups());
    let gone = domain("gone.example");
    look_ups.begin(&rows);
    look_ups.start(6);
    let error = refused("Not on Sundays");
    look_ups.settle(&gone, Err(error.clone()));
    assert_eq!(look_ups.standing(&gone), Standing::Failed(&error));
}

#[test]
fn only_failed_look_ups_are_repeated() {
    let (rows, mut look_ups) = (rows(), look_ups());
    let (gone, there) = (domain("gone.example"), domain("there.example"));
    look_ups.begin(&rows);
    look_ups.start(6);
    look_ups.settle(&gone, Err(refused(GONE)));
    look_ups.settle(&there, Err(ApiError::Cancelled));
    assert_eq!(
        look_ups.standing(&there),
        Standing::Failed(&ApiError::Cancelled)
    );
    look_ups.begin(&rows);
    assert_eq!(look_ups.start(6), [there]);
}

#[test]
fn domain_known_through_another_tab_is_not_flagged() {
    let (rows, mut look_ups) = (rows(), look_ups());
    look_ups.set_known(["gone.example", "known.example", "there.example"].map(domain));
    assert_eq!(look_ups.unknown(&rows).len(), 0);
    assert_eq!(look_ups.to_import(&rows, Accepted::default()).len(), 3);
}

#[test]
fn stopped_look_ups_go_on_when_wanted() {
    let (rows, mut look_ups) = (rows(), look_ups());
    look_ups.begin(&rows);
    assert_eq!(look_ups.start(1).len(), 1);
    look_ups.stop();
    assert_eq!((look_ups.under_way(), look_ups.start(6)), (None, vec![]));
    look_ups.begin(&rows);
    assert_eq!(look_ups.start(6), [domain("there.example")]);
}
