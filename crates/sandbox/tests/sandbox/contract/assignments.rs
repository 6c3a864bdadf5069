//! Tests endpoints 10 to 13.

use switchboard_api::{
    Assignment, DomainName, Email, Tristate,
    endpoints::{
        AddAssignment, AssignmentChange, ListAssignments, RemoveAssignment, UpdateAssignment,
    },
};

use super::transport::{Client, error, warning, with_each_encoding};

fn email(text: &str) -> Email {
    text.parse().expect("an e-mail")
}

fn domain(text: &str) -> DomainName {
    text.parse().expect("a domain name")
}

const EMPTY: &str = "wholesale.acme.example";

/// Assigns Grace to the domain without operators.
fn with_grace(client: &Client) -> (DomainName, Email) {
    let (domain, email) = (domain(EMPTY), email("grace@acme.example"));
    let done = client.done(&AddAssignment {
        domain: domain.clone(),
        email: email.clone(),
    });
    assert_eq!(done.text, "Operator Added Successfully");
    (domain, email)
}

fn list(client: &Client) -> Vec<Assignment> {
    client.done(&ListAssignments {
        domain: domain(EMPTY),
    })
}

#[test]
fn endpoint_10_assigns_an_operator_only_once() {
    with_each_encoding(|client| {
        let (domain, email) = with_grace(client);
        assert_eq!(
            client.refused(&AddAssignment { domain, email }),
            warning("Operator already exists on this domain")
        );
    });
}

#[test]
fn endpoint_11_sets_each_switch_by_its_own_name() {
    with_each_encoding(|client| {
        let (domain, email) = with_grace(client);
        let switches = |client: &Client| {
            let [grace] = &list(client)[..] else {
                panic!("one assignment")
            };
            [&grace.is_admin, &grace.shown_online, &grace.gets_messages]
                .map(|flag| *flag == Tristate::On)
        };
        assert_eq!(switches(client), [false, true, true]);
        for (change, expected) in [
            (AssignmentChange::set_is_admin(true), [true, true, true]),
            (
                AssignmentChange::set_online_status(false),
                [true, false, true],
            ),
            (AssignmentChange::set_active(false), [true, false, false]),
            (
                AssignmentChange::set_is_admin(false)
                    .and(AssignmentChange::set_online_status(true)),
                [false, true, false],
            ),
        ] {
            let done = client.done(&UpdateAssignment {
                domain: domain.clone(),
                email: email.clone(),
                change,
            });
            assert_eq!(done.text, "Operator Updated Successfully");
            assert_eq!(switches(client), expected);
        }
    });
}

#[test]
fn endpoint_12_removes_an_operator_only_once() {
    with_each_encoding(|client| {
        let (domain, email) = with_grace(client);
        let remove = RemoveAssignment { domain, email };
        assert_eq!(client.done(&remove).text, "Operator Updated Successfully");
        assert_eq!(list(client), []);
        assert_eq!(
            client.refused(&remove),
            error("Operator does not exist on this domain")
        );
    });
}

#[test]
fn endpoint_13_lists_the_operators_on_a_domain() {
    with_each_encoding(|client| {
        let (_, email) = with_grace(client);
        let [grace] = &list(client)[..] else {
            panic!("one assignment")
        };
        assert_eq!(
            (&grace.email, grace.name.display()),
            (&email, "Grace Hopper".to_owned())
        );
        assert_eq!(grace.user_id.len(), 24);
        let unknown = ListAssignments {
            domain: domain("no.such.example"),
        };
        assert_eq!(client.refused(&unknown), error("Domain does not exist"));
    });
}

#[test]
fn endpoints_10_to_12_refuse_unknown_domain_or_operator() {
    with_each_encoding(|client| {
        let grace = || email("grace@acme.example");
        let nobody = || email("no@acme.example");
        let (nowhere, there) = (|| domain("no.such.example"), || domain(EMPTY));
        let change = AssignmentChange::set_active(true);
        for refused in [
            client.refused(&AddAssignment {
                domain: nowhere(),
                email: grace(),
            }),
            client.refused(&UpdateAssignment {
                domain: nowhere(),
                email: grace(),
                change,
            }),
            client.refused(&RemoveAssignment {
                domain: nowhere(),
                email: grace(),
            }),
        ] {
            assert_eq!(refused, error("Domain does not exist"));
        }
        for refused in [
            client.refused(&AddAssignment {
                domain: there(),
                email: nobody(),
            }),
            client.refused(&UpdateAssignment {
                domain: there(),
                email: nobody(),
                change,
            }),
            client.refused(&RemoveAssignment {
                domain: there(),
                email: nobody(),
            }),
        ] {
            assert_eq!(refused, error("Operator does not exist"));
        }
    });
}
