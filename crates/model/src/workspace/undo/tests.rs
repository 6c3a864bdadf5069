//! Undoing an import removes nothing that came after it. (`import_tests` checks that everything else is as before.)

use crate::workspace::file::WorkspaceFile;
use crate::workspace::import::{Choices, import};
use crate::workspace::test_support::{Memory, domain, known, organisation, with_code};
use crate::workspace::{CodeOrigin, HeldCode};

use super::*;

const NAME: &str = "shop.acme.example";

/// Returns a workspace with one domain, after an import whose code was chosen over its own.
fn after_import(memory: &Memory) -> (Workspace<Memory>, OrganisationKey, ImportUndo) {
    let (workspace, acme) = (
        Workspace::new(memory.clone()),
        organisation("https://acme.example/"),
    );
    let genuine = with_code(NAME, "genuine", 5);
    workspace.remember(&acme, genuine.clone()).expect("room");
    let file = WorkspaceFile {
        organisation: acme.clone(),
        exported_at: 9,
        domains: vec![
            with_code(NAME, "foreign", 6),
            with_code("new.example", "x", 6),
        ],
    };
    let shown = genuine.held.expect("a code").code;
    let choices = Choices::from([(domain(NAME), shown)]);
    let imported = import(&workspace, &acme, &file, &choices, 9);
    assert_eq!(imported.undo.len(), 2);
    (workspace, acme, imported.undo)
}

fn link(workspace: &Workspace<Memory>, acme: &OrganisationKey, name: &str) -> Option<String> {
    let known = workspace.find(acme, &domain(name)).expect("storage")?;
    Some(known.held?.code.link)
}

#[test]
fn undo_keeps_a_code_that_came_after_the_import() {
    let (workspace, acme, undo) = after_import(&Memory::default());
    for name in [NAME, "new.example"] {
        let pasted = with_code(name, "pasted", 1);
        let pasted = KnownDomain {
            held: pasted.held.map(|held| HeldCode {
                origin: CodeOrigin::Pasted,
                ..held
            }),
            ..pasted
        };
        workspace.receive(&acme, pasted).expect("room");
    }
    let undone = undo_import(&workspace, &acme, &undo);
    assert_eq!(undone.restored, 0);
    assert_eq!(undone.changed_since, [domain(NAME), domain("new.example")]);
    for name in [NAME, "new.example"] {
        assert_eq!(link(&workspace, &acme, name).as_deref(), Some("pasted"));
    }
}

#[test]
fn undo_keeps_details_that_came_after_the_import() {
    let (workspace, acme, undo) = after_import(&Memory::default());
    let looked_up = KnownDomain {
        email: "new@acme.example".parse().ok(),
        operator_seen: true,
        ..known(NAME)
    };
    workspace.remember(&acme, looked_up).expect("room");
    let undone = undo_import(&workspace, &acme, &undo);
    assert_eq!((undone.restored, undone.changed_since), (2, Vec::new()));
    let now = workspace.find(&acme, &domain(NAME)).expect("storage");
    let now = now.expect("known");
    assert!(now.operator_seen);
    assert_eq!(now.email, "new@acme.example".parse().ok());
    assert_eq!(link(&workspace, &acme, NAME).as_deref(), Some("genuine"));
    assert_eq!(workspace.find(&acme, &domain("new.example")), Ok(None));
}

#[test]
fn interrupted_undo_loses_no_code_and_is_repeatable() {
    for writes in 0..12 {
        let memory = Memory::default();
        let (workspace, acme, undo) = after_import(&memory);
        memory.stop_after(writes);
        let stopped = undo_import(&workspace, &acme, &undo).stopped;
        memory.go_on();
        let there = link(&workspace, &acme, NAME);
        assert!(matches!(there.as_deref(), Some("genuine" | "foreign")));
        let undone = undo_import(&workspace, &acme, &undo);
        assert_eq!((undone.restored, undone.stopped), (2, None), "{writes}");
        assert_eq!(link(&workspace, &acme, NAME).as_deref(), Some("genuine"));
        assert_eq!(workspace.find(&acme, &domain("new.example")), Ok(None));
        assert!(stopped.is_some() || writes > 4);
    }
}

#[test]
fn undo_leaves_a_forgotten_domain_forgotten() {
    let (workspace, acme, undo) = after_import(&Memory::default());
    workspace.forget(&acme, &domain(NAME)).expect("storage");
    let undone = undo_import(&workspace, &acme, &undo);
    assert_eq!(undone.changed_since, [domain(NAME)]);
    assert_eq!(workspace.find(&acme, &domain(NAME)), Ok(None));
}
