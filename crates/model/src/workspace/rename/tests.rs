//! A rename loses nothing, wherever it is interrupted.

use crate::workspace::test_support::{Memory, domain, known, organisation, with_code};

use super::*;

fn rename() -> PendingRename {
    PendingRename {
        from: domain("old.example"),
        to: domain("new.example"),
    }
}

#[test]
fn rename_moves_the_code_completely() {
    let (workspace, acme) = (
        Workspace::new(Memory::default()),
        organisation("https://acme.example/"),
    );
    let old = workspace
        .remember(&acme, with_code("old.example", "code", 5))
        .expect("room");
    workspace.begin_rename(&acme, &rename()).expect("room");
    assert_eq!(workspace.list(&acme).expect("storage").renames, [rename()]);
    workspace.finish_rename(&acme, &rename()).expect("room");
    let listing = workspace.list(&acme).expect("storage");
    assert_eq!(listing.renames, []);
    let expected = KnownDomain {
        name: domain("new.example"),
        ..old
    };
    assert_eq!(listing.domains, [expected]);
}

#[test]
fn interrupted_rename_is_finished_without_loss() {
    for writes_before_the_stop in 0..4 {
        let (memory, acme) = (Memory::default(), organisation("https://acme.example/"));
        let workspace = Workspace::new(memory.clone());
        workspace
            .remember(&acme, with_code("old.example", "code", 5))
            .expect("room");
        workspace.begin_rename(&acme, &rename()).expect("room");
        memory.stop_after(writes_before_the_stop);
        let _ = workspace.finish_rename(&acme, &rename());
        memory.go_on();
        // The next page load finds the note, or nothing is left to do.
        for pending in workspace.list(&acme).expect("storage").renames {
            workspace.finish_rename(&acme, &pending).expect("room");
        }
        let listing = workspace.list(&acme).expect("storage");
        let kept: Vec<_> = listing
            .domains
            .iter()
            .map(|one| (one.name.as_str(), one.held.is_some()))
            .collect();
        assert_eq!(
            kept,
            [("new.example", true)],
            "stopped after {writes_before_the_stop} writes"
        );
        assert_eq!(listing.renames, []);
    }
}

#[test]
fn replaced_code_of_the_api_survives_a_rename() {
    let (workspace, acme) = (
        Workspace::new(Memory::default()),
        organisation("https://acme.example/"),
    );
    let added = with_code("old.example", "from the API", 5);
    let remembered = workspace.remember(&acme, added.clone()).expect("room");
    assert_eq!(workspace.list(&acme).expect("storage").replaced, 0);
    let mut pasted = with_code("old.example", "pasted", 6);
    if let Some(held) = &mut pasted.held {
        held.origin = CodeOrigin::Pasted;
    }
    let code = |held: Option<HeldCode>| held.map(|held| held.code);
    let pasted_code = code(pasted.held.clone()).expect("a code");
    workspace.receive(&acme, pasted).expect("room");
    assert_eq!(workspace.list(&acme).expect("storage").replaced, 1);
    assert_eq!(
        code(
            workspace
                .added_code(&acme, &remembered.name)
                .expect("storage")
        ),
        code(added.held.clone())
    );
    workspace.begin_rename(&acme, &rename()).expect("room");
    workspace.finish_rename(&acme, &rename()).expect("room");
    let listing = workspace.list(&acme).expect("storage");
    assert_eq!((listing.quarantined.len(), listing.replaced), (0, 1));
    assert_eq!(listing.domains[0].name, domain("new.example"));
    let shown = code(listing.domains[0].held.clone()).expect("a code");
    assert_eq!(shown.link, pasted_code.link);
    let moved = workspace.added_code(&acme, &domain("new.example"));
    assert_eq!(code(moved.expect("storage")), code(added.held));
}

#[test]
fn cancelled_rename_changes_nothing() {
    let (workspace, acme) = (
        Workspace::new(Memory::default()),
        organisation("https://acme.example/"),
    );
    let old = workspace
        .remember(&acme, with_code("old.example", "code", 5))
        .expect("room");
    workspace.begin_rename(&acme, &rename()).expect("room");
    workspace
        .cancel_rename(&acme, &rename().from)
        .expect("storage");
    let listing = workspace.list(&acme).expect("storage");
    assert_eq!((listing.domains, listing.renames), (vec![old], vec![]));
}

#[test]
fn rename_to_a_known_name_keeps_the_code() {
    let (workspace, acme) = (
        Workspace::new(Memory::default()),
        organisation("https://acme.example/"),
    );
    workspace
        .remember(&acme, with_code("old.example", "code", 5))
        .expect("room");
    workspace
        .remember(&acme, known("new.example"))
        .expect("room");
    workspace.finish_rename(&acme, &rename()).expect("room");
    let found = workspace
        .find(&acme, &domain("new.example"))
        .expect("storage");
    assert!(found.is_some_and(|found| found.held.is_some()));
}

#[test]
fn code_of_the_renamed_domain_replaces_a_later_one() {
    for origin in [
        CodeOrigin::Added,
        CodeOrigin::Pasted,
        CodeOrigin::Imported,
        CodeOrigin::Chosen,
    ] {
        // Stops after each write: both codes are stored at any time.
        for writes_before_the_stop in 0..7 {
            let (memory, acme) = (Memory::default(), organisation("https://acme.example/"));
            let workspace = Workspace::new(memory.clone());
            let mut right = with_code("old.example", "right", 5);
            if let Some(held) = &mut right.held {
                held.origin = origin;
            }
            workspace.remember(&acme, right).expect("room");
            workspace
                .remember(&acme, with_code("new.example", "dead", 9))
                .expect("room");
            workspace.begin_rename(&acme, &rename()).expect("room");
            memory.stop_after(writes_before_the_stop);
            let _ = workspace.finish_rename(&acme, &rename());
            memory.go_on();
            let has = |link: &str| memory.texts.borrow().values().any(|it| it.contains(link));
            assert!(
                has("right") && has("dead"),
                "{origin:?} {writes_before_the_stop}"
            );
            for pending in workspace.list(&acme).expect("storage").renames {
                workspace.finish_rename(&acme, &pending).expect("room");
            }
            let links = |listing: &crate::workspace::Listing| -> Vec<String> {
                let held = listing.domains.iter().filter_map(|one| one.held.as_ref());
                held.map(|held| held.code.link.clone()).collect()
            };
            let listing = workspace.list(&acme).expect("storage");
            assert_eq!(links(&listing), ["right"], "{origin:?}");
            assert_eq!(listing.quarantined.len(), 1);
            assert!(listing.quarantined[0].text.contains("dead"));
            // Restoring the quarantined record puts the other one there.
            let restored = workspace.restore_quarantined(&listing.quarantined[0]);
            assert!(matches!(restored, Ok(Ok(_))));
            let listing = workspace.list(&acme).expect("storage");
            assert_eq!(links(&listing), ["dead"]);
            assert_eq!(listing.quarantined.len(), 1);
            assert!(listing.quarantined[0].text.contains("right"));
        }
    }
}

#[test]
fn full_storage_stops_a_rename_that_would_replace_a_code() {
    let (memory, acme) = (Memory::default(), organisation("https://acme.example/"));
    let workspace = Workspace::new(memory.clone());
    for (name, link, received_at) in [("old.example", "right", 5), ("new.example", "dead", 9)] {
        workspace
            .remember(&acme, with_code(name, link, received_at))
            .expect("room");
    }
    workspace.begin_rename(&acme, &rename()).expect("room");
    let before = workspace.list(&acme);
    memory.full.set(true);
    assert_eq!(
        workspace.finish_rename(&acme, &rename()),
        Err(StoreError::Full)
    );
    assert_eq!(workspace.list(&acme), before);
}
