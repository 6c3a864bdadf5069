//! What happened to the workspace is recorded without its codes, and comes back as it was recorded.

use super::*;
use crate::workspace::file::{export, parse};
use crate::workspace::import::{Choices, import};
use crate::workspace::test_support::{Memory, domain, organisation, with_code};
use crate::workspace::{OrganisationKey, Workspace};

fn facts() -> CodeFacts {
    CodeFacts {
        origin: CodeOrigin::Pasted,
        received_at: 5,
    }
}

#[test]
fn every_local_change_comes_back_from_its_own_text() {
    let domain = domain("a.example");
    for local in [
        LocalChange::ImportWorkspace {
            file: "acme \"1\".json".to_owned(),
            new: 1,
            changed: 2,
            codes: 3,
            replaced: 1,
            domains: vec![domain.clone()],
        },
        LocalChange::of_undone_import("acme.json", 3),
        LocalChange::ForgetDomain {
            domain: domain.clone(),
            code: Some(facts()),
        },
        LocalChange::RestoreDomain {
            domain: domain.clone(),
            code: None,
        },
        LocalChange::ReplaceCode {
            domain,
            old: facts(),
            new: facts(),
        },
        LocalChange::of_deleted_record(&Quarantined {
            key: "switchboard/1/aside/domain/https://acme.example/ a.example".to_owned(),
            text: "{".to_owned(),
        }),
    ] {
        let entry = LocalEntry::new(1, 2, local);
        assert_eq!(LocalEntry::from_text(&entry.to_text()), Some(entry));
    }
}

#[test]
fn entry_of_a_later_release_is_passed_over() {
    let entry = LocalEntry::new(1, 2, LocalChange::of_undone_import("a.json", 3)).to_text();
    let later = entry.replace("\"version\":1", "\"version\":2");
    assert_eq!(LocalEntry::from_text(&later), None);
    let unknown = entry.replace("undoImport", "somethingElse");
    assert_eq!(LocalEntry::from_text(&unknown), None);
}

#[test]
fn another_code_is_recorded_without_the_code() {
    let held = |link: &str, at| with_code("a.example", link, at).held.expect("a code");
    let name = domain("a.example");
    let (old, new) = (held("first-secret", 1), held("second-secret", 2));
    let recorded = LocalChange::of_code(&name, &old, &new).expect("another code");
    let text = LocalEntry::new(9, 0, recorded).to_text();
    assert!(!text.contains("secret"), "{text}");
    assert!(text.contains("\"receivedAt\":2"), "{text}");
    assert_eq!(
        LocalChange::of_code(&name, &old, &held("first-secret", 3)),
        None
    );
}

/// Imports so many domains with other codes, all of them chosen.
fn imported(domains: usize) -> Option<LocalChange> {
    let acme: OrganisationKey = organisation("https://acme.example/");
    let workspace = Workspace::new(Memory::default());
    let name = |at: usize| format!("{}-{at}.example", "long".repeat(10));
    let file = (0..domains).map(|at| with_code(&name(at), "new", 1));
    let file = file.collect::<Vec<_>>();
    for at in 0..domains {
        let here = with_code(&name(at), "old", 2);
        workspace.remember(&acme, here).expect("room");
    }
    let file = parse(&export(&acme, &file, 3)).expect("a workspace file");
    let chosen = file.domains.iter().map(|known| {
        let old = with_code(known.name.as_str(), "old", 2)
            .held
            .expect("a code");
        (known.name.clone(), old.code)
    });
    let choices: Choices = chosen.collect();
    let done = import(&workspace, &acme, &file, &choices, 4).done;
    LocalChange::of_import(&"n".repeat(1_000), &done)
}

#[test]
fn import_is_recorded_with_the_domains_whose_code_was_replaced() {
    assert_eq!(imported(0), None);
    let Some(LocalChange::ImportWorkspace {
        file,
        changed,
        replaced,
        domains,
        ..
    }) = imported(100)
    else {
        panic!("an import that changes codes is recorded");
    };
    assert_eq!((file.len(), changed, replaced), (FILE_NAME, 100, 100));
    assert!((10..100).contains(&domains.len()), "{}", domains.len());
    let names: usize = domains.iter().map(|name| name.as_str().len()).sum();
    assert!(names <= NAMES);
}
