//! The workspace's promises, tested with a storage in memory that can be full or blocked.

use crate::workspace::test_support::{Memory, domain, known, organisation, with_code};

use super::*;
use crate::workspace::{CodeOrigin, Listing, Quarantined};

#[test]
fn stored_code_is_read_back_exactly() {
    let (memory, acme) = (Memory::default(), organisation("https://acme.example/"));
    let kept = with_code(
        "shop.acme.example",
        "  <script>\r\n\t\"ünï\u{2028}\" </script>\n",
        5,
    );
    assert_eq!(
        Workspace::new(memory.clone()).remember(&acme, kept.clone()),
        Ok(kept.clone())
    );
    assert_eq!(
        Workspace::new(memory).find(&acme, &kept.name),
        Ok(Some(kept))
    );
}

#[test]
fn look_up_never_removes_a_stored_code() {
    let (workspace, acme) = (
        Workspace::new(Memory::default()),
        organisation("https://acme.example/"),
    );
    let kept = with_code("shop.acme.example", "<script></script>", 5);
    workspace.remember(&acme, kept.clone()).expect("room");
    let looked_up = KnownDomain::new(kept.name.clone(), "new@acme.example".parse().ok(), 9_000);
    let seen = KnownDomain {
        operator_seen: true,
        ..looked_up.clone()
    };
    workspace.remember(&acme, seen).expect("room");
    let merged = workspace.remember(&acme, looked_up).expect("room");
    assert!(merged.operator_seen, "what was seen once stays seen");
    assert_eq!(merged.held, kept.held);
    assert_eq!(merged.email, "new@acme.example".parse().ok());
    assert_eq!(merged.known_since, 1_000);
}

#[test]
fn later_code_stays_in_any_write_order() {
    let (older, newer) = (
        with_code("a.example", "old", 5),
        with_code("a.example", "new", 6),
    );
    for (first, second) in [(&older, &newer), (&newer, &older)] {
        let (workspace, acme) = (
            Workspace::new(Memory::default()),
            organisation("https://acme.example/"),
        );
        workspace.remember(&acme, first.clone()).expect("room");
        let merged = workspace.remember(&acme, second.clone()).expect("room");
        assert_eq!(
            merged.held.map(|held| held.code.link),
            Some("new".to_owned())
        );
    }
}

#[test]
fn two_tabs_that_add_at_once_lose_nothing() {
    let (memory, acme) = (Memory::default(), organisation("https://acme.example/"));
    let (one, other) = (
        Workspace::new(memory.clone()),
        Workspace::new(memory.clone()),
    );
    one.list(&acme).expect("storage");
    other.list(&acme).expect("storage");
    one.remember(&acme, with_code("one.example", "1", 1))
        .expect("room");
    other
        .remember(&acme, with_code("other.example", "2", 1))
        .expect("room");
    let names: Vec<String> = one
        .list(&acme)
        .expect("storage")
        .domains
        .iter()
        .map(|known| known.name.to_string())
        .collect();
    assert_eq!(names, ["one.example", "other.example"]);
}

#[test]
fn organisations_do_not_see_each_other() {
    let workspace = Workspace::new(Memory::default());
    let (acme, prefix) = (
        organisation("https://acme.example/"),
        organisation("https://acme.example/api/"),
    );
    workspace.remember(&acme, known("a.example")).expect("room");
    assert_eq!(workspace.list(&prefix), Ok(Listing::default()));
    workspace
        .remember(&prefix, known("b.example"))
        .expect("room");
    assert_eq!(workspace.list(&acme).expect("storage").domains.len(), 1);
}

#[test]
fn unreadable_record_is_quarantined_and_reported() {
    for damaged in [
        "",
        "{",
        "[]",
        "null",
        r#"{"version":99,"name":"a.example"}"#,
        r#"{"version":1,"name":"no domain"}"#,
        r#"{"version":1,"name":"b.example"}"#,
    ] {
        let (memory, acme) = (Memory::default(), organisation("https://acme.example/"));
        let key = acme.domain_key(&domain("a.example"));
        memory.set(&key, damaged).expect("room");
        let workspace = Workspace::new(memory.clone());
        workspace.remember(&acme, known("b.example")).expect("room");
        let listing = workspace.list(&acme).expect("storage");
        assert_eq!(listing.domains.len(), 1, "{damaged}");
        assert_eq!(
            listing
                .quarantined
                .iter()
                .map(|aside| aside.text.as_str())
                .collect::<Vec<_>>(),
            [damaged]
        );
        assert_eq!(memory.get(&key), Ok(None), "{damaged}");
        assert_eq!(
            workspace.list(&acme),
            Ok(listing),
            "told again, and only once"
        );
    }
}

#[test]
fn second_damaged_record_keeps_the_first() {
    let (memory, acme) = (Memory::default(), organisation("https://acme.example/"));
    let (workspace, key) = (
        Workspace::new(memory.clone()),
        acme.domain_key(&domain("a.example")),
    );
    for damaged in ["{", "["] {
        memory.set(&key, damaged).expect("room");
        workspace.list(&acme).expect("storage");
    }
    let texts: Vec<String> = workspace
        .list(&acme)
        .expect("storage")
        .quarantined
        .into_iter()
        .map(|aside| aside.text)
        .collect();
    assert_eq!(texts, ["{", "["]);
}

#[test]
fn full_storage_is_an_error_without_loss() {
    let (memory, acme) = (Memory::default(), organisation("https://acme.example/"));
    let workspace = Workspace::new(memory.clone());
    let kept = workspace
        .remember(&acme, with_code("a.example", "code", 1))
        .expect("room");
    let damaged = acme.domain_key(&domain("b.example"));
    memory.set(&damaged, "{").expect("room");
    memory.full.set(true);
    assert_eq!(
        workspace.remember(&acme, with_code("a.example", "other", 2)),
        Err(StoreError::Full)
    );
    assert_eq!(
        workspace.remember(&acme, known("b.example")),
        Err(StoreError::Full),
        "a damaged record is not written over"
    );
    let listing = workspace.list(&acme).expect("storage");
    assert_eq!(listing.domains, [kept]);
    assert_eq!(
        listing.quarantined,
        [Quarantined {
            key: damaged,
            text: "{".to_owned()
        }]
    );
}

#[test]
fn a_blocked_storage_is_an_error_and_no_panic() {
    let (memory, acme) = (Memory::default(), organisation("https://acme.example/"));
    memory.blocked.set(true);
    let workspace = Workspace::new(memory);
    assert_eq!(workspace.list(&acme), Err(StoreError::Blocked));
    assert_eq!(
        workspace.find(&acme, &domain("a.example")),
        Err(StoreError::Blocked)
    );
    assert_eq!(
        workspace.remember(&acme, known("a.example")),
        Err(StoreError::Blocked)
    );
    assert_eq!(
        workspace.forget(&acme, &domain("a.example")),
        Err(StoreError::Blocked)
    );
}

#[test]
fn storage_that_drops_writes_is_an_error() {
    #[derive(Clone)]
    struct Sieve;
    impl KeyValue for Sieve {
        fn get(&self, _: &str) -> Result<Option<String>, StoreError> {
            Ok(None)
        }
        fn set(&self, _: &str, _: &str) -> Result<(), StoreError> {
            Ok(())
        }
        fn remove(&self, _: &str) -> Result<(), StoreError> {
            Ok(())
        }
        fn keys(&self) -> Result<Vec<String>, StoreError> {
            Ok(Vec::new())
        }
    }
    let acme = organisation("https://acme.example/");
    assert_eq!(
        Workspace::new(Sieve).remember(&acme, known("a.example")),
        Err(StoreError::NotKept)
    );
}

#[test]
fn a_forgotten_domain_is_gone() {
    let (workspace, acme) = (
        Workspace::new(Memory::default()),
        organisation("https://acme.example/"),
    );
    workspace.remember(&acme, known("a.example")).expect("room");
    workspace
        .forget(&acme, &domain("a.example"))
        .expect("storage");
    assert_eq!(workspace.list(&acme), Ok(Listing::default()));
}

#[test]
fn code_imported_by_an_earlier_release_stays() {
    let acme = organisation("https://acme.example/");
    let record_key = acme.record_key(&domain("a.example"));
    let record = |link: &str, origin: &str, at: u64| {
        format!(
            r#"{{"version":1,"name":"a.example","knownSince":1,"embed":{{"link":"{link}","socketLink":"","origin":"{origin}","receivedAt":{at}}},"codeCopied":false}}"#
        )
    };
    let memory = Memory::default();
    let (added, imported) = (record("old", "added", 5), record("new", "imported", 9));
    for (key, text) in [
        (record_key.code_key(CodeOrigin::Added), &added),
        (record_key.code_key(CodeOrigin::Imported), &imported),
        (record_key.domain_key(), &imported),
    ] {
        memory.set(&key, text).expect("room");
    }
    let workspace = Workspace::new(memory);
    let link = || {
        let found = workspace.find(&acme, &domain("a.example"));
        let known = found.expect("storage").expect("known");
        known.held.expect("a code").code.link
    };
    assert_eq!(link(), "new");
    let looked_up = known("a.example");
    workspace.remember(&acme, looked_up).expect("room");
    assert_eq!(link(), "new");
    let pasted = with_code("a.example", "pasted", 1);
    workspace.receive(&acme, pasted).expect("room");
    assert_eq!(link(), "pasted");
}
