use switchboard_api::{Email, FieldError, PersonName, Role, Severity, Tristate};
use switchboard_model::deletion::Question;

use super::*;

fn domain(name: &str) -> DomainName {
    name.parse().expect("a domain name of the test")
}

fn grace() -> Email {
    "grace@x.example".parse().expect("an e-mail of the test")
}

fn on_it() -> switchboard_api::Assignment {
    switchboard_api::Assignment {
        name: PersonName {
            first: "Grace".to_owned(),
            last: String::new(),
        },
        is_admin: Tristate::Off,
        shown_online: Tristate::On,
        gets_messages: Tristate::On,
        user_id: String::new(),
        email: grace(),
    }
}

/// Returns a check of three domains: Grace is on the first, the second has no operators, and the third is `lost` or
/// has none.
fn check(first: &[switchboard_api::Assignment], lost: bool) -> DeletionCheck {
    let names = ["a.example", "b.example", "c.example"].map(domain);
    let mut check = DeletionCheck::of_users([&grace()], names.clone());
    check.start(6);
    check.take_accounts(Ok(&[]));
    check.take_operators(&names[0], Ok(first));
    check.take_operators(&names[1], Ok(&[]));
    let last = if lost {
        Err(ApiError::Cancelled)
    } else {
        Ok(&[][..])
    };
    check.take_operators(&names[2], last);
    check
}

fn line(check: &DeletionCheck) -> String {
    domains_line(check.domains_of(&grace()), check.progress())
}

#[test]
fn none_is_said_only_of_a_complete_check() {
    let none = "They are on none of the known domains. They may be on others.";
    assert_eq!(line(&check(&[], false)), none);
    assert_eq!(
        line(&check(&[], true)),
        "It is unknown whether they are on a domain: only 2 of 3 known domains were checked."
    );
    let running = DeletionCheck::of_users([&grace()], [domain("a.example")]);
    assert_eq!(line(&running), "Checking which domains they are on.");
    let nothing = DeletionCheck::of_users([&grace()], []);
    assert!(line(&nothing).starts_with("This browser knows no domains"));
}

#[test]
fn domains_are_named_in_natural_order() {
    let names = ["site-1.example", "site-2.example", "site-10.example"].map(domain);
    let mut check = DeletionCheck::of_users([&grace()], names.clone());
    check.start(6);
    for name in &names {
        check.take_operators(name, Ok(&[on_it()]));
    }
    let expected =
        "They are taken off these domains: site-1.example, site-2.example and site-10.example.";
    assert_eq!(line(&check), expected);
}

#[test]
fn partial_result_is_not_presented_as_complete() {
    let (all, part) = (check(&[on_it()], false), check(&[on_it()], true));
    assert_eq!(line(&all), "They are taken off these domains: a.example.");
    assert_eq!(
        line(&part),
        "They are taken off at least these domains: a.example. Not every domain was checked."
    );
    assert_eq!(
        leaves_nobody(&all).as_deref(),
        Some("No operator will be left on: a.example.")
    );
    assert_eq!(
        complete_line(&all).as_deref(),
        Some("All 3 known domains were checked.")
    );
    assert_eq!(
        announcement(&all),
        "All 3 known domains were checked. They are taken off these domains: a.example. No operator will be left on: a.example."
    );
}

#[test]
fn name_without_a_domain_is_not_told_as_checked() {
    let names = ["a.example", "old.example"].map(domain);
    let mut check = DeletionCheck::of_users([&grace()], names.clone());
    check.start(6);
    check.take_accounts(Ok(&[]));
    check.take_operators(&names[0], Ok(&[]));
    let no_such = ApiError::Refused {
        severity: Severity::Error,
        field_errors: vec![FieldError {
            field: None,
            text: "Domain does not exist".to_owned(),
        }],
        http_status: 200,
        raw: String::new(),
    };
    check.take_operators(&names[1], Err(no_such));
    assert_eq!(
        complete_line(&check).as_deref(),
        Some(
            "Checked 1 of 2 domains. Deleted or renamed, because there is no domain of this name: old.example."
        )
    );
}

#[test]
fn unread_domains_are_listed_with_the_reason() {
    let part = check(&[], true);
    assert_eq!(incomplete_title(&part), "1 known domain was not checked");
    assert_eq!(
        unread_lines(&part),
        ["Could not be read: c.example. The call was cancelled."]
    );
    assert_eq!(
        choice(&part),
        "Delete without checking the remaining domain"
    );
    let mut stopped = DeletionCheck::of_users([&grace()], ["a.example", "b.example"].map(domain));
    stopped.stop();
    assert_eq!(
        unread_lines(&stopped),
        [
            "Not checked: a.example and b.example.",
            "Whether they are admin or staff of this organisation was not checked."
        ]
    );
    assert_eq!(
        choice(&stopped),
        "Delete without checking the remaining 2 domains"
    );
}

#[test]
fn an_unknown_role_is_said_to_be_unknown() {
    assert_eq!(manages_line(&Manages::No), None);
    assert_eq!(
        manages_line(&Manages::As(Role::Admin)).as_deref(),
        Some("Their role in this organisation: Admin.")
    );
    assert_eq!(
        manages_line(&Manages::NotKnown).as_deref(),
        Some("It is unknown whether they are admin or staff of this organisation.")
    );
    let mut check = DeletionCheck::of_users([&grace()], []);
    check.start(6);
    check.take_accounts(Err(ApiError::Cancelled));
    assert_eq!(
        choice(&check),
        "Delete without knowing whether they are admin or staff"
    );
    assert_eq!(
        incomplete_title(&check),
        "The accounts of this organisation were not read"
    );
}

#[test]
fn empty_domain_is_reported_only_after_reading_it() {
    let shop = domain("shop.example");
    let mut check = DeletionCheck::of_domain(shop.clone());
    assert_eq!(check.start(6), [Question::Operators(shop.clone())]);
    assert_eq!(
        operators_line(&check),
        "Checking which operators are on it."
    );
    check.take_operators(&shop, Err(ApiError::Cancelled));
    assert_eq!(
        operators_line(&check),
        "It is unknown which operators are on it."
    );
    assert_eq!(
        choice(&check),
        "Delete without knowing which operators are on it"
    );
    check.resume();
    check.start(6);
    check.take_operators(&shop, Ok(&[]));
    assert_eq!(operators_line(&check), "No operator is on it.");
}

#[test]
fn removal_says_what_it_leaves_out_and_never_nothing_before_the_end() {
    let names = ["a.example", "b.example"].map(domain);
    let mut check = DeletionCheck::of_assignments([&grace()], names.clone());
    check.start(6);
    let line = |check: &DeletionCheck| removals_line(check).unwrap_or_default();
    assert_eq!(line(&check), "Checking which domains they are on.");
    assert_eq!(progress_line(&check), "Checked 0 of 2 selected domains");
    check.take_operators(&names[0], Ok(&[]));
    check.take_operators(&names[1], Err(ApiError::Cancelled));
    assert_eq!(
        line(&check),
        "It is unknown whether they are on the selected domains: only 1 of 2 were checked."
    );
    assert_eq!(
        choice(&check),
        "Continue without checking the remaining domain"
    );
    assert!(obstacle(&check, Obstacle::NotChosen).starts_with("Nothing was changed."));
    check.resume();
    check.start(6);
    check.take_operators(&names[1], Ok(&[]));
    assert_eq!(
        line(&check),
        "They are on none of the selected domains. There is nothing to take off."
    );
    assert_eq!(
        announcement(&check),
        "All 2 selected domains were checked. They are on none of the selected domains. There is nothing to take off."
    );
    let mut found = DeletionCheck::of_assignments([&grace()], names[..1].to_vec());
    found.start(6);
    found.take_operators(&names[0], Ok(&[on_it()]));
    assert_eq!(removals_line(&found), None);
    assert_eq!(
        leaves_nobody(&found).as_deref(),
        Some("No operator will be left on: a.example.")
    );
}
