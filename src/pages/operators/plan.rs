//! What is to be done with many operators, as the rows of a bulk run.

use switchboard_api::{DomainName, Email, LiveChatStatus, Operator};
use switchboard_model::bulk::{Planned, Task};
use switchboard_model::csv::NewOperator;
use switchboard_model::journal::Change;

/// Switches the addon on or off (endpoint 5) for those of whom it is not known to be so already.
pub(super) fn switch(operators: &[Operator], on: bool) -> Vec<Planned<Task>> {
    let wanted = if on {
        LiveChatStatus::Active
    } else {
        LiveChatStatus::Inactive
    };
    let others = operators
        .iter()
        .filter(|one| one.live_chat.as_ref() != Some(&wanted));
    let change = |one: &Operator| Change::SwitchOperator {
        email: one.email.clone(),
        on,
        domains: Vec::new(),
    };
    others.map(|one| row(change(one))).collect()
}

/// Puts each on each domain (endpoint 10), but where `is_on` knows that they are on it already.
pub(super) fn put_on<'a>(
    emails: impl Iterator<Item = &'a Email>,
    domains: &[DomainName],
    is_on: impl Fn(&DomainName, &Email) -> bool,
) -> Vec<Planned<Task>> {
    let mut rows = Vec::new();
    for email in emails {
        let wanted = domains.iter().filter(|domain| !is_on(domain, email));
        rows.extend(wanted.map(|domain| row(assignment(domain, email))));
    }
    rows
}

/// Deletes the users (endpoint 14).
pub(super) fn delete(operators: &[Operator]) -> Vec<Planned<Task>> {
    let change = |one: &Operator| Change::DeleteUser {
        email: one.email.clone(),
    };
    operators.iter().map(|one| row(change(one))).collect()
}

/// Adds the operators (endpoint 2), and puts each on their domains (10) once they are there.
pub(super) fn import(operators: &[NewOperator]) -> Vec<Planned<Task>> {
    let mut rows = Vec::new();
    for operator in operators {
        let added = rows.len();
        rows.push(row(Change::AddOperator {
            email: operator.email.clone(),
            name: operator.name.clone(),
        }));
        let domains = operator.domains.iter();
        rows.extend(domains.map(|domain| Planned {
            after: Some(added),
            ..row(assignment(domain, &operator.email))
        }));
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
pub(super) mod tests {
    use switchboard_api::{Flag, Login, PersonName, Presence};

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
            is_operator: Flag::On,
            live_chat: Some(LiveChatStatus::Active),
        }
    }

    fn domain(name: &str) -> DomainName {
        name.parse().expect("a domain of the test")
    }

    #[test]
    fn only_those_who_are_not_so_already_are_switched() {
        let on = operator("on@x.example");
        let none = Operator {
            live_chat: None,
            ..operator("none@x.example")
        };
        let all = [on.clone(), none.clone()];
        let about = |rows: Vec<Planned<Task>>| -> Vec<Email> {
            let about = rows.into_iter().map(|row| match row.item {
                Task::Change(Change::SwitchOperator { email, .. }) => email,
                other => panic!("{other:?}"),
            });
            about.collect()
        };
        assert_eq!(about(switch(&all, false)), [on.email, none.email.clone()]);
        assert_eq!(about(switch(&all, true)), [none.email]);
    }

    #[test]
    fn nobody_is_put_where_they_are_known_to_be() {
        let (ada, shop, news) = (
            operator("ada@x.example").email,
            domain("shop.example"),
            domain("news.example"),
        );
        let rows = put_on(
            [&ada].into_iter(),
            &[shop.clone(), news.clone()],
            |domain, _| *domain == shop,
        );
        assert_eq!(rows, [row(assignment(&news, &ada))]);
    }

    #[test]
    fn the_domains_of_a_row_wait_for_its_operator() {
        let new = |email: &str, domains: &[&str]| NewOperator {
            name: "A".to_owned(),
            email: email.parse().expect("an e-mail of the test"),
            domains: domains.iter().map(|name| domain(name)).collect(),
        };
        let rows = import(&[
            new("a@x.example", &["one.example"]),
            new("b@x.example", &["one.example", "two.example"]),
        ]);
        let after: Vec<_> = rows.iter().map(|row| row.after).collect();
        assert_eq!(after, [None, Some(0), None, Some(2), Some(2)]);
    }
}
