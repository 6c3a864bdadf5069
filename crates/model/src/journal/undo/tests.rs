//! A change is undone without asking only if that overwrites nothing.

use super::*;
use crate::workspace::test_support::domain;

fn email(text: &str) -> Email {
    text.parse().expect("an e-mail of the test")
}

fn settings(active: Option<bool>, address: Option<&str>) -> DomainSettings {
    DomainSettings {
        name: None,
        active,
        email: address.map(email),
    }
}

fn change_domain(to: DomainSettings) -> Change {
    Change::ChangeDomain {
        domain: domain("a.example"),
        to,
    }
}

fn switches(admin: Option<bool>, shown: Option<bool>, gets: Option<bool>) -> Switches {
    Switches {
        admin,
        shown_online: shown,
        gets_messages: gets,
    }
}

fn change_switches(to: Switches) -> Change {
    Change::ChangeAssignment {
        domain: domain("a.example"),
        email: email("ada@x.example"),
        to,
    }
}

fn add() -> Change {
    Change::AddAssignment {
        domain: domain("a.example"),
        email: email("ada@x.example"),
    }
}

fn remove() -> Change {
    Change::RemoveAssignment {
        domain: domain("a.example"),
        email: email("ada@x.example"),
    }
}

fn switch_operator(on: bool) -> Change {
    Change::SwitchOperator {
        email: email("ada@x.example"),
        on,
        domains: Vec::new(),
    }
}

fn rename(from: &str, to: &str) -> Change {
    Change::ChangeDomain {
        domain: domain(from),
        to: DomainSettings {
            name: Some(domain(to)),
            ..DomainSettings::default()
        },
    }
}

fn conflict(present: Present) -> Verdict {
    Verdict::Conflict { present }
}

#[test]
fn newer_contact_address_is_a_conflict() {
    let change = change_domain(settings(None, Some("mine@x.example")));
    let inverse = [change_domain(settings(None, Some("before@x.example")))];
    let now = |address| Present::Domain(settings(Some(true), address));
    for (present, verdict) in [
        (now(Some("mine@x.example")), Verdict::Safe),
        (now(Some("MINE@x.example")), Verdict::Safe),
        (now(Some("before@x.example")), Verdict::AlreadySo),
        (
            now(Some("theirs@x.example")),
            conflict(now(Some("theirs@x.example"))),
        ),
        (now(None), Verdict::Unknown),
        (Present::Gone, conflict(Present::Gone)),
    ] {
        assert_eq!(
            compare(&change, &inverse, Some(present.clone())),
            verdict,
            "{present:?}"
        );
    }
    assert_eq!(compare(&change, &inverse, None), Verdict::Unknown);
}

#[test]
fn of_several_values_each_is_compared() {
    let change = change_domain(settings(Some(false), Some("mine@x.example")));
    let inverse = [change_domain(settings(
        Some(true),
        Some("before@x.example"),
    ))];
    for (active, address, verdict) in [
        (Some(false), Some("mine@x.example"), Verdict::Safe),
        // One value is as before, the other as the change left it: no newer value is lost.
        (Some(true), Some("mine@x.example"), Verdict::Safe),
        (Some(true), Some("before@x.example"), Verdict::AlreadySo),
        (None, Some("mine@x.example"), Verdict::Unknown),
    ] {
        let present = Present::Domain(settings(active, address));
        assert_eq!(compare(&change, &inverse, Some(present)), verdict);
    }
    // A conflict is reported even if another value could not be read.
    let present = Present::Domain(settings(None, Some("theirs@x.example")));
    assert_eq!(
        compare(&change, &inverse, Some(present.clone())),
        conflict(present)
    );
}

#[test]
fn switch_the_change_did_not_set_is_no_conflict() {
    let change = change_switches(switches(Some(true), None, Some(false)));
    let inverse = [change_switches(switches(Some(false), None, Some(true)))];
    let on = |admin, shown, gets| Present::Assignment(Some(switches(admin, shown, gets)));
    for (present, verdict) in [
        (on(Some(true), Some(true), Some(false)), Verdict::Safe),
        (on(Some(true), Some(false), Some(false)), Verdict::Safe),
        (on(Some(false), Some(true), Some(true)), Verdict::AlreadySo),
        (on(None, Some(true), Some(false)), Verdict::Unknown),
        (
            Present::Assignment(None),
            conflict(Present::Assignment(None)),
        ),
    ] {
        assert_eq!(
            compare(&change, &inverse, Some(present.clone())),
            verdict,
            "{present:?}"
        );
    }
}

#[test]
fn assignment_change_is_compared_with_present_operators() {
    let on = |admin| Present::Assignment(Some(switches(Some(admin), Some(true), Some(true))));
    let nobody = || Present::Assignment(None);
    assert_eq!(compare(&add(), &[remove()], Some(on(true))), Verdict::Safe);
    assert_eq!(
        compare(&add(), &[remove()], Some(nobody())),
        Verdict::AlreadySo
    );
    let back = [
        add(),
        change_switches(switches(Some(false), Some(true), Some(true))),
    ];
    assert_eq!(compare(&remove(), &back, Some(nobody())), Verdict::Safe);
    assert_eq!(
        compare(&remove(), &back, Some(on(false))),
        Verdict::AlreadySo
    );
    // Another user has added them again, with other switches.
    assert_eq!(
        compare(&remove(), &back, Some(on(true))),
        conflict(on(true))
    );
    let unread = Present::Assignment(Some(Switches::default()));
    assert_eq!(compare(&remove(), &back, Some(unread)), Verdict::Unknown);
}

#[test]
fn a_live_chat_switch_and_a_name_are_compared() {
    let (off, on) = (switch_operator(false), [switch_operator(true)]);
    for (now, verdict) in [
        (Some(false), Verdict::Safe),
        (Some(true), Verdict::AlreadySo),
        (None, conflict(Present::LiveChat(None))),
    ] {
        assert_eq!(compare(&off, &on, Some(Present::LiveChat(now))), verdict);
    }
    let (there, back) = (
        rename("old.example", "new.example"),
        [rename("new.example", "old.example")],
    );
    let names = |old, new| Present::Names { old, new };
    for (present, verdict) in [
        (names(false, true), Verdict::Safe),
        (names(true, false), Verdict::AlreadySo),
        (names(true, true), conflict(names(true, true))),
        (names(false, false), conflict(names(false, false))),
    ] {
        assert_eq!(
            compare(&there, &back, Some(present.clone())),
            verdict,
            "{present:?}"
        );
    }
}

#[test]
fn each_reversible_change_names_its_read() {
    let a = || domain("a.example");
    let ada = || email("ada@x.example");
    for (change, look) in [
        (switch_operator(true), Some(Look::Operator(ada()))),
        (
            change_domain(settings(Some(true), None)),
            Some(Look::Domain(a())),
        ),
        (
            rename("old.example", "new.example"),
            Some(Look::Names {
                old: domain("old.example"),
                new: domain("new.example"),
            }),
        ),
        (add(), Some(Look::Assignment(a(), ada()))),
        (remove(), Some(Look::Assignment(a(), ada()))),
        (Change::DeleteUser { email: ada() }, None),
        (Change::AddDomain { domain: a() }, None),
    ] {
        assert_eq!(change.look_before_undo(), look, "{change:?}");
    }
}

#[test]
fn foreign_inverse_proves_nothing() {
    let present = Present::LiveChat(Some(true));
    assert_eq!(
        compare(&add(), &[switch_operator(true)], Some(present.clone())),
        Verdict::Unknown
    );
    assert_eq!(
        compare(&switch_operator(true), &[], Some(present)),
        Verdict::Unknown
    );
}
