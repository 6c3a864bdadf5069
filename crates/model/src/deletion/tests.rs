use switchboard_api::{AccountStatus, FieldError, Severity, Tristate, UntypedJson};

use super::*;
use crate::sweep::Phase;

fn email(text: &str) -> Email {
    text.parse().expect("an e-mail of the test")
}

fn domain(name: &str) -> DomainName {
    name.parse().expect("a domain name of the test")
}

/// Returns `count` known domains, in order.
fn known(count: usize) -> Vec<DomainName> {
    (1..=count)
        .map(|number| domain(&format!("site-{number:02}.example")))
        .collect()
}

fn on(email_of: &str) -> Assignment {
    Assignment {
        name: PersonName {
            first: email_of.to_owned(),
            last: String::new(),
        },
        is_admin: Tristate::Off,
        shown_online: Tristate::On,
        gets_messages: Tristate::On,
        user_id: String::new(),
        email: email(email_of),
    }
}

fn account(role: Role, of: &str) -> Access {
    Access {
        role,
        status: AccountStatus::Active,
        permission: UntypedJson::default(),
        name: String::new(),
        email: email(of),
    }
}

const GRACE: &str = "grace@x.example";

fn check_of_grace(domains: &[DomainName]) -> DeletionCheck {
    DeletionCheck::of_users([&email(GRACE)], domains.iter().cloned())
}

/// Answers all reads of the check: Grace is on `hers`, and the domains of `lost` cannot be read.
fn run(check: &mut DeletionCheck, hers: &[DomainName], lost: &[DomainName]) {
    loop {
        let questions = check.start(6);
        assert!(questions.len() <= 7, "{questions:?}");
        if questions.is_empty() {
            return;
        }
        for question in questions {
            match question {
                Question::Accounts => check.take_accounts(Ok(&[])),
                Question::Operators(name) if lost.contains(&name) => {
                    check.take_operators(&name, Err(ApiError::Cancelled));
                }
                Question::Operators(name) if hers.contains(&name) => {
                    check.take_operators(&name, Ok(&[on("ada@x.example"), on(GRACE)]));
                }
                Question::Operators(name) => check.take_operators(&name, Ok(&[])),
            }
        }
    }
}

#[test]
fn none_requires_every_known_domain_read() {
    let (all, grace) = (known(60), email(GRACE));
    let mut check = check_of_grace(&all);
    assert_eq!(check.domains_of(&grace), Domains::SoFar(&[]));
    let first = check.start(59);
    assert_eq!(first.len(), 60);
    for question in first {
        match question {
            Question::Accounts => check.take_accounts(Ok(&[])),
            Question::Operators(name) => check.take_operators(&name, Ok(&[])),
        }
    }
    let progress = Progress {
        checked: 59,
        known: 60,
    };
    assert_eq!(check.progress(), progress);
    assert_eq!(check.domains_of(&grace), Domains::SoFar(&[]));
    assert_eq!(check.may_confirm(), Err(Obstacle::Running));
    run(&mut check, &[], &[]);
    assert_eq!(check.domains_of(&grace), Domains::Exactly(&[]));
    assert_eq!(check.may_confirm(), Ok(()));
}

#[test]
fn the_fifty_eighth_of_sixty_domains_is_found() {
    let all = known(60);
    let mut check = check_of_grace(&all);
    run(&mut check, &all[57..58], &[]);
    assert_eq!(
        check.domains_of(&email("Grace@X.example")),
        Domains::Exactly(&all[57..58])
    );
    assert_eq!(check.left_empty(), []);
}

#[test]
fn unread_domains_are_named_and_need_a_choice() {
    let (all, grace) = (known(10), email(GRACE));
    let mut check = check_of_grace(&all);
    run(&mut check, &all[..1], &all[7..]);
    assert_eq!(check.phase(), Phase::Incomplete);
    assert_eq!(check.domains_of(&grace), Domains::AtLeast(&all[..1]));
    let unread: Vec<_> = check.unread().map(|(name, _)| name.clone()).collect();
    assert_eq!(unread, all[7..]);
    assert_eq!(check.may_confirm(), Err(Obstacle::NotChosen));
    check.choose(true);
    assert_eq!(check.may_confirm(), Ok(()));
    // What the user stopped does not go on by itself.
    let mut stopped = check.clone();
    stopped.stop();
    stopped.retry();
    assert_eq!(stopped.may_confirm(), Ok(()));
    // The choice does not cover what is read again.
    check.retry();
    assert_eq!(check.may_confirm(), Err(Obstacle::Running));
    run(&mut check, &[], &all[9..]);
    assert_eq!(check.may_confirm(), Err(Obstacle::NotChosen));
}

#[test]
fn a_stopped_check_is_incomplete() {
    let all = known(10);
    let mut check = check_of_grace(&all);
    let asked = check.start(6);
    check.stop();
    assert_eq!(asked.len(), 7);
    assert_eq!((check.phase(), check.start(6)), (Phase::Incomplete, vec![]));
    assert_eq!(check.manages(&email(GRACE)), Manages::NotKnown);
    assert_eq!(check.unread().count(), 10);
    assert_eq!(check.may_confirm(), Err(Obstacle::NotChosen));
}

#[test]
fn domains_left_without_operators_are_named() {
    let all = known(3);
    let both = [email(GRACE), email("ada@x.example")];
    let mut check = DeletionCheck::of_users(&both, all.iter().cloned());
    check.start(6);
    check.take_operators(&all[2], Ok(&[on("ADA@x.example"), on(GRACE)]));
    check.take_operators(&all[0], Ok(&[on(GRACE), on("lin@x.example")]));
    check.take_operators(&all[1], Ok(&[on("lin@x.example")]));
    assert_eq!(check.left_empty(), &all[2..]);
    let of = |user: &Email| check.domains_of(user);
    assert_eq!(
        of(&both[0]),
        Domains::Exactly(&[all[0].clone(), all[2].clone()])
    );
    assert_eq!(of(&both[1]), Domains::Exactly(&all[2..]));
    assert_eq!(check.domains(), of(&both[0]));
}

#[test]
fn domain_unknown_to_the_api_counts_as_read() {
    let all = known(2);
    let refused = |text: &str| ApiError::Refused {
        severity: Severity::Error,
        field_errors: vec![FieldError {
            field: None,
            text: text.to_owned(),
        }],
        http_status: 200,
        raw: String::new(),
    };
    let mut check = check_of_grace(&all);
    check.start(6);
    check.take_accounts(Ok(&[]));
    check.take_operators(&all[0], Err(refused("Domain does not exist")));
    check.take_operators(&all[1], Err(refused("Not on Sundays")));
    let unread: Vec<_> = check.unread().map(|(name, _)| name).collect();
    assert_eq!(unread, [&all[1]]);
    assert_eq!(check.gone(), &all[..1]);
}

#[test]
fn admin_is_found_in_any_letter_case() {
    let grace = email(GRACE);
    let mut check = check_of_grace(&[]);
    assert_eq!(check.manages(&grace), Manages::Asked);
    check.start(6);
    check.take_accounts(Ok(&[
        account(Role::Staff, "ada@x.example"),
        account(Role::Admin, "GRACE@x.example"),
    ]));
    assert_eq!(check.manages(&grace), Manages::As(Role::Admin));
    assert_eq!(check.manages(&email("lin@x.example")), Manages::No);
    assert_eq!(check.domains_of(&grace), Domains::NoneKnown);
}

#[test]
fn unread_accounts_are_not_taken_for_no_accounts() {
    let mut check = check_of_grace(&[]);
    check.start(6);
    check.take_accounts(Err(ApiError::Cancelled));
    assert_eq!(check.manages(&email(GRACE)), Manages::NotKnown);
    assert_eq!(check.unread_accounts(), Some(Some(&ApiError::Cancelled)));
    assert_eq!(check.may_confirm(), Err(Obstacle::NotChosen));
}

#[test]
fn domain_deletion_requires_its_operators_read() {
    let shop = domain("shop.example");
    let mut check = DeletionCheck::of_domain(shop.clone());
    assert_eq!(check.start(6), [Question::Operators(shop.clone())]);
    assert_eq!((check.there(), check.unread_accounts()), (None, None));
    check.take_operators(&shop, Err(ApiError::Cancelled));
    assert_eq!(
        (check.there(), check.may_confirm()),
        (None, Err(Obstacle::NotChosen))
    );
    check.resume();
    check.start(6);
    check.take_operators(&shop, Ok(&[on(GRACE)]));
    assert_eq!(check.there().map(<[_]>::len), Some(1));
    assert_eq!(check.may_confirm(), Ok(()));
}

#[test]
fn progress_is_announced_a_few_times_only() {
    let all = known(60);
    let mut check = check_of_grace(&all);
    let mut told = vec![check.milestone()];
    while let Some(question) = check.start(1).into_iter().next_back() {
        match question {
            Question::Accounts => check.take_accounts(Ok(&[])),
            Question::Operators(name) => check.take_operators(&name, Ok(&[])),
        }
        if check.accounts.answered() == 0 {
            check.take_accounts(Ok(&[]));
        }
        if told.last() != Some(&check.milestone()) {
            told.push(check.milestone());
        }
    }
    let reached = |checked| Milestone::Reached(Progress { checked, known: 60 });
    assert_eq!(
        told,
        [
            Milestone::Begun,
            reached(15),
            reached(30),
            reached(45),
            Milestone::Complete
        ]
    );
}

#[test]
fn removals_are_the_assignments_found_and_all_on_unread_domains() {
    let (all, grace, ada) = (known(4), email(GRACE), email("ada@x.example"));
    let mut check = DeletionCheck::of_assignments([&grace, &ada], all.iter().cloned());
    let asked = check.start(6);
    assert_eq!(asked.len(), 4);
    assert!(!asked.contains(&Question::Accounts));
    assert_eq!(check.may_confirm(), Err(Obstacle::Running));
    // Both are on the first and nobody else is, Grace is beside somebody else on the second, neither is on the third.
    check.take_operators(&all[0], Ok(&[on(GRACE), on("ada@x.example")]));
    check.take_operators(&all[1], Ok(&[on(GRACE), on("sam@x.example")]));
    check.take_operators(&all[2], Ok(&[on("sam@x.example")]));
    check.take_operators(&all[3], Err(ApiError::Cancelled));
    assert_eq!(
        check.found(),
        [(&all[0], vec![&ada, &grace]), (&all[1], vec![&grace])]
    );
    assert_eq!(check.left_empty(), &all[..1]);
    assert_eq!(check.may_confirm(), Err(Obstacle::NotChosen));
    let pair = |at: usize, who: &Email| (all[at].clone(), who.clone());
    assert_eq!(
        check.removals(),
        [
            pair(0, &ada),
            pair(0, &grace),
            pair(1, &grace),
            pair(3, &ada),
            pair(3, &grace)
        ]
    );
}
