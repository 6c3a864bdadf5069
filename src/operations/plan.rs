//! Plans bulk actions on operators as the rows of a run.

use switchboard_api::{DomainName, Email, Operator};
use switchboard_model::bulk::{Planned, Task};
use switchboard_model::csv::PlannedOperator;
use switchboard_model::journal::Change;

/// Switches the addon on or off for each operator (endpoint 5). The run itself skips those who have it already,
/// because the data of this page may be old.
pub(crate) fn switch(operators: &[Operator], on: bool) -> Vec<Planned<Task>> {
    let change = |one: &Operator| Change::SwitchOperator {
        email: one.email.clone(),
        on,
        domains: Vec::new(),
    };
    operators.iter().map(|one| row(change(one))).collect()
}

/// Puts each operator on each domain (endpoint 10). The run itself skips those who are on it already.
pub(crate) fn put_on<'a>(
    emails: impl Iterator<Item = &'a Email>,
    domains: &[DomainName],
) -> Vec<Planned<Task>> {
    let mut rows = Vec::new();
    for email in emails {
        rows.extend(domains.iter().map(|domain| row(assignment(domain, email))));
    }
    rows
}

/// Takes operators off domains (endpoint 12). The run itself looks who is no longer there.
pub(crate) fn take_off(assignments: Vec<(DomainName, Email)>) -> Vec<Planned<Task>> {
    let change = |(domain, email)| Change::RemoveAssignment { domain, email };
    let changes = assignments.into_iter().map(change);
    changes.map(row).collect()
}

/// Deletes the users (endpoint 14).
pub(crate) fn delete(operators: &[Operator]) -> Vec<Planned<Task>> {
    let change = |one: &Operator| Change::DeleteUser {
        email: one.email.clone(),
    };
    operators.iter().map(|one| row(change(one))).collect()
}

/// Adds the operators who are not there yet (endpoint 2), and puts each on their domains (10) once they are there.
pub(crate) fn import(operators: &[PlannedOperator]) -> Vec<Planned<Task>> {
    let mut rows = Vec::new();
    for operator in operators {
        let added = (!operator.exists).then_some(rows.len());
        if added.is_some() {
            rows.push(row(Change::AddOperator {
                email: operator.email.clone(),
                name: operator.name.clone(),
            }));
        }
        let domains = operator.domains.iter();
        rows.extend(domains.map(|domain| row(assignment(domain, &operator.email)).after(added)));
    }
    rows
}

fn assignment(domain: &DomainName, email: &Email) -> Change {
    Change::AddAssignment {
        domain: domain.clone(),
        email: email.clone(),
    }
}

fn row(change: Change) -> Planned<Task> {
    Planned::from(Task::from(change))
}

#[cfg(test)]
pub(crate) mod tests {
    use switchboard_api::{LiveChatStatus, Login, PersonName, Presence, Tristate};
    use switchboard_model::bulk::Purpose;

    use super::*;

    pub fn operator(email: &str) -> Operator {
        Operator {
            name: PersonName {
                first: email.to_owned(),
                last: String::new(),
            },
            email: email.parse().expect("an e-mail of the test"),
            presence: Presence::Online,
            login: Login::Able,
            is_operator: Tristate::On,
            live_chat: Some(LiveChatStatus::Active),
        }
    }

    fn domain(name: &str) -> DomainName {
        name.parse().expect("a domain of the test")
    }

    #[test]
    fn plan_ignores_the_pages_cached_data() {
        let on = operator("on@x.example");
        let none = Operator {
            live_chat: None,
            ..operator("none@x.example")
        };
        assert_eq!(switch(&[on, none], true).len(), 2);
        let ada = operator("ada@x.example").email;
        let domains = [domain("shop.example"), domain("news.example")];
        let rows = put_on([&ada].into_iter(), &domains);
        assert_eq!(rows, domains.map(|domain| row(assignment(&domain, &ada))));
    }

    #[test]
    fn taking_operators_off_domains_is_a_run_that_waits_for_its_own_resume() {
        let ada = operator("ada@x.example").email;
        let rows = take_off(vec![(domain("shop.example"), ada)]);
        let purpose = Purpose::TakeOff {
            operators: 1,
            domains: 1,
        };
        assert_eq!(Purpose::of(&rows), purpose);
        assert!(rows.iter().all(|row| row.item.is_destructive()));
    }

    fn new(email: &str, domains: &[&str]) -> PlannedOperator {
        PlannedOperator {
            name: "A".to_owned(),
            email: email.parse().expect("an e-mail of the test"),
            domains: domains.iter().map(|name| domain(name)).collect(),
            exists: email.starts_with("there"),
        }
    }

    #[test]
    fn import_counts_new_and_existing_operators() {
        let rows = import(&[
            new("a@x.example", &["one.example", "two.example"]),
            new("there@x.example", &["one.example", "two.example"]),
            new("there-too@x.example", &["one.example"]),
        ]);
        assert_eq!(Purpose::of(&rows), Purpose::Import { operators: 3 });
    }

    #[test]
    fn the_domains_of_a_row_wait_for_its_operator() {
        let rows = import(&[
            new("a@x.example", &["one.example"]),
            new("there@x.example", &["one.example"]),
            new("b@x.example", &["one.example", "two.example"]),
        ]);
        let after: Vec<_> = rows.iter().map(|row| row.after.clone()).collect();
        assert_eq!(after, [vec![], vec![0], vec![], vec![], vec![3], vec![3]]);
        let there = new("there@x.example", &[]).email;
        assert_eq!(rows[2], row(assignment(&domain("one.example"), &there)));
    }
}
