//! An import loses nothing of either side, and repeating it changes nothing.

use proptest::prelude::*;
use switchboard_api::EmbedCode;

use crate::workspace::file::{export, parse};
use crate::workspace::test_support::{Memory, domain, known, organisation, with_code};

use super::*;
use crate::workspace::undo_import;

/// When the file of the tests was exported, and when it is imported.
const EXPORTED: u64 = 2_000;
const NOW: u64 = 3_000;

fn file(domains: &[KnownDomain]) -> WorkspaceFile {
    let acme = organisation("https://acme.example/");
    parse(&export(&acme, domains, EXPORTED)).expect("its own export")
}

/// Imports into a workspace that contains `here`, choosing the file's code for `chosen`. Returns the workspace
/// afterwards and the import. Then undoes the import, and checks that everything is as before.
#[track_caller]
fn imported_with(
    here: &[KnownDomain],
    there: &[KnownDomain],
    chosen: impl Fn(&KnownDomain) -> bool,
) -> (Vec<KnownDomain>, ImportPlan) {
    let (workspace, acme) = (
        Workspace::new(Memory::default()),
        organisation("https://acme.example/"),
    );
    for known in here {
        workspace.remember(&acme, known.clone()).expect("room");
    }
    let before = workspace.list(&acme).expect("storage");
    let choices = before.domains.iter().filter(|known| chosen(known));
    let choices: Choices = choices
        .filter_map(|known| Some((known.name.clone(), known.held.clone()?.code)))
        .collect();
    let planned = plan(&file(there), &before, &choices, NOW);
    let done = import(&workspace, &acme, &file(there), &choices, NOW);
    let Imported {
        done,
        stopped,
        undo,
    } = done;
    assert_eq!(
        (&done, stopped),
        (&planned, None),
        "what was shown is what was done"
    );
    let after = workspace.list(&acme).expect("storage").domains;
    for _ in 0..2 {
        let undone = undo_import(&workspace, &acme, &undo);
        assert_eq!((undone.restored, undone.stopped), (undo.len(), None));
        assert_eq!(workspace.list(&acme), Ok(before.clone()), "taken back");
    }
    (after, done)
}

#[track_caller]
fn imported(here: &[KnownDomain], there: &[KnownDomain]) -> (Vec<KnownDomain>, ImportPlan) {
    imported_with(here, there, |_| false)
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

/// Returns a code of another file, with the date of a wrong clock or of an attacker.
fn foreign(name: &str) -> KnownDomain {
    with_code(name, "foreign", u64::MAX)
}

#[test]
fn plan_says_what_happens_to_each_domain() {
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
        with_code("mine.example", "later", 6),
        with_code("theirs.example", "older", 4),
        with_code("same.example", "same", 99),
        known("details.example"),
    ];
    let (_, done) = imported_with(&here, &there, |known| {
        known.name.as_str() == "theirs.example"
    });
    let told: Vec<_> = done.steps.iter().map(|step| &step.change).collect();
    let other_code = |stays, here: &KnownDomain, file: &KnownDomain| ImportChange::OtherCode {
        stays,
        here: held(here),
        file: HeldCode {
            origin: CodeOrigin::Imported,
            ..held(file)
        },
    };
    assert_eq!(
        told,
        [
            &ImportChange::New { with_code: true },
            &ImportChange::New { with_code: false },
            &ImportChange::AddsCode,
            &other_code(Stays::Here, &here[1], &there[3]),
            &other_code(Stays::File, &here[2], &there[4]),
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
            codes: 3,
            not_used: 1
        }
    );
}

#[test]
fn code_in_file_never_replaces_stored_code_unasked() {
    for origin in [
        CodeOrigin::Added,
        CodeOrigin::Pasted,
        CodeOrigin::Imported,
        CodeOrigin::Chosen,
    ] {
        let mut here = with_code("shop.acme.example", "genuine", 5);
        if let Some(held) = &mut here.held {
            held.origin = origin;
        }
        let (after, done) = imported(std::slice::from_ref(&here), &[foreign("shop.acme.example")]);
        assert_eq!(after, [here], "{origin:?}");
        let counts = done.counts();
        assert_eq!((counts.codes, counts.not_used), (0, 1));
    }
}

#[test]
fn right_file_brings_back_a_displaced_code_by_choice() {
    let (workspace, acme) = (
        Workspace::new(Memory::default()),
        organisation("https://acme.example/"),
    );
    let genuine = with_code("shop.acme.example", "genuine", 5);
    workspace.remember(&acme, genuine.clone()).expect("room");
    let mut here = held(&genuine);
    // The file of another organisation first, then the right one, twice.
    for entry in [
        foreign("shop.acme.example"),
        genuine.clone(),
        foreign("shop.acme.example"),
        genuine.clone(),
    ] {
        let choices = Choices::from([(entry.name.clone(), here.code.clone())]);
        let wanted = held(&entry).code;
        import(&workspace, &acme, &file(&[entry]), &choices, NOW);
        let found = workspace.find(&acme, &genuine.name).expect("storage");
        here = held(&found.expect("known"));
        assert_eq!(here.code, wanted);
    }
}

#[test]
fn times_in_file_are_clamped() {
    let there = KnownDomain {
        known_since: u64::MAX,
        ..foreign("shop.acme.example")
    };
    let (after, _) = imported(&[], std::slice::from_ref(&there));
    assert_eq!(held(&after[0]).received_at, EXPORTED);
    assert_eq!(after[0].known_since, EXPORTED);
    // A file from the future gets the time of its import.
    let (workspace, acme) = (
        Workspace::new(Memory::default()),
        organisation("https://acme.example/"),
    );
    let from_the_future = WorkspaceFile {
        exported_at: u64::MAX,
        ..file(&[there])
    };
    import(&workspace, &acme, &from_the_future, &Choices::new(), NOW);
    let listing = workspace.list(&acme).expect("storage");
    assert_eq!(held(&listing.domains[0]).received_at, NOW);
}

#[test]
fn code_received_after_an_import_replaces_the_imported_one() {
    let (workspace, acme) = (
        Workspace::new(Memory::default()),
        organisation("https://acme.example/"),
    );
    let there = file(&[foreign("shop.acme.example")]);
    import(&workspace, &acme, &there, &Choices::new(), NOW);
    // The clock was set back, and no call says that the code is the newest.
    let received = with_code("shop.acme.example", "genuine", 1);
    let kept = workspace.remember(&acme, received.clone()).expect("room");
    assert_eq!(kept.held, received.held);
}

#[test]
fn choice_replaces_only_the_code_that_was_shown() {
    let (workspace, acme) = (
        Workspace::new(Memory::default()),
        organisation("https://acme.example/"),
    );
    let shown = with_code("shop.acme.example", "shown", 5);
    let choices = Choices::from([(shown.name.clone(), held(&shown).code)]);
    let received = with_code("shop.acme.example", "received meanwhile", 6);
    workspace.remember(&acme, received.clone()).expect("room");
    let there = file(&[foreign("shop.acme.example")]);
    let imported = import(&workspace, &acme, &there, &choices, NOW);
    assert_eq!(imported.done.counts().not_used, 1);
    assert_eq!(
        workspace.find(&acme, &received.name),
        Ok(Some(received.clone()))
    );
    // Even if the code arrives between the last read and the write.
    let chosen = foreign("shop.acme.example");
    let kept = workspace.keep_chosen(&acme, chosen, &held(&shown).code);
    assert_eq!(kept, Ok(received));
}

#[test]
fn import_overwrites_no_known_value() {
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
fn full_storage_stops_the_import_without_loss() {
    let (memory, acme) = (Memory::default(), organisation("https://acme.example/"));
    let workspace = Workspace::new(memory.clone());
    let there = file(&[
        with_code("a.example", "x", 1),
        with_code("b.example", "y", 2),
    ]);
    workspace.remember(&acme, known("b.example")).expect("room");
    memory.stop_after(2);
    let first = import(&workspace, &acme, &there, &Choices::new(), NOW);
    assert_eq!(first.done.steps.len(), 1);
    assert_eq!(first.stopped, Some(StoreError::Blocked));
    memory.go_on();
    assert_eq!(
        workspace.find(&acme, &domain("b.example")),
        Ok(Some(known("b.example")))
    );
    let second = import(&workspace, &acme, &there, &Choices::new(), NOW);
    assert_eq!(second.stopped, None);
    assert_eq!(second.done.counts().codes, 1);
}

#[test]
fn unreadable_record_is_quarantined_before_import() {
    let (memory, acme) = (Memory::default(), organisation("https://acme.example/"));
    let workspace = Workspace::new(memory.clone());
    memory
        .set(&acme.domain_key(&domain("a.example")), "{damaged")
        .expect("room");
    let there = file(&[known("a.example")]);
    import(&workspace, &acme, &there, &Choices::new(), NOW);
    let listing = workspace.list(&acme).expect("storage");
    assert_eq!(listing.domains, [known("a.example")]);
    assert_eq!(listing.quarantined[0].text, "{damaged");
    assert_eq!(
        listing.quarantined[0].about(),
        "https://acme.example/ a.example"
    );
    workspace
        .delete_quarantined(&listing.quarantined[0])
        .expect("storage");
    assert_eq!(workspace.list(&acme).expect("storage").quarantined, []);
}

/// Generates up to a handful of domains with few names and few codes, so that two lists overlap often.
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
    fn import_into_empty_workspace_copies_all_records(there in domains()) {
        let (after, _) = imported(&[], &there);
        let expected: Vec<_> = there.into_iter().map(as_imported).collect();
        prop_assert_eq!(after, expected);
    }

    #[test]
    fn import_loses_nothing_of_either_side(here in domains(), there in domains(), chosen in any::<[bool; 5]>()) {
        let is_chosen = |known: &KnownDomain| known.name.as_str()[1..2].parse::<usize>().is_ok_and(|at| chosen[at]);
        let (after, done) = imported_with(&here, &there, is_chosen);
        for one in here.iter().chain(&there) {
            let now = after.iter().find(|known| known.name == one.name);
            prop_assert!(now.is_some_and(|now| one.email.is_none() || now.email.is_some()), "{one:?}");
            let Some(held) = &one.held else { continue };
            let kept = now.and_then(|now| now.held.as_ref()).is_some_and(|now| now.code == held.code);
            let told = done.steps.iter().any(|step| {
                step.name == one.name && match &step.change {
                    ImportChange::OtherCode { stays: Stays::Here, file, .. } => file.code == held.code,
                    ImportChange::OtherCode { stays: Stays::File, here, .. } => here.code == held.code,
                    _ => false,
                }
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
