//! An entry survives a round trip, and says whether it can be undone.

use super::*;
use crate::journal::{DomainSettings, Switches};
use crate::workspace::test_support::domain;
use switchboard_api::Email;

fn email(text: &str) -> Email {
    text.parse().expect("an e-mail of the test")
}

fn entry(change: Change) -> Entry {
    let inverse = vec![Change::AddDomain {
        domain: domain("undo.example"),
    }];
    Entry {
        at: 1,
        salt: 2,
        change,
        seen: Seen::Worked,
        inverse,
        undone: false,
        before: None,
    }
}

fn renamed(from: &str, to: &str) -> Change {
    Change::ChangeDomain {
        domain: domain(from),
        to: DomainSettings {
            name: Some(domain(to)),
            ..DomainSettings::default()
        },
    }
}

fn contact(name: &str, address: &str) -> Change {
    Change::ChangeDomain {
        domain: domain(name),
        to: DomainSettings {
            email: Some(email(address)),
            ..DomainSettings::default()
        },
    }
}

fn active(name: &str) -> Change {
    Change::ChangeDomain {
        domain: domain(name),
        to: DomainSettings {
            active: Some(true),
            ..DomainSettings::default()
        },
    }
}

fn switched(name: &str, who: &str, to: Switches) -> Change {
    Change::ChangeAssignment {
        domain: domain(name),
        email: email(who),
        to,
    }
}

fn admin() -> Switches {
    Switches {
        admin: Some(true),
        ..Switches::default()
    }
}

fn shown() -> Switches {
    Switches {
        shown_online: Some(false),
        ..Switches::default()
    }
}

fn put_on(name: &str, who: &str) -> Change {
    Change::AddAssignment {
        domain: domain(name),
        email: email(who),
    }
}

fn taken_off(name: &str, who: &str) -> Change {
    Change::RemoveAssignment {
        domain: domain(name),
        email: email(who),
    }
}

fn operator(who: &str, on: bool, domains: &[&str]) -> Change {
    Change::SwitchOperator {
        email: email(who),
        on,
        domains: domains.iter().map(|name| domain(name)).collect(),
    }
}

#[test]
fn every_change_comes_back_from_its_own_text() {
    let (a, ada) = ("a.example", "ada@x.example");
    for change in [
        Change::AddOperator {
            email: email(ada),
            name: "Ada \"é\"".to_owned(),
        },
        operator(ada, true, &[a]),
        operator(ada, false, &[]),
        Change::AddDomain { domain: domain(a) },
        renamed(a, "b.example"),
        contact(a, ada),
        active(a),
        Change::DeleteDomain { domain: domain(a) },
        put_on(a, ada),
        switched(a, ada, admin()),
        taken_off(a, ada),
        Change::DeleteUser { email: email(ada) },
    ] {
        let entry = entry(change);
        assert_eq!(Entry::from_text(&entry.to_text()), Some(entry));
    }
}

#[test]
fn old_values_come_back_from_the_text_of_an_entry() {
    let (a, ada) = ("a.example", "ada@x.example");
    for before in [
        Present::Gone,
        Present::LiveChat(None),
        Present::LiveChat(Some(true)),
        Present::Domain(DomainSettings {
            email: Some(email(ada)),
            ..DomainSettings::default()
        }),
        Present::Assignment(None),
        Present::Assignment(Some(admin())),
    ] {
        let entry = Entry {
            before: Some(before.clone()),
            ..entry(taken_off(a, ada))
        };
        let back = Entry::from_text(&entry.to_text());
        assert_eq!(back.and_then(|entry| entry.old_value()), Some(before));
    }
}

#[test]
fn entry_of_an_earlier_release_tells_its_old_value_by_its_inverse() {
    let text = r#"{"version":1,"at":5,"salt":7,"seen":"worked","undone":false,
        "change":{"changeDomain":{"domain":"a.example","to":{"email":"new@a.example"}}},
        "inverse":[{"changeDomain":{"domain":"a.example","to":{"email":"old@a.example"}}}]}"#;
    let entry = Entry::from_text(text).expect("an entry of an earlier release");
    let was = |email: &str| {
        let email = email.parse().ok();
        Some(Present::Domain(DomainSettings {
            email,
            ..DomainSettings::default()
        }))
    };
    assert_eq!(entry.old_value(), was("old@a.example"));
    assert_eq!(undoable(std::slice::from_ref(&entry)), [true]);
    let recorded = Entry {
        before: was("recorded@a.example"),
        ..entry
    };
    assert_eq!(recorded.old_value(), was("recorded@a.example"));
}

#[test]
fn old_value_is_told_only_where_it_is_known() {
    let (a, b, ada) = ("a.example", "b.example", "ada@x.example");
    let named = |name| {
        let name = Some(domain(name));
        Present::Domain(DomainSettings {
            name,
            ..DomainSettings::default()
        })
    };
    let steps = [put_on(a, ada), switched(a, ada, admin())];
    for (change, inverse, was) in [
        (
            Change::AddDomain { domain: domain(a) },
            &[][..],
            Some(Present::Gone),
        ),
        (put_on(a, ada), &[], Some(Present::Assignment(None))),
        (renamed(a, b), &[], Some(named(a))),
        (renamed(a, b), &[renamed(b, a)], Some(named(a))),
        (
            taken_off(a, ada),
            &steps,
            Some(Present::Assignment(Some(admin()))),
        ),
        (
            operator(ada, false, &[]),
            &[operator(ada, true, &[])],
            Some(Present::LiveChat(Some(true))),
        ),
        (operator(ada, false, &[]), &[], None),
        (taken_off(a, ada), &[], None),
        (contact(a, ada), &[], None),
        (Change::DeleteUser { email: email(ada) }, &[], None),
    ] {
        assert_eq!(old_value(&change, inverse), was, "{change:?}");
    }
}

#[test]
fn only_what_surely_worked_and_has_a_way_back_can_be_undone_once() {
    let entry = entry(put_on("a.example", "ada@x.example"));
    assert_eq!(undoable(std::slice::from_ref(&entry)), [true]);
    for not in [
        Entry {
            seen: Seen::Unknown,
            ..entry.clone()
        },
        Entry {
            undone: true,
            ..entry.clone()
        },
        Entry {
            inverse: Vec::new(),
            ..entry
        },
    ] {
        assert_eq!(undoable(std::slice::from_ref(&not)), [false], "{not:?}");
    }
}

#[test]
fn newer_change_of_the_same_object_blocks_undo() {
    let (a, b, ada, bob) = ("a.example", "b.example", "ada@x.example", "bob@x.example");
    for (newer, older) in [
        (contact(a, bob), contact(a, ada)),
        (renamed(a, b), contact(a, ada)),
        (renamed(b, "c.example"), renamed(a, b)),
        (renamed("c.example", a), renamed(a, b)),
        (Change::DeleteDomain { domain: domain(a) }, put_on(a, ada)),
        (Change::DeleteUser { email: email(ada) }, put_on(a, ada)),
        (
            Change::DeleteUser { email: email(ada) },
            operator(ada, false, &[]),
        ),
        (taken_off(a, ada), switched(a, ada, admin())),
        (taken_off(a, ada), put_on(a, ada)),
        (put_on(a, ada), taken_off(a, ada)),
        (switched(a, ada, admin()), switched(a, ada, admin())),
        (switched(a, ada, admin()), taken_off(a, ada)),
        (operator(ada, false, &[]), operator(ada, true, &[])),
        (operator(ada, true, &[a]), taken_off(a, ada)),
    ] {
        assert!(newer.supersedes(&older), "{newer:?} after {older:?}");
        let (newer, older) = (entry(newer), entry(older));
        assert_eq!(undoable(&[newer, older]), [true, false]);
    }
}

#[test]
fn newer_change_of_another_object_does_not_block_undo() {
    let (a, b, ada, bob) = ("a.example", "b.example", "ada@x.example", "bob@x.example");
    for (newer, older) in [
        (contact(b, bob), contact(a, ada)),
        (active(a), contact(a, ada)),
        (contact(b, ada), renamed(a, b)),
        (renamed("c.example", "d.example"), renamed(a, b)),
        (Change::DeleteDomain { domain: domain(b) }, put_on(a, ada)),
        (Change::DeleteUser { email: email(bob) }, put_on(a, ada)),
        (Change::DeleteUser { email: email(ada) }, contact(a, ada)),
        (taken_off(a, bob), switched(a, ada, admin())),
        (taken_off(b, ada), put_on(a, ada)),
        (switched(a, ada, shown()), switched(a, ada, admin())),
        (switched(b, ada, admin()), switched(a, ada, admin())),
        (switched(a, bob, admin()), switched(a, ada, admin())),
        (switched(a, ada, admin()), put_on(a, ada)),
        (switched(a, bob, admin()), put_on(a, ada)),
        (operator(bob, false, &[]), operator(ada, true, &[])),
        (operator(ada, true, &[b]), taken_off(a, ada)),
        (operator(ada, false, &[]), put_on(a, ada)),
    ] {
        assert!(!newer.supersedes(&older), "{newer:?} after {older:?}");
    }
}

fn with_inverse(change: Change, inverse: Vec<Change>, undone: bool) -> Entry {
    Entry {
        inverse,
        undone,
        ..entry(change)
    }
}

#[test]
fn undone_change_does_not_block_undo() {
    let (a, b, ada) = ("a.example", "b.example", "ada@x.example");
    let older = entry(contact(a, ada));
    let undone = with_inverse(renamed(a, b), vec![renamed(b, a)], true);
    let undoing = |undone| with_inverse(renamed(b, a), vec![renamed(a, b)], undone);
    let again = with_inverse(renamed(a, b), vec![renamed(b, a)], false);
    let history = [undoing(false), undone.clone(), older.clone()];
    assert_eq!(undoable(&history), [true, false, true]);
    let redone = [again, undoing(true), undone.clone(), older.clone()];
    assert_eq!(undoable(&redone), [true, false, false, false]);
    // The journal does not contain the undo itself.
    assert_eq!(undoable(&[undone, older]), [false, false]);
}

#[test]
fn undo_in_several_steps_needs_all_steps() {
    let (a, ada) = ("a.example", "ada@x.example");
    let steps = || vec![put_on(a, ada), switched(a, ada, admin())];
    let older = entry(switched(a, ada, shown()));
    let removed = with_inverse(taken_off(a, ada), steps(), true);
    let (first, second) = (entry(put_on(a, ada)), entry(switched(a, ada, admin())));
    let whole = [
        second.clone(),
        first.clone(),
        removed.clone(),
        older.clone(),
    ];
    assert_eq!(undoable(&whole), [true, true, false, true]);
    let half = [first, removed, older];
    assert_eq!(undoable(&half), [true, false, false]);
}

#[test]
fn old_domain_name_leads_to_the_latest() {
    let entries = [
        entry(renamed("two.example", "three.example")),
        entry(contact("two.example", "web@two.example")),
        entry(renamed("one.example", "two.example")),
    ];
    let now = |name: &str| renamed_to(&entries, &domain(name)).map(|name| name.to_string());
    assert_eq!(now("one.example").as_deref(), Some("three.example"));
    assert_eq!(now("two.example").as_deref(), Some("three.example"));
    assert_eq!(now("three.example"), None);
    let back = [
        entry(renamed("two.example", "one.example")),
        entry(renamed("one.example", "two.example")),
    ];
    assert_eq!(renamed_to(&back, &domain("one.example")), None);
}

#[test]
fn former_name_follows_the_renames_since_a_time() {
    let renamed = |at, from: &str, to: &str| Entry {
        at,
        ..entry(renamed(from, to))
    };
    let mut entries = vec![
        renamed(4, "two.example", "three.example"),
        renamed(2, "one.example", "two.example"),
    ];
    let was = |entries: &[Entry], name: &str, at| {
        former_name(entries, &domain(name), at).map(|name| name.to_string())
    };
    let at = |at| was(&entries, "three.example", at);
    assert_eq!(at(1).as_deref(), Some("one.example"));
    assert_eq!(at(3).as_deref(), Some("two.example"));
    assert_eq!((at(4), was(&entries, "two.example", 3)), (None, None));
    entries.insert(0, renamed(5, "three.example", "one.example"));
    assert_eq!(was(&entries, "one.example", 1), None);
}

#[test]
fn newer_change_of_the_same_value_supersedes_a_lost_one() {
    let lost = active("a.example");
    let other = contact("a.example", "web@a.example");
    let entries = |newer: Change| {
        [
            entry(newer),
            entry(lost.clone()),
            entry(active("b.example")),
        ]
    };
    assert!(!is_superseded(&entries(other), &lost));
    let off = Change::ChangeDomain {
        domain: domain("a.example"),
        to: DomainSettings {
            active: Some(false),
            ..DomainSettings::default()
        },
    };
    assert!(is_superseded(&entries(off), &lost));
    assert!(is_superseded(
        &entries(renamed("a.example", "c.example")),
        &lost
    ));
}
