//! An import loses nothing of either side, and doing it again changes nothing.

use proptest::prelude::*;
use switchboard_api::EmbedCode;

use crate::workspace::file::{export, parse};
use crate::workspace::test_support::{Memory, domain, known, organisation, with_code};

use super::*;

fn file(domains: &[KnownDomain]) -> WorkspaceFile {
    parse(&export(&organisation("https://acme.example/"), domains, 9)).expect("its own export")
}

/// Imports into a workspace that holds `here`; the workspace afterwards, and what was done.
#[track_caller]
fn imported(here: &[KnownDomain], there: &[KnownDomain]) -> (Vec<KnownDomain>, ImportPlan) {
    let (workspace, acme) = (
        Workspace::new(Memory::default()),
        organisation("https://acme.example/"),
    );
    for known in here {
        workspace.remember(&acme, known.clone()).expect("room");
    }
    let before = workspace.list(&acme).expect("storage");
    let planned = plan(&file(there), &before);
    let Imported { done, stopped } = import(&workspace, &acme, &file(there));
    assert_eq!(
        (&done, stopped),
        (&planned, None),
        "what was shown is what was done"
    );
    (workspace.list(&acme).expect("storage").domains, done)
}

fn held(known: &KnownDomain) -> HeldCode {
    known.held.clone().expect("a code")
}

fn as_imported(known: KnownDomain) -> KnownDomain {
    let held = known.held.map(|held| HeldCode {
        origin: CodeOrigin::Imported,
        ..held
    });
    KnownDomain { held, ..known }
}

#[test]
fn each_domain_is_told_what_happens_to_it() {
    let here = [
        known("gains.example"),
        with_code("mine.example", "mine", 5),
        with_code("theirs.example", "mine", 5),
        with_code("same.example", "same", 5),
        KnownDomain {
            email: None,
            ..known("details.example")
        },
    ];
    let there = [
        with_code("new.example", "x", 1),
        known("bare.example"),
        with_code("gains.example", "x", 1),
        with_code("mine.example", "older", 4),
        with_code("theirs.example", "newer", 6),
        with_code("same.example", "same", 99),
        known("details.example"),
    ];
    let (_, done) = imported(&here, &there);
    let told: Vec<_> = done.steps.iter().map(|step| &step.change).collect();
    let older = HeldCode {
        origin: CodeOrigin::Imported,
        ..held(&there[3])
    };
    assert_eq!(
        told,
        [
            &ImportChange::New { with_code: true },
            &ImportChange::New { with_code: false },
            &ImportChange::AddsCode,
            &ImportChange::OtherCode {
                stays: Stays::Here,
                other: older
            },
            &ImportChange::OtherCode {
                stays: Stays::File,
                other: held(&here[2])
            },
            &ImportChange::Unchanged,
            &ImportChange::Details,
        ]
    );
    assert_eq!(
        done.counts(),
        ImportCounts {
            new: 2,
            changed: 3,
            unchanged: 2,
            codes: 3
        }
    );
}

#[test]
fn what_is_known_here_is_not_overwritten_by_a_file() {
    let here = KnownDomain {
        email: "new@acme.example".parse().ok(),
        ..with_code("shop.acme.example", "same", 5)
    };
    let (after, _) = imported(
        std::slice::from_ref(&here),
        &[with_code("shop.acme.example", "same", 9)],
    );
    assert_eq!(after, [here]);
}

#[test]
fn a_code_of_two_empty_parts_replaces_nothing() {
    let mut empty = with_code("shop.acme.example", "", 99);
    if let Some(held) = &mut empty.held {
        held.code = EmbedCode::default();
    }
    let here = with_code("shop.acme.example", "mine", 5);
    let (after, done) = imported(std::slice::from_ref(&here), &[empty]);
    assert_eq!(after, [here]);
    assert_eq!(done.steps[0].change, ImportChange::Unchanged);
}

#[test]
fn a_full_storage_stops_the_import_and_what_was_held_stays() {
    let (memory, acme) = (Memory::default(), organisation("https://acme.example/"));
    let workspace = Workspace::new(memory.clone());
    let there = file(&[
        with_code("a.example", "x", 1),
        with_code("b.example", "y", 2),
    ]);
    workspace.remember(&acme, known("b.example")).expect("room");
    memory.stop_after(2);
    let first = import(&workspace, &acme, &there);
    assert_eq!(first.done.steps.len(), 1);
    assert_eq!(first.stopped, Some(StoreError::Blocked));
    memory.go_on();
    assert_eq!(
        workspace.find(&acme, &domain("b.example")),
        Ok(Some(known("b.example")))
    );
    let second = import(&workspace, &acme, &there);
    assert_eq!(second.stopped, None);
    assert_eq!(second.done.counts().codes, 1);
}

#[test]
fn a_record_here_that_cannot_be_read_is_set_aside_before_the_files_takes_its_place() {
    let (memory, acme) = (Memory::default(), organisation("https://acme.example/"));
    let workspace = Workspace::new(memory.clone());
    memory
        .set(&acme.domain_key(&domain("a.example")), "{damaged")
        .expect("room");
    import(&workspace, &acme, &file(&[known("a.example")]));
    let listing = workspace.list(&acme).expect("storage");
    assert_eq!(listing.domains, [known("a.example")]);
    assert_eq!(listing.set_aside[0].text, "{damaged");
    assert_eq!(
        listing.set_aside[0].about(),
        "https://acme.example/ a.example"
    );
    workspace
        .delete_set_aside(&listing.set_aside[0])
        .expect("storage");
    assert_eq!(workspace.list(&acme).expect("storage").set_aside, []);
}

/// Up to a handful of domains with few names and few codes, so that two lists meet often.
fn domains() -> impl Strategy<Value = Vec<KnownDomain>> {
    let record = (
        0_u8..5,
        proptest::option::of((0_u8..3, 0_u64..4)),
        0_u64..4,
        any::<bool>(),
        any::<bool>(),
    );
    proptest::collection::vec(record, 0..6).prop_map(|records| {
        let mut domains: Vec<KnownDomain> = Vec::new();
        for (name, code, known_since, code_copied, email) in records {
            let name = format!("d{name}.example");
            if domains.iter().any(|known| known.name.as_str() == name) {
                continue;
            }
            let base = match code {
                Some((code, at)) => with_code(&name, &format!("<{code}\u{2028}\n"), at),
                None => known(&name),
            };
            domains.push(KnownDomain {
                known_since,
                code_copied,
                operator_seen: false,
                email: base.email.clone().filter(|_| email),
                ..base
            });
        }
        domains.sort_by(|one, other| one.name.cmp(&other.name));
        domains
    })
}

proptest! {
    #[test]
    fn into_an_empty_workspace_the_same_records_come_as_imported(there in domains()) {
        let (after, _) = imported(&[], &there);
        let expected: Vec<_> = there.into_iter().map(as_imported).collect();
        prop_assert_eq!(after, expected);
    }

    #[test]
    fn no_name_address_or_code_of_either_side_is_lost(here in domains(), there in domains()) {
        let (after, done) = imported(&here, &there);
        for one in here.iter().chain(&there) {
            let now = after.iter().find(|known| known.name == one.name);
            prop_assert!(now.is_some_and(|now| one.email.is_none() || now.email.is_some()), "{one:?}");
            let Some(held) = &one.held else { continue };
            let kept = now.and_then(|now| now.held.as_ref()).is_some_and(|now| now.code == held.code);
            let told = done.steps.iter().any(|step| {
                step.name == one.name && matches!(&step.change, ImportChange::OtherCode { other, .. } if other.code == held.code)
            });
            prop_assert!(kept != told, "{one:?} kept: {kept}, told: {told}");
        }
    }

    #[test]
    fn importing_twice_changes_nothing_the_second_time(here in domains(), there in domains()) {
        let (once, _) = imported(&here, &there);
        let (twice, done) = imported(&once, &there);
        prop_assert_eq!(twice, once);
        let counts = done.counts();
        prop_assert_eq!((counts.new, counts.changed, counts.codes), (0, 0, 0));
    }
}
