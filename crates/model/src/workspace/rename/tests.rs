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
